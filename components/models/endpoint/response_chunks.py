"""Response chunks: the JSON objects in the body of a response, read by what the body is and not by its label."""

import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any, NamedTuple

import httpx2

from components.models.endpoint.endpoint_errors import EndpointError
from components.models.endpoint.event_stream import BYTE_ORDER_MARK, ServerEvent, server_events
from components.models.endpoint.server_message import read_body

DONE_MARK = "[DONE]"
PING_WORDS = ("ping", "heartbeat", "keepalive", "keep-alive")
STREAM_FIELDS = (b"data", b"event", b"id", b"retry", b"error", b"")  # what a line of an event stream may begin with
MAX_SHOWN_CHARS = 200  # characters of what is no answer that are shown


class ResponseChunk(NamedTuple):
    """One object of a body. `is_done` where it says that nothing more comes; `is_whole` where it is no piece of a
    stream, but came as a body by itself; `is_error` where the server calls it an error.
    """

    values: dict[str, Any]
    is_done: bool = False
    is_whole: bool = False
    is_error: bool = False


async def response_chunks(response: httpx2.Response) -> AsyncGenerator[ResponseChunk]:
    """The chunks of a response, as they come.

    EndpointError for what is no answer. Where the body ends within a chunk, that chunk is left out.
    """
    head = b""
    async with aclosing(response.aiter_bytes()) as parts:
        async for part in parts:
            head += part
            start = head.removeprefix(BYTE_ORDER_MARK).lstrip()
            if start and not BYTE_ORDER_MARK.startswith(head):
                break
        else:
            return
        if start.startswith(b"<"):
            message = read_body(head + await anext(parts, b""))
            raise EndpointError("malformed", "; ".join(["the endpoint sent a web page", *message.sentences]))
        body = resume_parts(head, parts)
        chunks = json_chunks(body) if start.startswith((b"{", b"[")) else stream_chunks(body, start)
        async with aclosing(chunks):
            async for chunk in chunks:
                yield chunk
                if chunk.is_done:
                    return


async def resume_parts(head: bytes, parts: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """A body from its beginning, of which `head` was read already."""
    yield head
    async for part in parts:
        yield part


async def json_chunks(parts: AsyncGenerator[bytes]) -> AsyncGenerator[ResponseChunk]:
    """The objects of a body that is JSON: one, one a line, or several one after the other."""
    rest, by_line = b"", True
    async with aclosing(parts):
        async for part in parts:
            rest += part
            while by_line and b"\n" in rest:
                line, _, behind = rest.partition(b"\n")
                values = object_in_line(line)
                by_line = values is not None or not line.strip()
                rest = behind if by_line else rest
                if values is not None:
                    yield ResponseChunk(values, is_whole=True)
    for chunk in json_objects(rest.decode().removeprefix("\ufeff")):
        yield chunk


def object_in_line(line: bytes) -> dict[str, Any] | None:
    """The JSON object that a line is; None where it is none."""
    try:
        values = json.loads(line.decode().removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def json_objects(text: str) -> Iterator[ResponseChunk]:
    """The JSON objects that stand one after the other in a text. JSONDecodeError where it holds anything else."""
    decoder, text = json.JSONDecoder(), text.strip()
    while text:
        text = text.removeprefix("data:").lstrip(" ,\r\n\t")
        if text.upper().startswith(DONE_MARK):
            yield ResponseChunk({}, is_done=True)
            return
        if not text:
            return
        value, end = decode_value(decoder, text)
        for values in value if isinstance(value, list) else [value]:
            yield ResponseChunk(require_object(values), is_whole=True)
        text = text[end:].strip()


def parse_json_body(body: bytes) -> object:
    """The JSON value that a body is. EndpointError where it is a web page or anything else."""
    text = body.decode(errors="replace").removeprefix("\ufeff").strip()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        kind = "a web page" if text.startswith("<") else f"something that is no list: {text[:MAX_SHOWN_CHARS]}"
        raise EndpointError("malformed", f"the endpoint sent {kind}") from None


def decode_value(decoder: json.JSONDecoder, text: str) -> tuple[object, int]:
    """(value, length): the JSON value at the beginning of a text. ValueError where there is none."""
    try:
        return decoder.raw_decode(text)
    except RecursionError:
        raise EndpointError("malformed", "the endpoint sent something that is no answer") from None


def require_object(value: object) -> dict[str, Any]:
    """The value, which is an object. EndpointError where it is none."""
    if not isinstance(value, dict):
        raise EndpointError("malformed", f"the endpoint sent something that is no answer: {str(value)[:80]}")
    return value


async def stream_chunks(parts: AsyncGenerator[bytes], start: bytes) -> AsyncGenerator[ResponseChunk]:
    """The objects of an event stream. EndpointError where an event holds anything else, or the body is no stream."""
    is_stream = start.splitlines()[0].partition(b":")[0].strip() in STREAM_FIELDS
    async with aclosing(server_events(parts)) as events:
        async for event in events:
            is_stream = True
            for chunk in event_chunks(event):
                yield chunk
    if not is_stream:
        shown = " ".join(start.decode(errors="replace").split())[:MAX_SHOWN_CHARS]
        raise EndpointError("malformed", f"the endpoint sent something that is no answer: {shown}")


def event_chunks(event: ServerEvent) -> Iterator[ResponseChunk]:
    """The objects in the data of an event; none in what only keeps the line open, or was cut."""
    data = event.data.strip()
    while data.startswith("data:"):
        data = data.removeprefix("data:").strip()
    if data.strip('"').upper().startswith((DONE_MARK, "DONE")):
        yield ResponseChunk({}, is_done=True)
        return
    if data.startswith(":") or data in ("", "null") or {event.type.lower(), data.lower()} & set(PING_WORDS):
        return
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        if event.is_whole:
            fault = "server" if event.type == "error" else "malformed"
            raise EndpointError(
                fault, f"the endpoint sent something that is no answer: {data[:MAX_SHOWN_CHARS]}"
            ) from None
        return
    for values in value if isinstance(value, list) else [value]:
        yield ResponseChunk(require_object(values), is_error=event.type == "error")

"""Client: a model behind an OpenAI-compatible address, as an answer.

How long it waits, and what a server's status means, stands in the prototype: seconds for the connection, the first
token, between two tokens and for the whole answer.
"""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from parallax_events import LAST_KINDS, Event, Json, Prompt, Stream

MOST_ANSWER_BYTES = 16_000_000
MOST_ERROR_CHARS = 500
PAUSE_S = 0.05  # without anything new, a silence is said

Piece = tuple[str, float | None, bool]  # words, how probable (natural logarithm), and whether they are the last


class Broken(Exception):
    """The answer broke; `fault` says in one word how."""

    def __init__(self, fault: str, text: str) -> None:
        super().__init__(text)
        self.fault = fault


@dataclass
class Model:
    """A model at an address, with the key that lets one in; `client` are the prototype's settings."""

    address: str
    name: str
    key: str
    client: Json
    stopping: threading.Event = field(default_factory=threading.Event)
    kept: dict[Prompt, list[Event]] = field(default_factory=dict)

    def answer(self, prompt: Prompt) -> Stream:
        """The answer as it comes; the same prompt and attempt get the same answer again, at its own pace."""
        key = replace(prompt, wait=0.0)
        if key not in self.kept:
            events = list[Event]()
            for event in self.ask(prompt):
                events += [] if event.kind == "silence" else [event]
                if event.kind in LAST_KINDS and not event.was_stopped:
                    self.kept[key] = events
                yield event
        else:
            yield from self.kept[key]

    def ask(self, prompt: Prompt) -> Stream:
        """The model's tokens as they come, and silences; an error where it breaks, and a stop where it was stopped."""
        begins = time.monotonic() + prompt.wait
        while not self.stopping.is_set() and (early := begins - time.monotonic()) > 0:
            yield Event(0.0, "silence")
            time.sleep(min(PAUSE_S, early))
        request = Request(self, prompt)
        threading.Thread(target=request.read_all, daemon=True).start()
        last = 0.0
        yield Event(0.0, "silence")
        with closing(request):
            while not self.stopping.is_set():
                try:
                    event = request.arrived.get(timeout=PAUSE_S)
                except Empty:
                    event = request.event("silence")
                last = max(last, event.at)
                yield event.moved(last)
                if event.kind in LAST_KINDS:
                    return
        yield request.event("end", reason="stopped")


@dataclass
class Request:
    """One answer on its way: what arrived is in a queue, each event with its time."""

    model: Model
    prompt: Prompt
    began: float = field(default_factory=time.monotonic)
    arrived: "SimpleQueue[Event]" = field(default_factory=SimpleQueue)
    wire: socket.socket | None = None
    answering: bool = False

    def event(self, kind: str, text: str = "", **data: Any) -> Event:
        """Something that happens now."""
        return Event(time.monotonic() - self.began, kind, text, data)

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(OSError):
            if self.wire:
                self.wire.shutdown(socket.SHUT_RDWR)

    def read_all(self) -> None:
        """Put all that comes into the queue; the last is an end or an error."""
        try:
            for text, logprob, _ in self.pieces(self.model.client["logprobs"]):
                known = {} if logprob is None else {"logprob": logprob}
                self.arrived.put(self.event("token", text, **known))
            self.arrived.put(self.event("end"))
        except Broken as broken:
            self.arrived.put(self.event("error", str(broken), fault=broken.fault))
        except (OSError, http.client.HTTPException, ValueError, TypeError, AttributeError, LookupError) as error:
            text = f"{type(error).__name__}: {error}"[:MOST_ERROR_CHARS]
            self.arrived.put(self.event("error", text, fault=exception_fault(error, self.answering)))

    def pieces(self, logprobs: bool) -> Iterator[Piece]:
        """The words as they come. Broken, or what the connection raises, where they break."""
        where, client = urlsplit(self.model.address), self.model.client
        connection = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        with closing(connection(where.netloc, timeout=client["connect"])) as line:
            line.connect()
            self.wire = line.sock
            self.wire.settimeout(min(client["first"], client["total"]))
            line.request("POST", where.path.rstrip("/") + "/chat/completions", self.body(logprobs), self.heads)
            reply = line.getresponse()
            if reply.status != 200:
                said = reply.read(10_000).decode("utf-8", "replace")
                if logprobs and reply.status in (400, 422) and "logprob" in said.lower():
                    yield from self.pieces(logprobs=False)  # it does not give probabilities
                    return
                raise self.refused(reply.status, said)
            self.answering, whole = True, False
            for chunk in self.chunks(reply):
                for text, logprob, last in read_chunk(chunk, logprobs):
                    whole = whole or last
                    if text:
                        yield text, logprob, last
            if not whole:
                raise Broken("cut", "the stream ended without saying that the answer is complete")

    def body(self, logprobs: bool) -> str:
        """What is sent: the conversation, and the words to go on from."""
        messages = [{"role": message.role, "content": message.text} for message in self.prompt.conversation]
        if self.prompt.partial:
            messages.append({"role": "assistant", "content": self.prompt.partial})
        sure = {"logprobs": True} if logprobs else {}
        return json.dumps({"model": self.model.name, "messages": messages, "stream": True, **sure})

    @property
    def heads(self) -> dict[str, str]:
        """The HTTP heads, with the key where there is one."""
        key = {"Authorization": f"Bearer {self.model.key}"} if self.model.key else {}
        return {"Content-Type": "application/json", **key}

    def refused(self, status: int, said: str) -> Broken:
        """What an HTTP status other than 200 means; the key is not in its words."""
        client, key = self.model.client, self.model.key
        fault = client["status"].get(str(status), "server" if status >= 500 else "request")
        if fault == "request" and any(word in said.lower() for word in client["too_long"]):
            fault = "context"
        text = f"HTTP {status}: {said}"
        return Broken(fault, (text.replace(key, "•••") if key else text)[:MOST_ERROR_CHARS])

    def chunks(self, reply: http.client.HTTPResponse) -> Iterator[object]:
        """What the server sends, piece by piece; one that does not stream sends its whole answer as one piece."""
        kind = reply.headers.get_content_type()
        if "html" in kind:
            raise Broken("malformed", "the server sent a web page instead of an answer")
        if "json" in kind:
            yield json.loads(reply.read(MOST_ANSWER_BYTES))
            return
        client = self.model.client
        patience, since, size = client["first"], self.began, 0
        while True:
            left = min(since + patience, self.began + client["total"]) - time.monotonic()
            if left <= 0 or not self.wire:
                raise TimeoutError(f"timed out after {time.monotonic() - self.began:.1f} s")
            self.wire.settimeout(left)
            row = reply.readline(MOST_ANSWER_BYTES)
            size += len(row)
            if size >= MOST_ANSWER_BYTES:
                raise Broken("malformed", f"the answer is longer than {MOST_ANSWER_BYTES:,} bytes")
            if not row.endswith(b"\n"):
                return
            if row.startswith(b"data:"):
                said = row[5:].decode().strip()
                if said == "[DONE]":
                    return
                yield json.loads(said)
                patience, since = client["between"], time.monotonic()


def read_chunk(chunk: object, logprobs: bool) -> Iterator[Piece]:
    """The words of a piece. Broken where it is none, or says that the server broke."""
    if not isinstance(chunk, dict):
        raise Broken("malformed", "the server sent a piece that is none")
    if error := chunk.get("error"):
        raise Broken(
            "server", str(error.get("message", error) if isinstance(error, dict) else error)[:MOST_ERROR_CHARS]
        )
    for choice in (chunk.get("choices") or [])[:1]:
        said = choice.get("message") or choice.get("delta") or {}
        text, known = said.get("content") or "", (choice.get("logprobs") or {}).get("content") or []
        if logprobs and known and "".join(one["token"] for one in known) == text:
            yield from ((one["token"], float(one["logprob"]), False) for one in known)
        else:
            yield text, None, False
        yield "", None, choice.get("finish_reason") is not None


def exception_fault(error: Exception, answering: bool) -> str:
    """The kind of fault behind an exception; `answering` where the server had begun to answer."""
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (TimeoutError, "timeout"), (ssl.SSLError, "tls"), (socket.gaierror, "address"),
        (http.client.InvalidURL, "address"), (http.client.HTTPException, "cut"), (ConnectionResetError, "cut"),
        (OSError, "cut" if answering else "refused"),
    )  # fmt: skip
    return next((fault for kind, fault in kinds if isinstance(error, kind)), "malformed")

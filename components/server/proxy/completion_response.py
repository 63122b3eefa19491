"""Completion response: an answer on its way to a client of the proxy; the transport behaves as its weather says."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from components.core.event import LAST, Event
from components.core.faults import fault_kind
from components.server.live.live_session import LiveSession
from components.server.proxy.completion import Reply, fault_response, finish_reason, sse_line, token_usage

STREAM_TYPE, JSON_TYPE = "text/event-stream", "application/json"
log = logging.getLogger(__name__)


@dataclass
class CompletionResponse:
    """Sends what a live answer says. `report` is told whether it went wrong. A client that goes away ends it.

    `tasks` holds what is still being said and kept, so that nobody throws it away.
    """

    session: LiveSession
    reply: Reply
    tasks: set[asyncio.Task[None]]
    stream: bool = False
    counted: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    report: Callable[[bool], None] = lambda _: None
    over: bool = field(default=False, init=False)

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Where a connection breaks on purpose, the response is left without its end."""
        gone = asyncio.create_task(self.watch(receive))
        try:
            with suppress(OSError):  # the client has gone
                await (self.piecewise(send) if self.stream else self.at_once(send))
        finally:
            gone.cancel()
            if not self.over:
                self.session.stop()

    async def watch(self, receive: Receive) -> None:
        """Stop the model when the client goes away before it has its answer; what came is kept."""
        while (await receive())["type"] != "http.disconnect":
            continue
        if not self.over:
            self.session.stop()

    async def piecewise(self, send: Send) -> None:
        """The answer as a stream. Nothing is sent before the first word, so that an error has its proper status."""
        events: list[Event] = []
        begun = False
        async for event in shown_events(self.session, self.tasks):
            if event.kind == "error" and not begun and event.data.get("fault") != "cut":
                await self.send_error(send, event)
                return
            if not begun:
                await send(response_start(200, STREAM_TYPE, self.headers))
                await send(body_part(sse_line(self.reply.chunk({"role": "assistant", "content": ""}))))
                begun = True
            if event.kind == "text":
                events.append(event)
                await send(body_part(sse_line(self.reply.chunk({"content": event.text}, event))))
            elif event.kind == "error":
                await self.send_break(send, event)
            elif event.kind == "end":
                await self.send_end(send, events, event)

    async def send_end(self, send: Send, events: list[Event], end: Event) -> None:
        """The last pieces of a stream."""
        last = sse_line(self.reply.chunk({}, finish=finish_reason(end)))
        if self.counted:
            last += sse_line(self.reply.usage_chunk(token_usage(self.session.prompt, events)))
        self.finish(broke=False)
        await send(body_part(last + b"data: [DONE]\n\n", more_body=False))

    async def send_break(self, send: Send, event: Event) -> None:
        """An error after the first word: a connection that breaks, or a piece that says what happened."""
        self.finish(broke=True)
        if event.data.get("fault") == "malformed":
            await send(body_part(truncate_body(sse_line(self.reply.chunk({"content": ""}))) + b"\n\n", more_body=False))
        elif not fault_kind(event.data.get("fault")).hangs_up:
            await send(body_part(sse_line(fault_response(event)[1]), more_body=False))

    async def at_once(self, send: Send) -> None:
        """The answer in one piece."""
        events: list[Event] = []
        async for event in shown_events(self.session, self.tasks):
            if event.kind == "text":
                events.append(event)
            elif event.kind == "error" and event.data.get("fault") == "cut":
                self.finish(broke=True)
                await send(response_start(200, JSON_TYPE, self.headers))
                await send(body_part(b"{"))
            elif event.kind == "error" and event.data.get("fault") == "malformed":
                self.finish(broke=True)
                whole = self.reply.whole_response(events, event, token_usage(self.session.prompt, events))
                await send(response_start(200, JSON_TYPE, self.headers))
                await send(body_part(truncate_body(json.dumps(whole).encode()), more_body=False))
            elif event.kind == "error":
                await self.send_error(send, event)
            elif event.kind == "end":
                self.finish(broke=False)
                whole = self.reply.whole_response(events, event, token_usage(self.session.prompt, events))
                await send_json(send, 200, whole, self.headers)

    async def send_error(self, send: Send, event: Event) -> None:
        """An error before the first word, with its status."""
        self.finish(broke=True)
        status, values, headers = fault_response(event)
        await send_json(send, status, values, {**self.headers, **headers})

    def finish(self, broke: bool) -> None:
        """The client has all that it gets; the model may still have something to keep."""
        self.over = True
        self.report(broke)


async def shown_events(session: LiveSession, tasks: set[asyncio.Task[None]]) -> AsyncIterator[Event]:
    """What the one pane shows, up to its last event; the answer goes on by itself until all of it is kept."""
    queue: asyncio.Queue[Event | None] = asyncio.Queue()
    task = asyncio.create_task(hear_out(session, queue))
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    while (event := await queue.get()) is not None:
        yield event
        if event.kind in LAST:
            return
    yield Event(0.0, "error", data={"fault": "model"})


async def hear_out(session: LiveSession, queue: "asyncio.Queue[Event | None]") -> None:
    """Hear a live answer to its end, which keeps the recording."""
    try:
        async for message in session.messages():
            if "pane" in message:
                queue.put_nowait(Event.from_json(message))
            elif message["kind"] == "problem":
                log.warning("An answer of the proxy: %s", " ".join(message[part] for part in ("what", "kept", "do")))
                data = {"fault": "model", "what": message["what"], "do": message["do"]}
                queue.put_nowait(Event(0.0, "error", data=data))
    finally:
        queue.put_nowait(None)


async def send_json(send: Send, status: int, values: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    """A whole response in JSON."""
    body = json.dumps(values).encode()
    await send(response_start(status, JSON_TYPE, {**headers, "content-length": str(len(body))}))
    await send(body_part(body, more_body=False))


def response_start(status: int, kind: str, headers: Mapping[str, str]) -> Message:
    """The ASGI message that begins a response."""
    all_headers = {"content-type": kind, "cache-control": "no-store", **headers}
    listed = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in all_headers.items()]
    return {"type": "http.response.start", "status": status, "headers": listed}


def truncate_body(body: bytes) -> bytes:
    """The body cut off where its content begins, so that a client cannot read it as JSON."""
    return body[: body.index(b'"content": "') + len(b'"content": "')]


def body_part(body: bytes, more_body: bool = True) -> Message:
    """The ASGI message for a part of the body."""
    return {"type": "http.response.body", "body": body, "more_body": more_body}

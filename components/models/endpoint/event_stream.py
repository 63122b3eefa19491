"""Event stream: the events in a body of text/event-stream, however its bytes are cut, as the HTML standard reads them.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class ServerEvent:
    """One event that a server sent: its type, "message" where it names none, and its data without the last line end."""

    type: str
    data: str
    is_whole: bool = True  # False for the last one of a body without an empty line behind it: it may be cut


class EventStreamDecoder:
    """Takes bytes and gives events. An event with blank data is none; `id`, `retry` and comments say nothing here.

    A line `error:` is the data of an event of the type "error".
    """

    def __init__(self) -> None:
        self._rest = bytearray()  # what came after the last line end
        self._is_first_line = True
        self._after_cr = False  # whether a line feed that comes next belongs to the line end before it
        self._type = ""
        self._data: list[str] = []

    def feed(self, part: bytes) -> Iterator[ServerEvent]:
        """The events that are whole with these bytes. UnicodeDecodeError for a line that is not UTF-8."""
        if not part:
            return
        first, *others = LINE_END.split(part.removeprefix(b"\n") if self._after_cr else part)
        self._after_cr = part.endswith(b"\r")
        self._rest += first
        for rest in others:
            line, self._rest = bytes(self._rest), bytearray(rest)
            yield from self._read_line(line)

    def finish(self) -> Iterator[ServerEvent]:
        """The event that was begun but not ended with an empty line, as many servers leave their last one."""
        for line in (self._rest.decode(errors="ignore").encode(), b""):
            for event in self._read_line(line):
                yield replace(event, is_whole=False)

    def _read_line(self, line: bytes) -> Iterator[ServerEvent]:
        if self._is_first_line:
            line, self._is_first_line = line.removeprefix(BYTE_ORDER_MARK), False
        if not line:
            data, self._data = self._data, []
            name, self._type = self._type, ""
            if any(map(str.strip, data)):
                yield ServerEvent(name or "message", "\n".join(data))
            return
        field, _, value = line.decode().partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._type = value
        elif field == "error":  # no field of the standard's; llama.cpp tells its trouble so
            self._data.append(value)
            self._type = "error"


async def server_events(parts: AsyncGenerator[bytes]) -> AsyncGenerator[ServerEvent]:
    """The events in the parts of a body, as they come. The parts are closed with it, whoever leaves first."""
    decoder = EventStreamDecoder()
    async with aclosing(parts):
        async for part in parts:
            for event in decoder.feed(part):
                yield event
    for event in decoder.finish():
        yield event

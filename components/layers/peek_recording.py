"""Ahead: what is known of an answer before it is told: all of a recording, nothing of a live one."""

from itertools import chain

from components.core.event import Event, Stream


def peek_recording(stream: Stream) -> tuple[tuple[Event, ...] | None, Stream]:
    """(events, stream): every event of a recording, or None for a live answer; and the stream from its beginning.

    A live answer says a silence before anything else, and is not waited for.
    """
    heard: list[Event] = []
    for event in stream:
        heard.append(event)
        if event.kind == "silence":
            return None, chain(heard, stream)
    return tuple(heard), iter(heard)

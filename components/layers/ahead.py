"""Ahead: what is known of an answer before it is told: all of a recording, nothing of a live one."""

from components.core.event import Event, Stream


def ahead(stream: Stream) -> tuple[tuple[Event, ...], bool]:
    """The events of a replay to their end, and True; of a live answer those before its first silence, and False.

    A live answer says `silence` as soon as it has nothing new, so nothing is waited for. What is left is in `stream`.
    """
    seen = []
    for event in stream:
        seen.append(event)
        if event.kind == "silence":
            return tuple(seen), False
    return tuple(seen), True

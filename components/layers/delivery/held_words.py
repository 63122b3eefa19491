"""Holding: words kept back for a while, put together again when they are let go."""

from collections.abc import Iterable

from components.core.event import Event

RELEASING_KINDS = ("end", "failure", "question", "revise")  # before one of these, held words are shown


def join_held(held: Iterable[Event], at: float) -> tuple[Event, ...]:
    """The held words as one `text` event at `at`; an empty tuple where there are none."""
    words = tuple(held)
    text = "".join(event.text for event in words)
    if not text:
        return ()
    return (Event(at, "text", text, {"tokens": [token for event in words for token in event.tokens]}),)


def error_with_held(error: Event, held: Iterable[Event]) -> Event:
    """The error with the held words as `partial` and their `tokens`, so that a failure pattern can show them."""
    words = tuple(held)
    if not words:
        return error
    partial = "".join(event.text for event in words) + str(error.data.get("partial", ""))
    return error.with_data(
        partial=partial, tokens=[token for event in words for token in event.tokens] + list(error.tokens)
    )

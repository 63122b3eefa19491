"""Breaks: where an answer broke, and which words the person has by then."""

from components.core.event import Event, Stream


def broke(last: Event, shown: str) -> bool:
    """Whether a stream's last event means that there is no whole answer: an error, or an end without a word."""
    empty = last.kind == "end" and not shown.strip() and last.data.get("reason") != "stopped"
    return last.kind == "error" or empty


def fault_of(last: Event) -> str:
    """The kind of fault in one word; an end without words is "empty"."""
    return str(last.data.get("fault", "")) if last.kind == "error" else "empty"


def held_words(last: Event) -> Stream:
    """The words that came but were held back from the screen, as text."""
    partial = str(last.data.get("partial", ""))
    if partial.strip():
        yield last.become("text", partial, tokens=list(last.tokens))

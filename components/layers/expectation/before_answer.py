"""Opening: something said once at the beginning of a conversation, before the model is asked."""

from components.core.event import Event, Stream
from components.core.layer import Answer
from components.core.prompt import Prompt


def show_before_answer(prompt: Prompt, answer: Answer, *events: Event) -> Stream:
    """The events at once, then the answer; only the answer in a later attempt or turn."""
    if not (prompt.attempt or prompt.partial or prompt.choices):
        yield from events
    yield from answer(prompt)


def text_lines(text: str) -> list[str]:
    """The lines of a designer's text that are not empty, stripped."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def card_before_asking(title: str, form: str, **data: object) -> Event:
    """A notice at 0 s: a card that stands there before the person asks; what it is says `form`."""
    return Event(0.0, "notice", title, {"tone": "card", "form": form, "before": True, **data})

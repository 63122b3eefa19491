"""Closing: what a pattern adds to an answer once its words are all there."""

from collections.abc import Callable, Generator

from components.core.event import Event, Stream, answer_text_after
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.layers.hidden_answers import was_stopped

ClosingStream = Generator[Event, None, Event]  # what is added, and then the last event, as it is or another one


def append_below_answer(prompt: Prompt, answer: Answer, append: Callable[[str, Event], ClosingStream]) -> Stream:
    """The answer, with what `append` yields put before its last event, and that event as `append` returns it.

    A broken, stopped or replaced answer is passed on unchanged, and so is a hidden turn.
    """
    shown, own = prompt.partial, True
    for event in answer(prompt):
        shown = answer_text_after(shown, event)
        own = own and not event.data.get("instead")
        if own and shown.strip() and event.kind in ("end", "question") and not was_stopped(event):
            event = yield from append(shown, event)
        yield event

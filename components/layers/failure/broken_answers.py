"""Breaks: where an answer broke, and which words the person has by then."""

from collections.abc import Callable
from typing import Any

from components.core.event import Event, Stream, answer_text_after
from components.core.faults import fault_of_end
from components.core.layer import Answer
from components.core.prompt import Prompt

RETRY_ACTION: dict[str, Any] = {"actions": ["retry"], "labels": {"retry": "Try again"}}


def answer_broke(last: Event, shown: str) -> bool:
    """Whether a stream's last event means that there is no whole answer: an error, or an end without a word."""
    empty = last.kind == "end" and not shown.strip() and last.data.get("reason") != "stopped"
    return last.kind == "error" or empty


def fault_of(last: Event) -> str:
    """The kind of fault in one word; of an end without words the one that its reason says, else "empty"."""
    return str(last.data.get("fault", "")) if last.kind == "error" else fault_of_end(last.data.get("reason"))


def held_words(last: Event) -> Stream:
    """The words that came but were held back from the screen, as text."""
    partial = str(last.data.get("partial", ""))
    if partial.strip():
        yield last.become("text", partial, tokens=list(last.tokens))


def replace_break(
    prompt: Prompt, answer: Answer, to_failure: Callable[[Event, bool], Event], keep: bool = True
) -> Stream:
    """The answer; where it breaks, the words held back until then if `keep`, then the event that `to_failure` makes of
    the break.

    `to_failure` gets the break, and whether words of the answer are on the screen.
    """
    shown = prompt.partial
    for event in answer(prompt):
        shown = answer_text_after(shown, event)
        if answer_broke(event, shown):
            for text in held_words(event) if keep else ():
                shown = answer_text_after(shown, text)
                yield text
            event = to_failure(event, bool(shown.strip()))
        yield event

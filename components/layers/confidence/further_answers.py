"""Others: what the model says to the same question when it is asked again."""

from collections.abc import Generator
from dataclasses import replace
from textwrap import shorten

from components.core.event import Event
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.layers.hidden_answers import together

LONGEST = 180  # characters of an answer in a list
UNKNOWN = "What the model says when it is asked again is not known here. Ask it live to find out."


def others(prompt: Prompt, answer: Answer, count: int, at: float) -> Generator[Event, None, tuple[float, list[str]]]:
    """When they were there, in seconds since Send, and the further answers that were really made."""
    steps = (replace(prompt, attempt=prompt.attempt + n, partial="") for n in range(1, count + 1))
    heard = yield from together((answer(step) for step in steps), at)
    said = [each.text.strip() for each in heard if each.whole and each.text.strip()]
    return max([at, *(each.at for each in heard)]), said


def brief(text: str) -> str:
    """An answer's beginning."""
    return shorten(text, LONGEST, placeholder=" …")


def unknown(at: float) -> Event:
    """That nothing can be said."""
    return Event(at, "notice", UNKNOWN, {"tone": "info"})

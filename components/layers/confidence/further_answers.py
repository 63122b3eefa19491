"""Others: what the model says to the same question when it is asked again."""

from collections.abc import Generator
from dataclasses import replace
from textwrap import shorten

from components.core.event import Event
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.layers.hidden_answers import collect_parallel

MAX_LISTED_CHARS = 180  # characters of an answer in a list
UNKNOWN_TEXT = "What the model says when it is asked again is not known here. Ask it live to find out."


def collect_samples(
    prompt: Prompt, answer: Answer, count: int, at: float
) -> Generator[Event, None, tuple[float, list[str]]]:
    """Yields silences, and returns (when all were there, in seconds since Send, the texts of the further answers
    that were really made).
    """
    steps = (replace(prompt, attempt=prompt.attempt + n, partial="") for n in range(1, count + 1))
    heard = yield from collect_parallel((answer(step) for step in steps), at)
    samples = [hidden.text.strip() for hidden in heard if hidden.whole and hidden.text.strip()]
    return max([at, *(hidden.at for hidden in heard)]), samples


def shorten_answer(text: str) -> str:
    """The first MAX_LISTED_CHARS characters of an answer."""
    return shorten(text, MAX_LISTED_CHARS, placeholder=" …")


def unknown_notice(at: float) -> Event:
    """A remark that other answers are not known in this replay."""
    return Event(at, "notice", UNKNOWN_TEXT, {"tone": "info", "remark": True})

"""Scripted: answers that a person wrote, with times that a person chose; marked as scripted wherever they show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from components.core.event import Event, Stream
from components.core.prompt import Prompt
from components.core.recording import Card, after

SURE = -0.1  # the logprob of a scripted token where none is given


@dataclass(frozen=True)
class Scripted:
    """Plays its events for every prompt it has no answer of its own for; `answers` maps a prompt's text to events."""

    events: tuple[Event, ...] = ()
    answers: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    card: Card = field(default=Card("Scripted", "scripted"))

    def answer(self, prompt: Prompt) -> Stream:
        """What was written for this prompt, from where its partial answer ends."""
        yield from after(self.answers.get(prompt.text, self.events), prompt.partial)


def written(
    text: str, first: float = 0.5, gap: float = 0.05, logprobs: Sequence[float] = (), ends: str = "stop"
) -> tuple[Event, ...]:
    """The events of an answer that a person wrote: a token a word, the first after `first` s, then one each `gap` s.

    `logprobs` are given to the tokens one by one; tokens beyond them are almost sure.
    """
    words = re.findall(r"\s*\S+|\s+$", text)
    chances = [*logprobs, *[SURE] * len(words)]
    tokens = [
        Event(round(first + n * gap, 6), "token", word, {"logprob": chances[n], "alternatives": [[word, chances[n]]]})
        for n, word in enumerate(words)
    ]
    last = tokens[-1].at if tokens else first
    return (*tokens, Event(round(last + gap, 6), "end", data={"reason": ends if tokens else "empty"}))


def broken(events: Iterable[Event], at: float, text: str, fault: str) -> tuple[Event, ...]:
    """The same events until `at` seconds, then an error."""
    return (*(event for event in events if event.at < at), Event(at, "error", text, {"fault": fault}))

"""Inconsistency cue: shows where the model says something else when it is asked again."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.confidence.agreement import answers_agree, first_sentence
from components.layers.confidence.further_answers import UNKNOWN_TEXT, collect_samples, shorten_answer, unknown_notice
from components.layers.findings import LEE_2024


@dataclass(frozen=True)
class InconsistencyCue(Layer):
    """Asks the model a few more times and says how many of those answers disagree. Two agree where their first
    sentences share most of their words.
    """

    family = Family.CONFIDENCE
    rank: ClassVar[int] = 4
    moves = ("wrong reliance", "checking")
    example = Example(scenario="baby_fever")
    evidence = (
        Evidence(
            "reliance on wrong answers fell where explanations contradicted themselves",
            308,
            "Kim 2025",
            "https://arxiv.org/abs/2502.08554",
        ),
        LEE_2024,
    )

    count: int = dial(3, "How many more times it is asked.", 1, 5, 1, "times")
    agreeing: bool = dial(True, "Say so as well where all answers agree.")
    show: bool = dial(True, "Show the beginnings of the answers that disagree.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, then how far the others agree."""
        return append_below_answer(prompt, answer, partial(self.add_comparison, prompt, answer))

    def add_comparison(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A notice that says how many of the further answers disagree, then the last event."""
        at, samples = yield from collect_samples(prompt, answer, self.count, last.at)
        apart = [other for other in samples if not answers_agree(text, other, prompt.text)]
        asked_text = f"Asked {len(samples)} more {'time' if len(samples) == 1 else 'times'}"
        if not samples:
            yield unknown_notice(at)
        elif apart:
            items = [shorten_answer(first_sentence(other)) for other in dict.fromkeys(apart)] if self.show else []
            words = f"{asked_text}, the model said something else {len(apart)} of {len(samples)} times."
            yield Event(at, "notice", words, {"tone": "caution", "items": items})
        elif self.agreeing:
            yield Event(at, "notice", f"{asked_text}, the model said the same.", {"tone": "info"})
        return last.with_time(max(last.at, at))

    def portable(self) -> Portable:
        """How far other answers agree, below an answer."""
        show = {
            "as": "agreement",
            "asked": [f"Asked {n} more {'time' if n == 1 else 'times'}" for n in range(self.count + 1)],
            "apart": "{asked}, the model said something else {apart} of {said} times.",
            "same": "{asked}, the model said the same." if self.agreeing else None, "items": self.show,
        }  # fmt: skip
        return portable_step("ask_again", count=self.count, show=show, unknown=UNKNOWN_TEXT)

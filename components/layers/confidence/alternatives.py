"""Alternatives: other answers of the model to the same question."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.confidence.agreement import answers_agree
from components.layers.confidence.further_answers import UNKNOWN_TEXT, collect_samples, shorten_answer, unknown_notice
from components.layers.findings import LEE_2024

SAME_TEXT = "Asked again, it gives the same answer."


@dataclass(frozen=True)
class Alternatives(Layer):
    """Asks the model a few more times and lists what else it said, none twice."""

    family = Family.CONFIDENCE
    rank: ClassVar[int] = 3
    moves = ("corrections", "over-reliance")
    example = Example(scenario="photosynthesis")
    evidence = (LEE_2024,)

    count: int = dial(2, "How many more times it is asked.", 1, 5, 1, "answers")
    order: str = dial("as they came", "What comes first.", choices=("as they came", "most alike", "most different"))
    title: str = dial("It could also be said like this", "What stands above them.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, then the others."""
        return append_below_answer(prompt, answer, partial(self.add_alternatives, prompt, answer))

    def add_alternatives(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A card with the other answers, then the last event."""
        at, samples = yield from collect_samples(prompt, answer, self.count, last.at)
        distinct = [other for other in dict.fromkeys(samples) if other != text.strip()]
        if self.order != "as they came":
            alike = self.order == "most alike"
            distinct.sort(key=lambda other: answers_agree(text, other, prompt.text) != alike)
        if not samples:
            yield unknown_notice(at)
        elif distinct:
            items = [shorten_answer(other) for other in distinct]
            yield Event(at, "notice", self.title, {"tone": "card", "form": "others", "items": items})
        else:
            yield Event(at, "notice", SAME_TEXT, {"tone": "info", "form": "others"})
        return last.with_time(max(last.at, at))

    def portable(self) -> Portable:
        """The step that shows other answers below an answer."""
        show = {"as": "alternatives", "title": self.title, "order": self.order, "same": SAME_TEXT}
        return portable_step("ask_again", count=self.count, show=show, unknown=UNKNOWN_TEXT)

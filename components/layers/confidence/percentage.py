"""Percentage: how sure the model is, as a number."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Family, Layer, dial
from components.core.prompt import Prompt
from components.layers.confidence.score import UNCHECKED
from components.layers.confidence.verdict import with_verdict

DIGITS = {"tens": -1, "whole": 0, "tenths": 1, "hundredths": 2}


@dataclass(frozen=True)
class Percentage(Layer):
    """Says how sure the model is of its words as a percentage, once they are there."""

    family = Family.CONFIDENCE
    moves = ("false precision", "trust")
    evidence = (
        Evidence("mixed: a number fits trust to the model's skill, but does not by itself improve decisions "
                 "(two experiments)", None, "Zhang, Liao & Bellamy 2020"),
    )  # fmt: skip
    scores: ClassVar[bool] = True

    precision: str = dial("whole", "How finely the number is told.", choices=tuple(DIGITS))

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same words, and one percentage before the end or the break."""
        return with_verdict(answer(prompt), self.verdict)

    def verdict(self, score: float) -> Event:
        """The percentage for a mean token probability."""
        digits = DIGITS[self.precision]
        percent = round(100 * score, digits)
        label = f"{percent:.{max(digits, 0)}f} % confident"
        return Event(0.0, "badge", label, {"percent": percent, "legend": UNCHECKED})

"""Percentage: how sure the model is, as a number."""

from dataclasses import dataclass
from math import inf

from components.core.event import Event
from components.core.layer import PEOPLE_UNKNOWN, Evidence, Example, dial
from components.core.portable import Portable, portable_step
from components.layers.confidence.score import uncalibrated_text
from components.layers.confidence.verdict_layer import PORTABLE_PARTS, VerdictLayer

ROUND_DIGITS = {"tens": -1, "whole": 0, "tenths": 1, "hundredths": 2}
NEAR_PROBABILITY = 0.1  # answers this close in probability are counted together to say what the number means


@dataclass(frozen=True)
class Percentage(VerdictLayer):
    """Says how sure the model is of its words as a percentage, once they are there."""

    moves = ("false precision", "trust")
    example = Example(scenario="baby_fever", wrong=True)
    evidence = (
        Evidence(
            "mixed: a number fits trust to the model's skill, but does not by itself improve decisions (two "
            "experiments)",
            PEOPLE_UNKNOWN,
            "Zhang, Liao & Bellamy 2020",
            "https://arxiv.org/abs/2001.02114",
        ),
    )
    precision: str = dial("whole", "How finely the number is told.", choices=tuple(ROUND_DIGITS))

    def verdict(self, score: float) -> Event:
        """The percentage for a score."""
        digits, probability = ROUND_DIGITS[self.precision], self.probability(score)
        percent = round(100 * probability, digits)
        label = f"{percent:.{max(digits, 0)}f} % {'likely to be right' if self.fitting_calibration else 'confident'}"
        return Event(0.0, "badge", label, {"percent": percent, "legend": self.legend(probability)})

    def legend(self, probability: float) -> str:
        """How many answers of the test with about this percentage were right."""
        if self.fitting_calibration is None:
            return uncalibrated_text(self.source)
        low, high = max(0.0, probability - NEAR_PROBABILITY), min(1.0, probability + NEAR_PROBABILITY)
        meaning = self.fitting_calibration.meaning(
            f"{100 * low:.0f} to {100 * high:.0f} %", low, high if high < 1 else inf
        )
        return f"{meaning} {self.fitting_calibration.short_basis}"

    def portable(self) -> Portable:
        """The number, and from what it takes its meaning."""
        fitting = self.fitting_calibration
        percent = {
            "digits": ROUND_DIGITS[self.precision], "words": "likely to be right" if fitting else "confident",
            "near": NEAR_PROBABILITY,
            "legend": None if fitting else uncalibrated_text(self.source),
            "basis": fitting.short_basis if fitting else "",
            "counts": [list(count) for count in fitting.found.counts] if fitting else [],
            "none": fitting.meaning("{marked}", inf, inf) if fitting else "",
            "some": "{right} of {n} answers marked {marked} were right: {least} to {most} %.",
        }  # fmt: skip
        return portable_step(
            "verdict",
            score=self.portable_score(),
            cuts=[],
            floored=False,
            percent=percent,
            measured=self.portable_kind(),
            parts=PORTABLE_PARTS,
        )

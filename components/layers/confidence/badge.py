"""Badge: high, medium or low confidence, below the answer."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Family, Layer, dial
from components.core.prompt import Prompt
from components.layers.confidence.score import UNCHECKED
from components.layers.confidence.verdict import with_verdict


@dataclass(frozen=True)
class Badge(Layer):
    """Says whether the model is highly, fairly or hardly sure of its words, once they are there."""

    family = Family.CONFIDENCE
    moves = ("over-reliance", "under-reliance", "trust")
    evidence = (
        Evidence("badges that claim too much lead to misuse, those that claim too little to disuse", None,
                 "arXiv 2402.07632"),
        Evidence("measures like this cut over-reliance and mostly did not improve fitting reliance", 400, "Bo 2024"),
    )  # fmt: skip
    scores: ClassVar[bool] = True

    high: float = dial(0.75, "From this mean token probability on, confidence is called high.", 0, 1, 0.01)
    medium: float = dial(0.5, "From this one on, medium; below it, low.", 0, 1, 0.01)

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same words, and one badge before the end or the break."""
        return with_verdict(answer(prompt), self.verdict)

    def verdict(self, score: float) -> Event:
        """The badge for a mean token probability."""
        level = "high" if score >= self.high else "medium" if score >= self.medium else "low"
        return Event(0.0, "badge", f"{level.capitalize()} confidence", {"level": level, "legend": UNCHECKED})

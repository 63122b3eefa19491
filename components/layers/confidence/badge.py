"""Badge: high, medium or low confidence, below the answer."""

from dataclasses import dataclass
from math import inf

from components.core.calibration import reaches_cutoff, to_percent
from components.core.card import Card
from components.core.event import Event
from components.core.layer import PEOPLE_UNKNOWN, Evidence, Example, dial
from components.core.portable import Portable, portable_step
from components.core.remark import Remark
from components.layers.confidence.score import uncalibrated_text
from components.layers.confidence.verdict_layer import PORTABLE_PARTS, VerdictLayer


@dataclass(frozen=True)
class Badge(VerdictLayer):
    """Says whether the model is highly, fairly or hardly sure of its words, once they are there."""

    moves = ("over-reliance", "under-reliance", "trust")
    example = Example(scenario="card_dispute")
    evidence = (
        Evidence(
            "confidence that was stated too high led to misuse, stated too low to disuse",
            PEOPLE_UNKNOWN,
            "Li 2024",
            "https://arxiv.org/abs/2402.07632",
        ),
    )
    high: float = dial(0.75, "From this probability on, confidence is called high.", 0, 1, 0.01)
    medium: float = dial(0.5, "From this one on, medium; below it, low.", 0, 1, 0.01)

    def verdict(self, score: float) -> Event:
        """The badge for a score."""
        reached = to_percent(self.probability(score))
        level = (
            "high"
            if reaches_cutoff(reached, self.high)
            else "medium"
            if reaches_cutoff(reached, self.medium)
            else "low"
        )
        return Event(0.0, "badge", f"{level.capitalize()} confidence", {"level": level, "legend": self.legend(level)})

    def legend(self, level: str) -> str:
        """What the level means: how many answers of the test that were marked so were right."""
        if self.fitting_calibration is None:
            return uncalibrated_text(self.source)
        medium = min(self.medium, self.high)
        low, high = {"high": (self.high, inf), "medium": (medium, self.high), "low": (0.0, medium)}[level]
        return f"{self.fitting_calibration.meaning(level, low, high)} {self.fitting_calibration.short_basis}"

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:
        """The score's own remarks, and cut-offs that leave no room for medium."""
        if self.medium <= self.high:
            return super().remarks(card)
        text = "Badge calls an answer high before it calls it medium, so no answer is medium. Raise the first cut-off."
        return (Remark(text), *super().remarks(card))

    def portable(self) -> Portable:
        """The step that shows the badge of each level."""
        cuts = {"high": self.high, "medium": min(self.medium, self.high), "low": 0.0}
        badges = {
            level: Event(
                0.0, "badge", f"{level.capitalize()} confidence", {"level": level, "legend": self.legend(level)}
            )
            for level in cuts
        }
        rows = [{"from": cut, "event": badges[level].to_json()} for level, cut in cuts.items()]
        return portable_step(
            "verdict",
            score=self.portable_score(),
            cuts=rows,
            floored=True,
            percent=None,
            measured=self.portable_kind(),
            parts=PORTABLE_PARTS,
        )

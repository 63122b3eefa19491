"""Low-confidence alert: a warning only where the model is unsure."""

from dataclasses import dataclass

from components.core.event import Event
from components.core.layer import Evidence, Example, dial
from components.core.portable import Portable, portable_step
from components.layers.confidence.score import uncalibrated_text
from components.layers.confidence.verdict_layer import PORTABLE_PARTS, VerdictLayer


@dataclass(frozen=True)
class LowConfidenceAlert(VerdictLayer):
    """Warns below the answer where its score is low, and says nothing otherwise."""

    moves = ("verification", "over-reliance")
    evidence = (
        Evidence(
            "none found for warning only when confidence is low",
            None,
            "asked for by HAX G2, Amershi et al. 2019",
            "https://doi.org/10.1145/3290605.3300233",
        ),
    )
    example = Example({"trigger": 1.0}, scenario="leave_carry_over", wrong=True)

    trigger: float = dial(0.5, "It warns below this probability.", 0, 1, 0.01)
    words: str = dial("This may well be wrong. Please check it before you rely on it.", "The warning.")

    def verdict(self, score: float) -> Event | None:
        """The warning for a low score."""
        if self.probability(score) >= self.trigger or not self.words.strip():
            return None
        basis = (
            self.fitting_calibration.meaning("low", 0.0, self.trigger)
            if self.fitting_calibration
            else uncalibrated_text(self.source)
        )
        return Event(0.0, "notice", f"{self.words} {basis}", {"tone": "caution", "level": "low"})

    def portable(self) -> Portable:
        """The warning for a low score."""
        basis = (
            self.fitting_calibration.meaning("low", 0.0, self.trigger)
            if self.fitting_calibration
            else uncalibrated_text(self.source)
        )
        warning = Event(0.0, "notice", f"{self.words} {basis}", {"tone": "caution", "level": "low"})
        warning_data = warning.to_json() if self.words.strip() else None
        rows = [{"from": self.trigger, "event": None}, {"from": 0.0, "event": warning_data}]
        return portable_step(
            "verdict",
            score=self.portable_score(),
            cuts=rows,
            floored=False,
            percent=None,
            measured=self.portable_kind(),
            parts=PORTABLE_PARTS,
        )

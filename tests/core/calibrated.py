"""Calibrations to test with: written by hand, and a strategy for every one that is well-formed."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from components.core.calibration import Calibration, CalibrationTest
from components.core.card import Card

CARD = Card("Tiny", "bundled", "rev-1", {"temperature": 0.0})
COUNTS = ((20, 10, 2), (55, 20, 11), (80, 25, 21), (90, 5, 4))
FOUND = CalibrationTest(COUNTS, brier=0.18, auc=0.8, auc_interval=(0.7, 0.9), ece=0.05, chance=(0.03, 0.12))
PLAIN = Calibration(
    source="mean probability", look=0, model="Tiny", revision="rev-1", temperature=0.0, made="2025-01-31", fitted=60,
    questions="short factual questions", asked="q1", found=FOUND,
)  # fmt: skip
CHANCES = st.floats(0, 1)


def calibration(**changed: Any) -> Calibration:
    """The plain calibration with some fields changed; those of what was found too."""
    found = {name: changed.pop(name) for name in list(changed) if hasattr(FOUND, name) and not hasattr(PLAIN, name)}
    return replace(PLAIN, **changed, found=replace(FOUND, **found))


@st.composite
def points(draw: st.DrawFn) -> tuple[tuple[float, float], ...]:
    """Rising points, or none."""
    scores = sorted(draw(st.sets(CHANCES, max_size=6)))
    heights = sorted(draw(st.lists(CHANCES, min_size=len(scores), max_size=len(scores))))
    return tuple(zip(scores, heights, strict=True))


@st.composite
def calibrations(draw: st.DrawFn, source: str = "mean probability") -> Calibration:
    """Any well-formed calibration of one kind of score."""
    return replace(
        PLAIN, source=source, look=draw(st.sampled_from([0, 12])), slope=draw(st.floats(0, 20)),
        shift=draw(st.floats(-30, 30)), points=draw(points()),
    )  # fmt: skip

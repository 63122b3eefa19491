"""Error budget: the 5 % of false sentences that a page may say, shared out once; every sentence takes its part here.

A page makes its claims about six questions. Each claim is tested so that its part holds at every look, over all
pairs of prototypes together. The parts add up to 5 %, so all claims of a page together are wrong in at most one study
in twenty, however often and however long people look.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PAGE_ERROR_SHARE = 0.05  # of all studies, in which any claim of the page may be false


@dataclass(frozen=True)
class ErrorPart:
    """A question's part: for the interval of the mean, and for counting how many people lean which way."""

    interval: float
    signs: float

    @property
    def total(self) -> float:
        """Both parts together."""
        return self.interval + self.signs


# Counting gets most where few people should be able to settle a question: of two prototypes eight of eight do in the
# two choices that everybody is asked, nine of nine in felt seconds, which only some give.
ERROR_PARTS: Mapping[str, ErrorPart] = {
    "faster": ErrorPart(interval=0.002, signs=0.0115),
    "felt_first": ErrorPart(interval=0.0015, signs=0.006),
    "felt_complete": ErrorPart(interval=0.0015, signs=0.006),
    "speed": ErrorPart(interval=0.002, signs=0.001),
    "trust": ErrorPart(interval=0.003, signs=0.001),
    "ship": ErrorPart(interval=0.003, signs=0.0115),
}


def interval_alpha(item: str, intervals: int) -> float:
    """The share of studies in which one of so many intervals about a question may ever miss the truth."""
    return ERROR_PARTS[item].interval / max(intervals, 1)


def signs_threshold(item: str, claims: int) -> float:
    """The e-value at which one of so many possible claims about who leans which way is made."""
    return max(claims, 1) / ERROR_PARTS[item].signs

"""End preference: which arm people would rather use, asked once of each at the end of a study."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from scipy import stats

from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Interval, mean_interval
from components.stats.preference import anytime_interval, wilson_interval
from components.stats.sign_counts import lead_e_value


@dataclass(frozen=True)
class ArmPreference:
    """How many chose one arm: the share with Wilson's interval, and the exact binomial p against an even split.

    `lasting` is the share's interval that is right at every look. `strength` is how much rather, 1 to 7, of those who
    chose it.
    """

    arm: str
    count: int
    n: int
    share: Interval
    p: float
    lasting: Interval
    strength: Interval


def end_preferences(people: pd.DataFrame, arms: Sequence[str]) -> tuple[ArmPreference, ...]:
    """What the people of a frame (one row each) chose, in the order of the arms; () where nobody was asked."""
    chose = people[people["preference"].isin(arms)]
    n, alpha = len(chose), PAGE_ERROR_SHARE / max(len(arms), 1)
    if not n or len(arms) < 2:
        return ()
    found = []
    for arm in arms:
        mine = chose[chose["preference"].eq(arm)]
        p = float(stats.binomtest(len(mine), n, 1 / len(arms)).pvalue)
        found.append(ArmPreference(
            arm, len(mine), n, wilson_interval(len(mine), n), p, anytime_interval(len(mine), n, alpha),
            mean_interval(mine["strength"]),
        ))  # fmt: skip
    return tuple(found)


def preferred_arm(votes: Sequence[ArmPreference], lasting: bool = False) -> ArmPreference | None:
    """The arm that more people chose than any other one, shown against each; None where none is.

    Each arm may be named falsely, so each has its part of the budget; it has to beat all others within that, by the
    exact binomial test, or where `lasting` by an e-value that holds at every look.
    """
    best = max(votes, key=lambda vote: vote.count, default=None)
    if best is None or len(votes) < 2:
        return None
    alpha = PAGE_ERROR_SHARE / len(votes)
    return best if all(beats_other(best, other, alpha, lasting) for other in votes if other is not best) else None


def beats_other(best: ArmPreference, other: ArmPreference, alpha: float, lasting: bool) -> bool:
    """Whether more people choose the one than the other, of those who chose one of them."""
    if lasting:
        return lead_e_value(best.count, other.count) >= 1 / alpha
    both = best.count + other.count
    return both > 0 and float(stats.binomtest(best.count, both, 0.5, alternative="greater").pvalue) <= alpha

"""Pilot plan: what the first people who completed a study tell of its length and of the people that it takes.

How far people differ is looked at, never which arm is ahead, so that outcomes stay hidden. A spread that few people
tell is itself uncertain: it is given with an interval, and so is the number of people that follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, isfinite, nan, sqrt

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.arm_contrasts import arm_table, measured_trials
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Interval, Numbers, finite_numbers
from components.stats.power_simulation import WANTED_POWER, plan_step, primary_claim_count
from components.store.study_people_frame import StudyFrames
from components.study.study import Study

MIN_PILOT_PEOPLE = 5
SPREAD_COVERAGE_SHARE = 0.8  # of pilots whose interval holds the true spread
MOST_PLANNED_PEOPLE = 20_000
CERTAIN_SHIFT_SD = 6.0  # standard errors beyond the edge from which on a difference is as good as always shown
PILOT_ITEMS = ("trust", "speed", "likely")  # the first one that is asked stands for the study's main claim


@dataclass(frozen=True)
class PilotSpread:
    """How far people differ in the rating `item`: a standard deviation with its interval, and from how many people."""

    item: str
    spread: Interval


@dataclass(frozen=True)
class PilotFacts:
    """The people of a pilot: how many began, completed and left, the minutes of those who completed it, and how far
    they differ (None where that cannot be told). `deleted` had completed it before their answers were deleted.
    """

    started: int
    complete: int
    left: int
    minutes: tuple[float, ...]
    spread: PilotSpread | None
    deleted: int = 0

    @property
    def settled_people(self) -> int:
        """How many are through with it, by completing it or by leaving."""
        return self.complete + self.deleted + self.left


def pilot_facts(study: Study, frames: StudyFrames, left: int, deleted: int = 0) -> PilotFacts:
    """What a pilot tells; `left` people are known to have left before the end, `deleted` to have completed it."""
    people = frames.people
    done = people[people["reached_end"]]
    minutes = tuple(sorted(finite_numbers(done["minutes"]).tolist()))
    trials = frames.trials[frames.trials["participant"].isin(done["participant"])]
    spread = None if study.sweep else pilot_spread(study, trials)
    return PilotFacts(len(people), len(done), left, minutes, spread, deleted)


def left_share(facts: PilotFacts) -> Interval:
    """The share of those who are through with it that left before the end, with Wilson's 95 % interval."""
    ends = stats.binomtest(facts.left, facts.settled_people).proportion_ci(0.95, method="wilson")
    return Interval(facts.left / facts.settled_people, float(ends.low), float(ends.high), facts.settled_people)


def pilot_spread(study: Study, trials: pd.DataFrame) -> PilotSpread | None:
    """How far people differ in the first rating that is asked, pooled over the arms; None where too few tell it."""
    arms = [arm.key for arm in study.shown_arms]
    for item in PILOT_ITEMS:
        if item in study.battery:
            table = arm_table(measured_trials(trials, item, "value"), arms)
            values = table.to_numpy(np.float64)
            groups = group_values(values) if study.design == "between" else pair_gaps(values)
            found = pooled_spread(groups, is_paired=study.design != "between")
            return PilotSpread(item, found) if isfinite(found.low) else None
    return None


def group_values(values: Numbers) -> list[Numbers]:
    """Each arm's values of its people."""
    return [finite_numbers(column) for column in values.T]


def pair_gaps(values: Numbers) -> list[Numbers]:
    """Each pair of arms' differences of the people who rated both."""
    pairs = combinations(range(values.shape[1]), 2)
    return [finite_numbers(values[:, first] - values[:, second]) for first, second in pairs]


def pooled_spread(groups: Sequence[Numbers], is_paired: bool) -> Interval:
    """The standard deviation within groups, with its interval by the chi-squared distribution.

    Pairs are of the same people, so they count as one group of the largest for how sure it is.
    """
    known = [group for group in groups if len(group) > 1]
    frees = [len(group) - 1 for group in known]
    free = max(frees, default=0) if is_paired else sum(frees)
    n = max((len(group) for group in known), default=0) if is_paired else sum(len(group) for group in known)
    if free < 2:
        return Interval(nan, nan, nan, n, "too few people")
    spread = sqrt(sum(float(group.var(ddof=1)) * one for group, one in zip(known, frees, strict=True)) / sum(frees))
    if spread <= 0:
        return Interval(0.0, nan, nan, n, "everybody differs by the same")
    tail = (1 - SPREAD_COVERAGE_SHARE) / 2
    low, high = (spread * sqrt(free / stats.chi2.ppf(share, free)) for share in (1 - tail, tail))
    return Interval(spread, float(low), float(high), n)


def pilot_people(study: Study, spread: Interval, effect: float) -> Interval:
    """How many people show a difference of `effect` in WANTED_POWER of studies, with the range that the spread gives.

    By the noncentral t distribution at the level that the first of all primary claims is held to; whole squares.
    """
    step = plan_step(study)
    told = [ceil(people_for_spread(study, size, effect) / step) * step for size in
            (spread.estimate, spread.low, spread.high)]  # fmt: skip
    return Interval(float(told[0]), float(told[1]), float(told[2]), spread.n)


def people_for_spread(study: Study, spread: float, effect: float) -> int:
    """The fewest people, in all, with whom the difference is shown often enough; at most MOST_PLANNED_PEOPLE."""
    groups = len(study.shown_arms) if study.design == "between" else 1
    low, high = 1, MOST_PLANNED_PEOPLE // groups
    level = PAGE_ERROR_SHARE / primary_claim_count(study)
    while high - low > 1:
        middle = (low + high) // 2
        if t_power(middle, spread, effect, level, groups > 1) >= WANTED_POWER:
            high = middle
        else:
            low = middle
    return high * groups


def t_power(people: int, spread: float, effect: float, level: float, two_groups: bool) -> float:
    """The power of Student's t, paired, or between two groups of so many people each."""
    free = 2 * (people - 1) if two_groups else people - 1
    if free < 1:
        return 0.0
    shift = effect / spread * sqrt(people / 2 if two_groups else people)
    edge = stats.t.ppf(1 - level / 2, free)
    if shift > edge + CERTAIN_SHIFT_SD:
        return 1.0  # where the noncentral t cannot be worked out any more
    return float(stats.nct.sf(edge, free, shift))

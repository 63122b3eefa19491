"""Gaps: how far two prototypes are apart for the same people, as far as it is known at this look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite

import pandas as pd

from components.stats.error_budget import interval_alpha, signs_threshold
from components.stats.interval import MIN_LIVE_PEOPLE, Interval, confidence_sequence
from components.stats.person_means import CLOCK_COLUMNS, TIMING_ITEMS
from components.stats.play_contrasts import measure_ratings, person_contrasts, play_table, with_long_clocks
from components.stats.sign_counts import SignCount, count_signs
from components.store import Arm

SHORT_CLOCK_NOTE = "its clock is under 0.5 s, too short for a ratio"


@dataclass(frozen=True)
class Gap:
    """How much more `over` got than `under` in one question, by person and within the same recorded answers.

    `interval` lasts at every look; of felt times it is about the logarithm of their ratio. `signs` counts who gave
    `over` more; at an evidence of `threshold` that alone is a finding.
    """

    item: str
    over: Arm
    under: Arm
    interval: Interval
    signs: SignCount
    threshold: float

    @property
    def n(self) -> int:
        """How many people rated both."""
        return self.signs.n

    @property
    def shown_by_signs(self) -> bool:
        """Whether so many people lean to `over` that counting them is enough."""
        return self.signs.evidence >= self.threshold

    @property
    def shown(self) -> bool:
        """Whether a difference is shown."""
        return self.interval.excludes_zero or self.shown_by_signs

    @property
    def undecided(self) -> bool:
        """Whether neither a difference is shown nor one ruled out."""
        return not self.shown and not isfinite(self.interval.low)

    def flip(self) -> "Gap":
        """The same gap told from the other side."""
        return Gap(self.item, self.under, self.over, self.interval.flip(), self.signs.flip(), self.threshold)


def find_gaps(frame: pd.DataFrame, item: str, arms: Sequence[Arm]) -> list[Gap]:
    """Every pair of arms in one question, those shown first, then the largest; each with its part of the budget."""
    ids, pairs = [arm.prototype for arm in arms], list(combinations(arms, 2))
    felt = item in CLOCK_COLUMNS
    ratings = measure_ratings(frame, item, "felt" if felt else "value")
    plays = play_table(ratings, ids)
    measured = play_table(with_long_clocks(ratings, item), ids) if felt else plays
    gaps = []
    for first, second in pairs:
        counted = person_contrasts(plays, first.prototype, second.prototype)
        timed = person_contrasts(measured, first.prototype, second.prototype) if felt else counted
        gaps.append(make_gap(item, (first, second), counted, timed, len(pairs)))
    return sorted(gaps, key=lambda gap: (not gap.shown, -gap.interval.estimate if isfinite(gap.interval.low) else 0.0))


def make_gap(item: str, pair: tuple[Arm, Arm], counted: Iterable[float], measured: Iterable[float], pairs: int) -> Gap:
    """One of so many pairs, the side with more on top, from one contrast (first minus second) per person.

    People are counted in `counted`, the interval is that of `measured`, which leaves out clocks too short for a ratio.
    """
    signs, interval = count_signs(counted), confidence_sequence(measured, interval_alpha(item, pairs))
    if not interval.n and signs.n:
        interval = Interval(interval.estimate, interval.low, interval.high, 0, SHORT_CLOCK_NOTE)
    gap = Gap(item, *pair, interval, signs, signs_threshold(item, 2 * pairs))
    return gap.flip() if leans_back(gap) else gap


def leans_back(gap: Gap) -> bool:
    """Whether the second has more than the first: by what is shown, else by the mean, else by count."""
    if gap.interval.excludes_zero or not (gap.shown_by_signs or gap.flip().shown_by_signs):
        return gap.interval.estimate < 0 if isfinite(gap.interval.estimate) else gap.signs.second > gap.signs.first
    return gap.flip().shown_by_signs


def why_no_pair(frame: pd.DataFrame, item: str, arms: Sequence[Arm]) -> str:
    """Why nobody's answers about two prototypes can be compared, in a sentence."""
    if len(arms) < 2:
        twice = frame.loc[frame["seen"].ne(""), "pane"].nunique() > 1
        return "The same prototype stands in every pane." if twice else "Only one prototype was rated."
    answers = frame[frame["item"].eq(item)]
    people = answers["rater"].nunique()
    if not people:
        return "Nobody has answered yet."
    answered = "1 person answered" if people == 1 else f"{people} people answered"
    blind = answers[answers["blind"]]
    if blind.empty:
        return f"{answered}, with the clock on the screen: counted apart."
    if item in TIMING_ITEMS and blind["void"].all():
        return f"{answered}, but every pane played late or in a hidden tab, so no time counts."
    return f"{answered}, but nobody about two prototypes with the same answer."


def people_needed(n: int) -> str:
    """What is still needed where n people answered, in a sentence."""
    return (
        f"{n} {'person' if n == 1 else 'people'} so far. An interval is told from {MIN_LIVE_PEOPLE} on; before that, "
        "only what nearly everybody says."
    )

"""Gaps: how far two prototypes are apart for the same people, and how that is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite

import pandas as pd

from components.stats.interval import Interval, confidence_sequence, more_people
from components.stats.person_means import clock_means, person_means
from components.store import Arm


@dataclass(frozen=True)
class Gap:
    """How much more `over` got than `under`, by person, with an interval that lasts; `more` people would show it."""

    over: Arm
    under: Arm
    interval: Interval
    more: float


def find_gaps(frame: pd.DataFrame, item: str, arms: Sequence[Arm]) -> list[Gap]:
    """Every pair of arms in one item, largest difference first; 95 % over all pairs and both sentences together."""
    people = person_means(frame, item, [arm.prototype for arm in arms])
    pairs = list(combinations(arms, 2))
    alpha = 0.05 / (2 * len(pairs)) if pairs else 0.05
    gaps = []
    for first, second in pairs:
        differences = (people[first.prototype] - people[second.prototype]).dropna()
        interval, more = confidence_sequence(differences, alpha), more_people(differences, alpha)
        back = interval.estimate < 0
        gaps.append(
            Gap(second, first, interval.flip(), more) if back else Gap(first, second, interval, more)  # more on top
        )
    return sorted(gaps, key=lambda gap: -gap.interval.estimate if gap.interval.n else 0.0)


def format_difference(item: str, size: float) -> str:
    """A difference with the unit of its item."""
    if item.startswith("felt"):
        return f"{size:.1f} s"
    return f"{size:.0f} points" if item == "trust" else f"{size:.1f} points of 7"


def format_interval(item: str, interval: Interval) -> str:
    """An interval as “low to high” in the decimals of its item."""
    decimals = 0 if item == "trust" else 1
    return f"{interval.low:.{decimals}f} to {interval.high:.{decimals}f}".replace("-", "−")


def faster_sentence(item: str, gap: Gap) -> str:
    """A sentence: which of the two is how much faster, with the interval."""
    fast, slow = (gap.under, gap.over) if item == "felt_first" else (gap.over, gap.under)
    size = f"{format_difference(item, gap.interval.estimate)} ({format_interval(item, gap.interval)})"
    return f"{fast.label} is {size} faster than {slow.label}."


def undecided_sentence(item: str, gap: Gap) -> str:
    """A sentence on a pair of which no difference is shown, or too little is known."""
    pair = f"{gap.over.label} against {gap.under.label}"
    if not isfinite(gap.interval.low):
        return f"{pair}: {gap.interval.note}."
    limit = format_difference(item, gap.interval.smallest_excluded)
    return f"{pair}: no difference shown, more than {limit} is ruled out."


def unshown_sentence(item: str, gaps: Sequence[Gap]) -> str:
    """What is ruled out where no pair differs, and how many more people could change that."""
    decided = [gap for gap in gaps if isfinite(gap.interval.low)]
    if not decided:
        return f"{gaps[0].interval.note.capitalize()}." if gaps else ""
    ruled = format_difference(item, max(gap.interval.smallest_excluded for gap in decided))
    n = min(gap.interval.n for gap in decided)
    more = min(gap.more for gap in decided)
    hope = f"If it is what it looks like now, about {more:.0f} more people would show it." if isfinite(more) else ""
    return join_sentences(f"A difference larger than {ruled} is ruled out, n = {n}.", hope)


def clock_sentence(frame: pd.DataFrame, gap: Gap, item: str) -> str:
    """A sentence with the mean difference on the clock, in seconds; "" for items other than felt_first."""
    if item != "felt_first":
        return ""
    clocks = clock_means(frame, item, [gap.over.prototype, gap.under.prototype]).dropna()
    difference = float((clocks.iloc[:, 0] - clocks.iloc[:, 1]).mean())
    return f"The clock says {difference:.1f} s.".replace("-", "−") if isfinite(difference) else ""


def join_sentences(*sentences: str) -> str:
    """The sentences that are not empty, joined by spaces."""
    return " ".join(sentence for sentence in sentences if sentence)

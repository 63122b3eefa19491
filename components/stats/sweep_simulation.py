"""Sweep simulation: how exactly a sweep of so many people would find its level, by playing it out.

Ratings are drawn for every trial of the study's own plan, as for the power of a comparison: their mean falls evenly
from the first level to the last and meets the middle of its scale halfway between. Each drawn study is analysed as the
real one will be, by the interval of the level at which the mean falls below that middle.
"""

from dataclasses import dataclass
from math import inf, isfinite
from statistics import median

import numpy as np

from components.stats.power_simulation import (
    CHUNK_RATINGS,
    LARGEST_PLAN_PEOPLE,
    WANTED_POWER,
    RatingSpread,
    drawn_means,
    plan_step,
    planned_ratings,
)
from components.stats.study_findings import SWEEP_ITEMS
from components.stats.sweep_curves import MIN_SWEEP_PEOPLE, SWEEP_RESAMPLES, crossing_ends, resample_weights
from components.study.study import Study

DRAWN_SWEEPS = 200
MIDDLE_POINTS = 50.0  # of 100: the line that the mean falls below, whatever scale it is asked on


@dataclass(frozen=True)
class SweepPrecision:
    """How exactly drawn studies of so many people find the level: `share` of them to within what was asked for.

    `half` is half the interval's width in the middle one of them, in levels; inf where it reaches beyond the sweep.
    """

    people: int
    share: float
    half: float


def sweep_item(study: Study) -> str:
    """The answer that the first sentence of a sweep will rest on; "" where none that can be told by level is asked."""
    return next((item for item in SWEEP_ITEMS.get(study.sweep, ()) if item in study.battery), "")


def sweep_precision(
    study: Study, people: int, fall: float, exact: float, spread: RatingSpread, seed: int = 0
) -> SweepPrecision:
    """How often the level is found to within `exact` levels to each side, where means fall by `fall` points of 100."""
    if people < MIN_SWEEP_PEOPLE or not sweep_item(study):
        return SweepPrecision(people, 0.0, inf)
    levels = np.array(study.levels)
    means = MIDDLE_POINTS + fall * (0.5 - (levels - levels[0]) / (levels[-1] - levels[0]))
    taken = MIDDLE_POINTS if sweep_item(study) == "accept" else None
    line = MIDDLE_POINTS if taken is None else 0.5
    rows = np.array(list(planned_ratings(study, people, len(levels))), dtype=np.int64).reshape(-1, 3)
    again, halves = resample_weights(people, SWEEP_RESAMPLES, 0), list[float]()
    draw, done = np.random.default_rng(seed), 0
    while done < DRAWN_SWEEPS:
        size = min(DRAWN_SWEEPS - done, max(1, CHUNK_RATINGS // len(rows)))
        drawn = drawn_means(rows, (people, int(rows[:, 2].max()) + 1, size), means, spread, draw, taken)
        halves += [half_width(crossing_ends(levels, drawn[:, :, place], line, again)) for place in range(size)]
        done += size
    return SweepPrecision(people, float(np.mean(np.array(halves) <= exact)), median(halves))


def half_width(ends: tuple[float, float]) -> float:
    """Half the width of an interval; inf where an end of it lies beyond the sweep."""
    low, high = ends
    return (high - low) / 2 if isfinite(low) and isfinite(high) else inf


def sweep_people(
    study: Study, fall: float, exact: float, spread: RatingSpread, seed: int = 0
) -> SweepPrecision | None:  # fmt: skip
    """The fewest people with whom the level is found that exactly in WANTED_POWER of studies, by whole squares.

    None where LARGEST_PLAN_PEOPLE are too few.
    """
    step = plan_step(study)
    low, high, most = 0, max(1, -(-MIN_SWEEP_PEOPLE // step)), LARGEST_PLAN_PEOPLE // step
    while (best := sweep_precision(study, high * step, fall, exact, spread, seed)).share < WANTED_POWER:
        if high >= most:
            return None
        low, high = high, min(2 * high, most)
    while high - low > max(1, high // 16):  # the share of so few drawn studies tells no more than that
        middle = (low + high) // 2
        found = sweep_precision(study, middle * step, fall, exact, spread, seed)
        if found.share >= WANTED_POWER:
            high, best = middle, found
        else:
            low = middle
    return best

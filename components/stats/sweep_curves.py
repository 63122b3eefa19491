"""Sweep curves: up to which level an answer is still trusted, or a wait still tolerated, and how seconds are felt.

Each person's mean at each level goes in; people are drawn again, all their levels together, so that trials of one
person never count as people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, nan

import numpy as np
import pandas as pd
from scipy import special

from components.stats.interval import Interval, Numbers, mean_interval, resampled_percentiles
from components.stats.play_contrasts import MIN_RATIO_CLOCK_S

SWEEP_RESAMPLES = 2000
MIN_SWEEP_PEOPLE = 8
MIN_DURATIONS, MIN_DURATION_RANGE = 5, 16.0  # durations, longest over shortest: what an exponent needs
PROBIT_STEPS, PROBIT_RIDGE = 40, 1e-3
EQUALITY_RESAMPLES = 1000
MAX_LOST_SHARE = 0.05  # of resamples without a point; beyond, their rest says nothing
MAX_PROBIT = 6.0  # of a normal score: beyond, a share is 0 or 1


@dataclass(frozen=True)
class SweepCrossing:
    """The level at which the mean falls below `line`: in levels of the sweep, with an interval over people.

    An estimate or an end of inf means that it lies beyond the highest level, −inf that it lies below the lowest one.
    `means` are the arms' means at `levels`.
    """

    item: str
    line: float
    crossing: Interval
    levels: tuple[float, ...]
    means: tuple[Interval, ...]


def level_table(rows: pd.DataFrame, column: str = "measured") -> pd.DataFrame:
    """One row per person, one column per level, lowest first: the person's mean."""
    table = rows.groupby(["participant", "level"], sort=False)[column].mean().unstack()
    return table.reindex(columns=sorted(table.columns)).astype("float64")


def sweep_crossing(rows: pd.DataFrame, item: str, line: float, seed: int = 0) -> SweepCrossing:
    """Where the mean of measured trials falls below a line, as the level rises.

    The means are made to fall, or stay, from level to level (pooled adjacent violators), and joined by straight lines.
    """
    table = level_table(rows)
    levels, values = table.columns.to_numpy(np.float64), table.to_numpy()
    means = tuple(mean_interval(column) for column in values.T)
    if len(values) < MIN_SWEEP_PEOPLE or len(levels) < 2:
        why = "one level" if len(levels) < 2 else f"an interval needs {MIN_SWEEP_PEOPLE} people"
        return SweepCrossing(item, line, Interval(nan, nan, nan, len(values), why), tuple(levels.tolist()), means)
    known, filled = np.isfinite(values).astype(np.float64), np.nan_to_num(values)
    low, high = crossing_ends(levels, values, line, resample_weights(len(values), SWEEP_RESAMPLES, seed))
    whole = falling_crossing(levels, filled.sum(axis=0) / known.sum(axis=0), line, known.sum(axis=0))
    return SweepCrossing(item, line, Interval(whole, low, high, len(values)), tuple(levels.tolist()), means)


def crossing_ends(levels: Numbers, values: Numbers, line: float, drawn: Numbers) -> tuple[float, float]:
    """The ends of the interval of the level at which means fall below a line, with people drawn again.

    `values` are people × levels, nan where a person was not at a level; `drawn` is how often each person is drawn.
    """
    counts = drawn @ np.isfinite(values).astype(np.float64)
    counts[counts == 0] = nan
    again = drawn @ np.nan_to_num(values) / counts
    found = np.sort(falling_crossings(levels, again[np.isfinite(again).all(axis=1)], line))
    low, high = (percentile_of(found, percentile) for percentile in resampled_percentiles(len(values)))
    return low, high


def falling_crossings(levels: Numbers, means: Numbers, line: float) -> Numbers:
    """The same as `falling_crossing` for each row of means, all of one weight."""
    sums = np.pad(np.cumsum(means, axis=1), ((0, 0), (1, 0)))
    count = means.shape[1]
    fallen = np.full_like(means, inf)
    for start in range(count):
        best = np.full(len(means), -inf)
        for end in range(count - 1, start - 1, -1):  # steadily falling: the least, over starts, of the best mean on
            best = np.maximum(best, (sums[:, end + 1] - sums[:, start]) / (end + 1 - start))
            fallen[:, end] = np.minimum(fallen[:, end], best)
    below = fallen < line
    place, rows = below.argmax(axis=1), np.arange(len(means))
    before = np.maximum(place - 1, 0)
    drop = fallen[rows, before] - fallen[rows, place]
    share = (fallen[rows, before] - line) / np.where(drop > 0, drop, 1.0)
    between = levels[before] + (levels[place] - levels[before]) * share
    return np.where(~below.any(axis=1), inf, np.where(place == 0, -inf, between))


def resample_weights(people: int, rounds: int, seed: int) -> Numbers:
    """How often each person is drawn, in so many rounds."""
    drawn = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), rounds)
    return np.asarray(drawn, dtype=np.float64)


def percentile_of(ordered: Numbers, percentile: float) -> float:
    """The percentile of ordered numbers, some of which may be infinite: the one that stands there, none in between."""
    place = min(len(ordered) - 1, max(0, round(percentile / 100 * (len(ordered) - 1))))
    return float(ordered[place]) if len(ordered) else nan


def falling_crossing(levels: Numbers, means: Numbers, line: float, weights: Numbers | None = None) -> float:
    """The first level at which falling means are under a line; inf where they never are, −inf where they always are."""
    fallen = fall_steadily(means, np.ones(len(means)) if weights is None else weights)
    below = np.flatnonzero(fallen < line)
    if not len(below):
        return inf
    place = int(below[0])
    if place == 0:
        return -inf
    drop = fallen[place - 1] - fallen[place]
    return float(levels[place - 1] + (levels[place] - levels[place - 1]) * (fallen[place - 1] - line) / drop)


def fall_steadily(means: Numbers, weights: Numbers) -> Numbers:
    """The means that are nearest and never rise (pooled adjacent violators)."""
    blocks: list[list[float]] = []
    for mean, weight in zip(means.tolist(), weights.tolist(), strict=True):
        blocks.append([mean, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            value, heavy, length = blocks.pop()
            before = blocks[-1]
            before[0] = (before[0] * before[1] + value * heavy) / (before[1] + heavy)
            before[1], before[2] = before[1] + heavy, before[2] + length
    return np.repeat([block[0] for block in blocks], [int(block[2]) for block in blocks])


def felt_exponent(rows: pd.DataFrame, clock: str) -> Interval:
    """Stevens' exponent: the mean over people of the slope of ln(felt) over ln(clock), with Student's t interval.

    `rows` have ln(felt seconds) in `measured`, `clock` is the column with the painted seconds. Each person has a slope
    of their own. The note says why there is no exponent, where durations are too few or too much alike.
    """
    used = rows[rows[clock] >= MIN_RATIO_CLOCK_S]
    planned = used[clock].round(1)
    wide = float(planned.max() / planned.min()) if len(planned) else 0.0
    if planned.nunique() < MIN_DURATIONS or wide < MIN_DURATION_RANGE:
        why = f"an exponent needs {MIN_DURATIONS} durations over a range of {MIN_DURATION_RANGE:g} times"
        return Interval(nan, nan, nan, used["participant"].nunique(), why)
    logs = used.assign(clock_log=np.log(used[clock]))
    slopes = [
        float(np.polyfit(person["clock_log"], person["measured"], 1)[0])
        for _, person in logs.groupby("participant", sort=False)
        if person["clock_log"].nunique() > 1 and np.ptp(person["clock_log"]) > 0.1
    ]
    return mean_interval(slopes)


def equality_point(gaps: Sequence[float], chosen: Sequence[bool], people: Sequence[object], seed: int = 0) -> Interval:
    """How many seconds more the first may take and still seem as fast as the second: the point of subjective equality.

    `gaps` are the clock's seconds of the first minus those of the second, `chosen` whether the first was called faster.
    A probit of chosen over gaps; people are drawn again. The note says why there is none.
    """
    gap, first = np.asarray(gaps, dtype=np.float64), np.asarray(chosen, dtype=np.float64)
    names, person = np.unique(np.asarray([str(one) for one in people]), return_inverse=True)
    n = len(names)
    if n < MIN_SWEEP_PEOPLE or len(np.unique(np.round(gap, 1))) < 3:
        why = f"it needs {MIN_SWEEP_PEOPLE} people and three different gaps"
        return Interval(nan, nan, nan, n, why)
    cells, cell = np.unique(np.column_stack([np.round(gap, 2), first]), axis=0, return_inverse=True)
    counts = np.zeros((n, len(cells)))
    np.add.at(counts, (person, cell.ravel()), 1)
    best = float(probit_roots(counts.sum(axis=0)[None, :], cells)[0])
    if not isfinite(best):
        return Interval(nan, nan, nan, n, "what was called faster does not follow the clock")
    again = probit_roots(resample_weights(n, EQUALITY_RESAMPLES, seed) @ counts, cells)
    lost = ~np.isfinite(again)
    if lost.mean() > MAX_LOST_SHARE:
        return Interval(best, nan, nan, n, "too few people for an interval")
    low, high = np.percentile(again[~lost], resampled_percentiles(n))
    return Interval(best, float(low), float(high), n)


def probit_roots(weights: Numbers, cells: Numbers) -> Numbers:
    """For each row of weights of the cells (gap, chosen) the gap at which half choose the first one.

    Newton's steps of all rows together; nan where choices do not fall with the gap.
    """
    scale = max(float(np.abs(cells[:, 0]).max()), 1e-9)
    design, chosen = np.column_stack([np.ones(len(cells)), cells[:, 0] / scale]), cells[:, 1]
    squares = np.einsum("cp,cq->cpq", design, design).reshape(len(cells), 4)
    guess = np.zeros((len(weights), 2))
    for _ in range(PROBIT_STEPS):
        line = np.clip(guess @ design.T, -MAX_PROBIT, MAX_PROBIT)
        share, slope = special.ndtr(line), np.exp(-(line**2) / 2) / np.sqrt(2 * np.pi)
        pull = weights * slope / (share * (1 - share))
        score = (pull * (chosen - share)) @ design - PROBIT_RIDGE * guess
        curve = ((pull * slope) @ squares).reshape(-1, 2, 2) + PROBIT_RIDGE * np.eye(2)
        step = np.clip(np.linalg.solve(curve, score[:, :, None])[:, :, 0], -1, 1)
        guess = guess + step
        if np.abs(step).max() < 1e-8:
            break
    falls = guess[:, 1] < 0
    return np.where(falls, -guess[:, 0] / np.where(falls, guess[:, 1], -1.0) * scale, nan)


def faster_gaps(trials: pd.DataFrame, clocks: Mapping[tuple[str, str], float], pair: tuple[str, str]) -> pd.DataFrame:
    """Trials side by side in which one of a pair was called faster: participant, gap (seconds), chosen; for the first.

    `clocks` are painted seconds by (participant and step as one text, arm). Ties are left out.
    """
    rows = trials[trials["item"].eq("faster") & trials["choice"].isin(pair)]
    rows = rows[rows["left"].isin(pair) & rows["right"].isin(pair)]
    keys = [f"{person}/{step}" for person, step in zip(rows["participant"], rows["step"], strict=True)]
    gap = [clocks.get((key, pair[0]), nan) - clocks.get((key, pair[1]), nan) for key in keys]
    found = pd.DataFrame(
        {"participant": rows["participant"].to_numpy(), "gap": gap, "chosen": rows["choice"].eq(pair[0]).to_numpy()}
    )
    return found.dropna(subset="gap")

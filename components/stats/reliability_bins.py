"""Reliability: how far what was said (a probability) is from what was true (right or wrong), answer by answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from components.stats.interval import Interval, Numbers
from components.stats.preference import wilson_interval

BIN_COUNT = 10  # of equal width
RESAMPLES = 2000  # simulations and resamples
PERCENTILES_95 = (2.5, 97.5)  # percentiles of a 95 % interval
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class ReliabilityBin:
    """The answers with a probability from `low` up to `high`: what was said of them on average, and how many of them
    were right; `chance` is where that share lies in 95 of 100 cases if what was said is true."""

    low: float
    high: float
    said: float
    right: Interval
    chance: tuple[float, float]


@dataclass(frozen=True)
class BrierScore:
    """The mean squared distance between said and true, and its parts (Murphy 1973, over the bins).

    score = reliability - resolution + uncertainty + within; `within` is what the bins' width costs (Stephenson,
    Coelho and Jolliffe 2008).
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float

    @property
    def within_bins(self) -> float:
        """The part of the score that the bins' width costs."""
        return self.score - (self.reliability - self.resolution + self.uncertainty)


def bin_index(probabilities: Numbers, bins: int = BIN_COUNT) -> NDArray[np.intp]:
    """The index of the bin of each probability, from 0."""
    return np.minimum((probabilities * bins).astype(np.intp), bins - 1)


def reliability_bins(
    probabilities: ArrayLike, right: ArrayLike, bins: int = BIN_COUNT, seed: int = 0
) -> tuple[ReliabilityBin, ...]:
    """The bins that hold an answer, from 0 to 1."""
    said, true = np.asarray(probabilities, dtype=np.float64), np.asarray(right, dtype=np.bool_)
    where, rng = bin_index(said, bins), np.random.default_rng(seed)
    return tuple(make_bin(number / bins, (number + 1) / bins, said[where == number], true[where == number], rng)
                 for number in np.unique(where).tolist())  # fmt: skip


def make_bin(low: float, high: float, said: Numbers, true: Flags, rng: np.random.Generator) -> ReliabilityBin:
    """The bin of these answers, with the interval of its share right and where chance would put that share."""
    shares = (rng.random((RESAMPLES, len(said))) < said).mean(axis=1)
    bottom, top = np.percentile(shares, PERCENTILES_95).tolist()
    return ReliabilityBin(low, high, float(said.mean()), wilson_interval(int(true.sum()), len(true)), (bottom, top))


def calibration_error(probabilities: ArrayLike, right: ArrayLike, bins: int = BIN_COUNT) -> float:
    """The expected calibration error: the mean distance between said and true over the bins, weighted by answers."""
    said = np.asarray(probabilities, dtype=np.float64)
    gaps = np.bincount(bin_index(said, bins), said - np.asarray(right, dtype=np.float64), minlength=bins)
    return float(np.abs(gaps).sum() / len(said))


def simulate_chance_errors(
    probabilities: ArrayLike, bins: int = BIN_COUNT, rounds: int = RESAMPLES, seed: int = 0
) -> Numbers:
    """The calibration errors that a perfectly calibrated model shows with these probabilities, by simulation.

    They are above zero, since few answers never fall just so; a `calibration_error` means nothing without them.
    """
    said = np.asarray(probabilities, dtype=np.float64)
    inside = np.eye(bins)[bin_index(said, bins)]
    true = np.random.default_rng(seed).random((rounds, len(said))) < said
    return np.asarray(np.abs((said - true) @ inside).sum(axis=1) / len(said), dtype=np.float64)


def brier_score(probabilities: ArrayLike, right: ArrayLike, bins: int = BIN_COUNT) -> BrierScore:
    """The Brier score with its parts."""
    said, true = np.asarray(probabilities, dtype=np.float64), np.asarray(right, dtype=np.float64)
    where, overall = bin_index(said, bins), true.mean()
    counts = np.maximum(np.bincount(where, minlength=bins), 1)
    mean_said, mean_true = (np.bincount(where, values, minlength=bins) / counts for values in (said, true))
    shares = np.bincount(where, minlength=bins) / len(said)
    return BrierScore(
        float(((said - true) ** 2).mean()), float(shares @ (mean_said - mean_true) ** 2),
        float(shares @ (mean_true - overall) ** 2), float(overall * (1 - overall)),
    )  # fmt: skip


def roc_area(scores: ArrayLike, right: ArrayLike) -> float:
    """The area under the ROC curve: the chance that a right answer scores over a wrong one, a tie counted half.

    The Mann-Whitney statistic over its largest value (Hanley and McNeil 1982); nan where all are right or all wrong.
    """
    true = np.asarray(right, dtype=np.bool_)
    good, bad = int(true.sum()), int((~true).sum())
    if not good or not bad:
        return nan
    ranks = stats.rankdata(np.asarray(scores, dtype=np.float64))
    return float((ranks[true].sum() - good * (good + 1) / 2) / (good * bad))


def auc_interval(
    scores: ArrayLike, right: ArrayLike, items: Sequence[object] = (), rounds: int = RESAMPLES, seed: int = 0
) -> Interval:
    """The area under the ROC curve with its 95 % percentile bootstrap interval; questions (`items`) are drawn whole."""
    values, true = np.asarray(scores, dtype=np.float64), np.asarray(right, dtype=np.bool_)
    area = roc_area(values, true)
    if np.isnan(area):
        return Interval(nan, nan, nan, len(true), "no right answer or no wrong one: nothing to tell apart")
    _, groups = np.unique([str(item) for item in items] or np.arange(len(true)), return_inverse=True)
    members = [np.flatnonzero(groups == group) for group in range(int(groups.max()) + 1)]
    rng = np.random.default_rng(seed)
    picks = (rng.integers(0, len(members), len(members)) for _ in range(rounds))
    single = np.concatenate(members) if len(members) == len(true) else None  # one answer a question: nothing to join
    drawn = (np.concatenate([members[i] for i in pick]) if single is None else single[pick] for pick in picks)
    low, high = np.nanpercentile([roc_area(values[some], true[some]) for some in drawn], PERCENTILES_95).tolist()
    return Interval(area, low, high, len(true))

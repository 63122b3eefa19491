"""Calibrating: from scores and right or wrong to how likely an answer with this score is right.

Temperature scaling under MIN_ISOTONIC_ANSWERS answers, isotonic regression above. What is told of a calibration comes
from cross-fitting: the questions are dealt into parts, and the answers to each part are tested with a curve that was
fitted on all others. The curve that is kept is fitted on all answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from components.core.calibration import MIN_SCORE_MARGIN, CalibrationTest, interpolate_points, to_percent
from components.core.explained import Explained
from components.stats.interval import Interval, Numbers
from components.stats.reliability_bins import (
    PERCENTILES_95,
    Flags,
    auc_interval,
    brier_score,
    calibration_error,
    simulate_chance_errors,
)

MIN_ISOTONIC_ANSWERS = 1000  # labelled answers; isotonic regression needs more than this not to follow chance
MIN_QUESTIONS = 40  # questions; fewer say nothing: their share right has an interval of ±.15
FOLD_COUNT = 10  # parts of the questions
SPLIT_SEED = 20250131
DECIMAL_PLACES = 4
SAME_SHARE = 1e-12  # shares closer than this are the same


@dataclass(frozen=True)
class CalibrationCurve:
    """The way from score to probability: temperature scaling with a shift, or the line through `points`."""

    slope: float = 1.0
    shift: float = 0.0
    points: tuple[tuple[float, float], ...] = ()

    def probabilities(self, scores: ArrayLike) -> Numbers:
        """The probabilities of these scores, by the curve."""
        values = np.asarray(scores, dtype=np.float64)
        if self.points:
            return np.array([interpolate_points(value, self.points) for value in values.tolist()], dtype=np.float64)
        return np.asarray(special.expit(self.slope * log_odds(values) + self.shift), dtype=np.float64)


def log_odds(scores: ArrayLike) -> Numbers:
    """The log-odds of scores from 0 to 1."""
    return np.asarray(
        special.logit(np.clip(np.asarray(scores, dtype=np.float64), MIN_SCORE_MARGIN, 1 - MIN_SCORE_MARGIN)),
        dtype=np.float64,
    )


def fit_temperature(scores: ArrayLike, right: ArrayLike) -> CalibrationCurve:
    """Temperature scaling with a shift, by maximum likelihood: logit p = slope * logit score + shift.

    Temperature alone (Guo et al. 2017) leaves a score of one half at one half, which is no help for a model that is
    mostly wrong and sure of itself; the shift is that of Alexandari, Kundaje and Shrikumar (2020). The targets are
    Platt's (1999), so that few answers that happen to fall apart do not make the curve a step. The slope is never
    below 0: a score that points the wrong way says nothing, and everything gets the overall share.
    """
    x, true = log_odds(scores), np.asarray(right, dtype=np.bool_)
    good, bad = int(true.sum()), int((~true).sum())
    aim = np.where(true, (good + 1) / (good + 2), 1 / (bad + 2))

    def cost(at: Numbers) -> tuple[float, Numbers]:
        z = at[0] * x + at[1]
        gap = special.expit(z) - aim
        return float((np.logaddexp(0, z) - aim * z).sum()), np.array([gap @ x, gap.sum()])

    fit = optimize.minimize(cost, [1.0, 0.0], jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)])
    return CalibrationCurve(round(float(fit.x[0]), DECIMAL_PLACES), round(float(fit.x[1]), DECIMAL_PLACES))


def fit_isotonic(scores: ArrayLike, right: ArrayLike) -> CalibrationCurve:
    """Isotonic regression: the rising steps closest to right and wrong, joined by lines.

    Where all answers at one end were right, or wrong, that is not certainty: one more of each kind is counted there, so
    m right answers make (m + 1) / (m + 2) (Laplace's rule of succession).
    """
    values, where = np.unique(np.asarray(scores, dtype=np.float64), return_inverse=True)
    counts = np.bincount(where).astype(np.float64)
    shares = np.bincount(where, np.asarray(right, dtype=np.float64)) / counts
    steps = np.clip(optimize.isotonic_regression(shares, weights=counts).x, 0, 1)
    none, every = steps <= SAME_SHARE, steps >= 1 - SAME_SHARE
    steps[none] = 1 / (counts[none].sum() + 2)
    steps[every] = (counts[every].sum() + 1) / (counts[every].sum() + 2)
    steps = optimize.isotonic_regression(steps, weights=counts).x
    ends = np.ones(len(values), dtype=bool)
    ends[1:-1] = (steps[1:-1] != steps[:-2]) | (steps[1:-1] != steps[2:])
    return CalibrationCurve(points=tuple(zip(values[ends].tolist(), steps[ends].tolist(), strict=True)))


def fit_curve(scores: ArrayLike, right: ArrayLike, answers: int) -> CalibrationCurve:
    """The curve by the method that so many labelled answers allow."""
    return (fit_temperature if answers < MIN_ISOTONIC_ANSWERS else fit_isotonic)(scores, right)


def fold_numbers(items: Sequence[str], seed: int = SPLIT_SEED) -> NDArray[np.intp]:
    """The part, from 0, to which each answer's question was dealt by the seed; all answers to a question share one."""
    questions = sorted(set(items))
    order = np.random.default_rng(seed).permutation(len(questions))
    folds = {questions[index]: place % FOLD_COUNT for place, index in enumerate(order)}
    return np.array([folds[item] for item in items], dtype=np.intp)


def cross_fitted_probabilities(scores: Numbers, right: Flags, items: Sequence[str], seed: int = SPLIT_SEED) -> Numbers:
    """The probability of each answer by a curve that was fitted without any answer to its question."""
    folds, said = fold_numbers(items, seed), np.empty(len(scores))
    for fold in np.unique(folds).tolist():
        inside = folds == fold
        said[inside] = fit_curve(scores[~inside], right[~inside], len(scores)).probabilities(scores[inside])
    return said


def evaluate_calibration(
    probabilities: ArrayLike, right: ArrayLike, items: Sequence[str] = (), order: Interval | None = None
) -> CalibrationTest:
    """The test's result for these probabilities; an AUC that cannot be worked out is 0.5, from 0 to 1.

    `order` is the AUC of the scores behind them, where it is known: a calibration keeps their order, and probabilities
    of several curves are not to be compared.
    """
    said, true = np.asarray(probabilities, dtype=np.float64), np.asarray(right, dtype=np.bool_)
    auc = order or auc_interval(said, true, items)
    area = (0.5, 0.0, 1.0) if isnan(auc.estimate) else (auc.estimate, auc.low, auc.high)
    estimate, low, high = (round(value, DECIMAL_PLACES) for value in area)
    bottom, top = (
        round(float(value), DECIMAL_PLACES) for value in np.percentile(simulate_chance_errors(said), PERCENTILES_95)
    )
    return CalibrationTest(
        count_percents(said, true), round(brier_score(said, true).score, DECIMAL_PLACES), estimate, (low, high),
        round(calibration_error(said, true), DECIMAL_PLACES), (bottom, top),
    )  # fmt: skip


def count_percents(probabilities: Numbers, right: Flags) -> tuple[tuple[int, int, int], ...]:
    """(percent, answers, right) for every whole percent that occurs."""
    percents = np.array([to_percent(probability) for probability in probabilities.tolist()], dtype=np.intp)
    return tuple(
        (percent, int((percents == percent).sum()), int(right[percents == percent].sum()))
        for percent in np.unique(percents).tolist()
    )


@dataclass(frozen=True)
class CalibrationFit:
    """A curve with how many answers it was fitted on, and what they showed before (the score as it is) and after
    (each answer by a curve that was fitted without its question).
    """

    curve: CalibrationCurve
    fitted: int
    before: CalibrationTest
    after: CalibrationTest


def fit_calibration(
    scores: ArrayLike, right: ArrayLike, items: Sequence[str], seed: int = SPLIT_SEED
) -> CalibrationFit:
    """Fit on all answers and test by cross-fitting. Explained where there are too few."""
    values, true = np.asarray(scores, dtype=np.float64), np.asarray(right, dtype=np.bool_)
    if (question_count := len(set(items))) < MIN_QUESTIONS or true.all() or not true.any():
        to = f" to {question_count} questions" if question_count < len(true) else ""
        raise Explained(
            f"{len(true)} answers with a score{to}, {int(true.sum())} of them right, are not enough to calibrate.",
            "The answers are kept.",
            f"Answers to at least {MIN_QUESTIONS} questions are needed, right ones and wrong ones.",
        )
    said, order = cross_fitted_probabilities(values, true, items, seed), auc_interval(values, true, items)
    return CalibrationFit(
        fit_curve(values, true, len(true)),
        len(true),
        evaluate_calibration(values, true, items, order),
        evaluate_calibration(said, true, items, order),
    )

"""Reliability, Brier, AUC and the null band of the calibration error, against published and worked-out values."""

from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from components.stats.interval import Numbers
from components.stats.reliability_bins import (
    Flags,
    auc_interval,
    brier_score,
    calibration_error,
    reliability_bins,
    roc_area,
    simulate_chance_errors,
)

SHARES = st.floats(0, 1)
GRADED = st.lists(st.tuples(SHARES, st.booleans()), min_size=1, max_size=60)


def true_ones(n: int, shape: tuple[float, float] = (5, 2), seed: int = 0) -> tuple[Numbers, Flags]:
    """Probabilities, and answers that are right just as often as said."""
    rng = np.random.default_rng(seed)
    said = rng.beta(shape[0], shape[1], n)
    return said, rng.random(n) < said


def test_the_brier_score_is_the_published_one() -> None:
    assert brier_score([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0]).score == pytest.approx(
        0.0375
    )  # scikit-learn's reference page


def test_the_brier_score_falls_into_its_parts() -> None:
    said, right = [0.2] * 10 + [0.8] * 10, [1] * 2 + [0] * 8 + [1] * 8 + [0] * 2
    found = brier_score(said, right)
    assert (found.reliability, found.resolution, found.uncertainty) == pytest.approx((0, 0.09, 0.25), abs=1e-12)
    assert found.score == pytest.approx(0.16) and found.within_bins == pytest.approx(0, abs=1e-12)
    off = brier_score([0.4] * 10 + [0.8] * 10, right)
    assert off.reliability == pytest.approx(0.02) and off.score == pytest.approx(0.18)


@given(GRADED)
def test_the_parts_of_the_brier_score_add_up(graded: list[tuple[float, bool]]) -> None:
    said, right = zip(*graded, strict=True)
    found = brier_score(said, right)
    assert found.score == pytest.approx(
        found.reliability - found.resolution + found.uncertainty + found.within_bins, abs=1e-12
    )
    assert 0 <= found.score <= 1 and found.reliability >= 0 and found.resolution >= 0
    assert abs(found.within_bins) <= 0.2  # no wider than the bins allow


def test_the_area_is_the_published_one() -> None:
    assert roc_area([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) == 0.75  # scikit-learn's reference page


def test_a_tie_counts_half_and_order_is_all_that_matters() -> None:
    assert roc_area([0.5, 0.5], [0, 1]) == 0.5
    scores, right = [0.1, 0.6, 0.2, 0.9, 0.4], [0, 1, 0, 1, 1]
    assert (
        roc_area(scores, right) == roc_area(np.square(scores), right) == 1 - roc_area(np.negative(scores), right) == 1.0
    )


def test_the_area_of_two_normals_is_found() -> None:
    rng = np.random.default_rng(3)
    scores = np.concatenate([rng.normal(1, 1, 4000), rng.normal(0, 1, 4000)])
    found = auc_interval(scores, [1] * 4000 + [0] * 4000, rounds=200)
    assert found.estimate == pytest.approx(norm.cdf(1 / sqrt(2)), abs=0.01)
    assert found.low < norm.cdf(1 / sqrt(2)) < found.high
    assert found.high - found.low == pytest.approx(4 * 0.0048, rel=0.2)  # Hanley and McNeil's standard error


def test_questions_are_drawn_whole() -> None:
    rng = np.random.default_rng(5)
    scores, right = rng.random(60), rng.random(60) < 0.5
    once = auc_interval(scores, right)
    copied = auc_interval(np.repeat(scores, 8), np.repeat(right, 8), [str(n // 8) for n in range(480)])
    naive = auc_interval(np.repeat(scores, 8), np.repeat(right, 8))
    assert copied.high - copied.low == pytest.approx(once.high - once.low, rel=0.1)
    assert naive.high - naive.low < 0.5 * (once.high - once.low)


@pytest.mark.parametrize("right", [[True] * 5, [False] * 5])
def test_only_right_or_only_wrong_has_no_area_and_says_so(right: list[bool]) -> None:
    found = auc_interval([0.1, 0.2, 0.3, 0.4, 0.5], right)
    assert isnan(found.estimate) and "nothing to tell apart" in found.note


def test_the_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    assert calibration_error([0.2] * 10 + [0.8] * 10, [1] * 2 + [0] * 8 + [1] * 8 + [0] * 2) == pytest.approx(0)
    assert calibration_error([0.9] * 30 + [0.3] * 10, [1] * 15 + [0] * 15 + [1] * 3 + [0] * 7) == pytest.approx(
        0.75 * 0.4
    )


@pytest.mark.parametrize("shape", [(8, 2), (5, 2), (2, 1), (1, 1), (0.5, 0.5)])
def test_a_perfectly_calibrated_model_at_100_answers_shows_06_to_10(shape: tuple[float, float]) -> None:
    typical = np.median(simulate_chance_errors(true_ones(100, shape)[0]))
    assert 0.06 < typical < 0.105


def test_the_null_band_holds_a_perfect_model_95_times_in_100_and_shrinks_with_answers() -> None:
    inside = 0
    for seed in range(300):
        said, right = true_ones(120, seed=seed)
        low, high = np.percentile(simulate_chance_errors(said, rounds=400, seed=seed), [2.5, 97.5])
        inside += low <= calibration_error(said, right) <= high
    assert 0.91 < inside / 300 < 0.985
    said = true_ones(4000)[0]
    assert np.percentile(simulate_chance_errors(said, rounds=200), 97.5) < 0.03


def test_an_overconfident_model_falls_out_of_the_null_band() -> None:
    said, right = true_ones(200)
    assert calibration_error(said**0.25, right) > np.percentile(simulate_chance_errors(said**0.25), 97.5)


def test_bins_hold_every_answer_once_with_wilsons_interval() -> None:
    said, right = true_ones(500, (2, 2))
    bins = reliability_bins(said, right)
    assert sum(each.right.n for each in bins) == 500
    assert all(each.low <= each.said <= each.high for each in bins)
    assert all(each.right.low <= each.right.estimate <= each.right.high for each in bins)
    assert all(each.chance[0] <= each.said <= each.chance[1] for each in bins)


def test_a_bins_chance_is_the_binomial_one() -> None:
    [only] = reliability_bins([0.3] * 50, [True] * 15 + [False] * 35)
    assert only.chance == pytest.approx((0.18, 0.44), abs=0.021)  # binomial quantiles 9 and 22 of 50


@settings(max_examples=40, deadline=None)
@given(GRADED)
def test_any_answers_have_bins_and_an_error(graded: list[tuple[float, bool]]) -> None:
    said, right = zip(*graded, strict=True)
    assert sum(each.right.n for each in reliability_bins(said, right)) == len(said)
    assert 0 <= calibration_error(said, right) <= 1
    assert np.all((simulate_chance_errors(said, rounds=20) >= 0) & (simulate_chance_errors(said, rounds=20) <= 1))

"""Calibrating recovers what is true, rises, stays in bounds, and never tests on what it was fitted on."""

from collections.abc import Callable
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.calibration import sigmoid
from components.core.explained import Explained
from components.stats.calibration_fit import (
    FOLD_COUNT,
    MIN_ISOTONIC_ANSWERS,
    MIN_QUESTIONS,
    CalibrationCurve,
    cross_fitted_probabilities,
    evaluate_calibration,
    fit_calibration,
    fit_curve,
    fit_isotonic,
    fit_temperature,
    fold_numbers,
    log_odds,
)
from components.stats.interval import Numbers
from components.stats.reliability_bins import Flags

SCORES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=60)
GRID = np.linspace(0, 1, 41)


def answers(n: int, slope: float = 1.0, shift: float = 0.0, seed: int = 0) -> tuple[Numbers, Flags]:
    """Scores, and answers right with the chance that slope and shift give."""
    rng = np.random.default_rng(seed)
    scores = rng.beta(4, 2, n)
    return scores, rng.random(n) < 1 / (1 + np.exp(-(slope * log_odds(scores) + shift)))


def test_a_perfectly_calibrated_score_is_left_as_it_is() -> None:
    made = fit_temperature(*answers(20_000))
    assert made.slope == pytest.approx(1, abs=0.05) and made.shift == pytest.approx(0, abs=0.05)
    assert fit_isotonic(*answers(40_000)).probabilities(np.linspace(0.2, 0.95, 9)) == pytest.approx(
        np.linspace(0.2, 0.95, 9), abs=0.05
    )


@pytest.mark.parametrize(("slope", "shift"), [(0.4, 0.0), (2.5, 0.0), (0.7, -1.5), (0.0, -0.8)])
def test_a_known_temperature_and_shift_are_found(slope: float, shift: float) -> None:
    made = fit_temperature(*answers(20_000, slope, shift))
    assert made.slope == pytest.approx(slope, abs=0.07) and made.shift == pytest.approx(shift, abs=0.07)


def test_the_likelihood_is_at_its_top() -> None:
    scores, right = answers(300, 0.7, -0.5)
    made = fit_temperature(scores, right)
    good, bad = right.sum(), (~right).sum()
    gap = made.probabilities(scores) - np.where(right, (good + 1) / (good + 2), 1 / (bad + 2))
    assert gap.sum() == pytest.approx(0, abs=0.02) and gap @ log_odds(scores) == pytest.approx(0, abs=0.02)


def test_answers_that_happen_to_fall_apart_make_no_step() -> None:
    made = fit_temperature([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [0, 0, 0, 1, 1, 1])
    assert np.all((made.probabilities([0.1, 0.9]) > 0.02) & (made.probabilities([0.1, 0.9]) < 0.98))


def test_a_score_that_points_the_wrong_way_gets_the_overall_share() -> None:
    scores, right = answers(2000, 1.0)
    made = fit_temperature(1 - scores, right)
    assert made.slope == 0
    assert sigmoid(made.shift) == pytest.approx(right.mean(), abs=0.01)


def test_isotonic_pools_neighbours_that_fall() -> None:
    made = fit_isotonic([0.1, 0.2, 0.3, 0.4, 0.5], [0, 1, 0, 1, 1])
    assert made.points == ((0.1, 1 / 3), (0.2, 0.5), (0.3, 0.5), (0.4, 0.75), (0.5, 0.75))
    assert made.probabilities([0.25, 0.35, 0.9]) == pytest.approx([0.5, 0.625, 0.75])


def test_equal_scores_are_one_point() -> None:
    assert fit_isotonic([0.4, 0.4, 0.4, 0.4, 0.9], [1, 0, 0, 0, 1]).points == ((0.4, 0.25), (0.9, 2 / 3))


@settings(max_examples=80, deadline=None)
@given(SCORES, st.sampled_from([fit_temperature, fit_isotonic]))
def test_any_curve_rises_and_stays_in_bounds(
    graded: list[tuple[float, bool]], method: Callable[..., CalibrationCurve]
) -> None:
    heights = method(*zip(*graded, strict=True)).probabilities(GRID)
    assert np.all(np.diff(heights) >= -1e-12)
    assert heights.min() > 0 and heights.max() < 1


@settings(max_examples=40, deadline=None)
@given(SCORES)
def test_isotonic_fits_no_worse_than_one_number_for_all_but_for_its_doubt_at_the_ends(
    graded: list[tuple[float, bool]],
) -> None:
    scores, right = (np.array(column, dtype=float) for column in zip(*graded, strict=True))
    made = fit_isotonic(scores, right)
    assert ((made.probabilities(scores) - right) ** 2).sum() <= ((right.mean() - right) ** 2).sum() + 0.25


@pytest.mark.parametrize(("answers_right", "chance"), [(1, 2 / 3), (8, 0.9), (98, 0.99)])
def test_a_few_answers_that_were_all_right_are_no_certainty(answers_right: int, chance: float) -> None:
    right = [False, True] + [True] * answers_right + [False] * 0
    scores = [0.2, 0.1] + [0.9] * answers_right
    assert fit_isotonic(scores, right).probabilities([0.9])[0] == pytest.approx(chance)
    wrong = fit_isotonic([1 - score for score in scores], [not one for one in right])
    assert wrong.probabilities([0.1])[0] == pytest.approx(1 - chance)


def test_the_number_of_answers_chooses_the_method() -> None:
    scores, right = answers(MIN_ISOTONIC_ANSWERS)
    assert (
        fit_curve(scores, right, MIN_ISOTONIC_ANSWERS).points
        and not fit_curve(scores, right, MIN_ISOTONIC_ANSWERS - 1).points
    )


@given(st.lists(st.text(max_size=3), min_size=2, max_size=40))
def test_a_question_is_in_one_part_and_the_parts_are_even(items: list[str]) -> None:
    folds = fold_numbers(items)
    assert len({(item, fold) for item, fold in zip(items, folds.tolist(), strict=True)}) == len(set(items))
    counts = np.bincount([fold_numbers(items)[items.index(item)] for item in set(items)])
    assert counts.max() - counts.min() <= 1 and len(counts) <= FOLD_COUNT


def test_the_parts_change_with_the_seed_and_not_with_the_order() -> None:
    items = [f"q{n}" for n in range(40)]
    assert np.array_equal(fold_numbers(items)[::-1], fold_numbers(items[::-1]))
    assert not np.array_equal(fold_numbers(items), fold_numbers(items, seed=1))


def test_calibrating_brings_an_overconfident_model_into_its_null_band() -> None:
    scores, right = answers(800, 0.6, -2.0)
    made = fit_calibration(scores, right, [str(n) for n in range(800)])
    assert made.fitted == made.before.n == made.after.n == 800
    assert made.before.ece > made.before.chance[1]
    assert made.after.ece <= made.after.chance[1]
    assert made.after.brier < made.before.brier
    assert made.after.auc == made.before.auc


def test_no_answer_is_told_by_a_fit_that_saw_an_answer_to_its_question() -> None:
    scores, right = answers(60, 0.6, -1.0)
    items = [f"q{n // 2}" for n in range(60)]
    said = cross_fitted_probabilities(scores, right, items)
    for fold in range(FOLD_COUNT):
        inside = fold_numbers(items) == fold
        other = cross_fitted_probabilities(scores, np.where(inside, ~right, right), items)
        assert np.array_equal(said[inside], other[inside]) and not np.array_equal(said, other)


def test_more_than_a_thousand_answers_are_isotonic() -> None:
    made = fit_calibration(*answers(1600, 0.5, -0.5), [str(n) for n in range(1600)])
    assert made.curve.points and made.after.ece <= made.after.chance[1] + 0.02


@pytest.mark.parametrize("right", [[True] * MIN_QUESTIONS, [False] * MIN_QUESTIONS, [True, False]])
def test_too_few_answers_are_explained(right: list[bool]) -> None:
    with pytest.raises(Explained, match="not enough to calibrate"):
        fit_calibration([0.5] * len(right), right, [str(n) for n in range(len(right))])


def test_what_is_found_without_a_wrong_answer_has_an_area_of_one_half_from_0_to_1() -> None:
    made = evaluate_calibration([0.2, 0.205, 0.9], [True, True, True])
    assert (made.auc, made.auc_interval) == (0.5, (0, 1)) and not made.discriminates
    assert made.counts == ((20, 2, 2), (90, 1, 1))


def test_odds_are_those_of_the_score() -> None:
    assert log_odds([0.8]) == pytest.approx([log(4)])
    assert np.all(np.isfinite(log_odds([0.0, 1.0])))

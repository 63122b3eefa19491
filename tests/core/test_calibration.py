"""Facts about calibrations: they rise, stay in bounds, survive being kept, and say what a mark means."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.calibration import (
    Calibration,
    interpolate_points,
    logit,
    reaches_cutoff,
    share_interval,
    sigmoid,
    to_percent,
)
from components.core.card import Card
from tests.core.calibrated import CARD, CHANCES, calibration, calibrations

NEWER_FIELDS = {"cross_fitted", "longest_question", "longest_answer", "only_questions"}


@given(calibrations(), CHANCES, CHANCES)
def test_a_higher_score_is_never_less_likely_right(made: Calibration, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= made.probability(low) <= made.probability(high) + 1e-12 <= 1 + 1e-9


@given(calibrations())
def test_it_is_the_same_after_json(made: Calibration) -> None:
    again = Calibration.from_json(json.loads(json.dumps(made.to_json())))
    assert again == made and hash(again) == hash(made)


def test_without_slope_and_shift_the_score_is_the_probability() -> None:
    assert calibration().method == "temperature"
    assert calibration().probability(0.3) == pytest.approx(0.3)


def test_the_slope_is_one_over_the_temperature_in_log_odds() -> None:
    made = calibration(slope=0.5, shift=-1.0)
    assert math.log(made.probability(0.8) / (1 - made.probability(0.8))) == pytest.approx(0.5 * math.log(4) - 1)


def test_isotonic_points_are_joined_by_lines_and_level_outside() -> None:
    made = calibration(points=((0.2, 0.1), (0.6, 0.5), (0.8, 0.9)))
    assert made.method == "isotonic"
    assert [made.probability(score) for score in (0, 0.2, 0.4, 0.7, 0.8, 1)] == pytest.approx(
        [0.1, 0.1, 0.3, 0.7, 0.9, 0.9]
    )
    assert interpolate_points(0.5, ((0.3, 0.7),)) == 0.7


@given(st.floats(0.01, 0.99))
def test_log_odds_and_back(score: float) -> None:
    assert sigmoid(logit(score)) == pytest.approx(score)


@given(st.floats(-1e6, 1e6))
def test_any_odds_are_a_probability(odds: float) -> None:
    assert 0 <= sigmoid(odds) <= 1


@pytest.mark.parametrize("hundredths", range(101))
def test_a_cut_off_is_reached_at_just_its_percent(hundredths: int) -> None:
    assert to_percent(hundredths / 100) == hundredths
    assert reaches_cutoff(hundredths, hundredths / 100)
    assert not reaches_cutoff(hundredths - 1, hundredths / 100)


def test_what_a_mark_means_is_counted_on_the_test_answers() -> None:
    made = calibration()
    assert made.found.n == 60 and made.found.right_count == 38
    assert made.found.counts_between(0.75, math.inf) == (25, 30)
    assert made.meaning("high", 0.75, math.inf) == "25 of 30 answers marked high were right: 66 to 93 %."
    assert made.meaning("low", 0.0, 0.55) == "2 of 10 answers marked low were right: 6 to 51 %."
    assert "None of the 60 test answers was marked medium" in made.meaning("medium", 0.6, 0.75)


def test_the_basis_names_the_model_and_the_questions_and_a_score_that_tells_nothing() -> None:
    assert calibration().basis == "Measured on Tiny with short factual questions, at temperature 0."
    guess = calibration(auc=0.55, auc_interval=(0.44, 0.66))
    assert "not shown to tell right answers from wrong ones (AUC 0.55)" in guess.basis


def test_the_interval_is_wilsons() -> None:
    assert share_interval(9, 13) == pytest.approx((0.4237, 0.8732), abs=1e-4)
    assert share_interval(0, 20) == pytest.approx((0, 0.1611), abs=1e-4)
    assert share_interval(20, 20) == pytest.approx((0.8389, 1), abs=1e-4)


@pytest.mark.parametrize(
    ("question", "tokens", "other"),
    [
        ("What is the capital of Peru?", 8, False), ("What is the capital of Peru?", 41, True),
        ("Write about photosynthesis.", 8, True), ("What is it? " * 9, 8, True), ("Peru capital", 8, True),
    ],
)  # fmt: skip
def test_a_longer_question_or_answer_or_none_at_all_is_another_kind(question: str, tokens: int, other: bool) -> None:
    made = calibration(longest_question=12, longest_answer=40, only_questions=True)
    assert bool(made.kind_remark(question, tokens)) is other
    assert calibration().kind_remark(question, tokens) == ""


def test_a_calibration_kept_before_there_were_kinds_still_opens() -> None:
    old = {name: value for name, value in calibration().to_json().items() if name not in NEWER_FIELDS}
    assert len(old) == len(calibration().to_json()) - len(NEWER_FIELDS) and Calibration.from_json(old) == calibration()


def test_it_is_for_one_kind_of_score_and_one_model() -> None:
    assert calibration().suits("mean probability") and not calibration().suits("mean probability", 12)
    assert not calibration().suits("lowest span")
    assert calibration().made_for(CARD)
    assert not calibration().made_for(Card("Tiny", "bundled", "rev-2"))


@pytest.mark.parametrize(
    "changed",
    [
        {"slope": -0.1}, {"slope": math.nan}, {"shift": math.inf}, {"points": ((0.1, 0.5), (0.2, 0.4))},
        {"points": ((0.1, 0.5), (0.1, 0.6))}, {"points": ((0.1, 1.5),)}, {"counts": ((50, 3, 4),)},
        {"counts": ((101, 3, 1),)}, {"counts": ((50, 3, 1), (50, 2, 1))},
    ],
)  # fmt: skip
def test_what_falls_or_leaves_its_bounds_is_no_calibration(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"calibration rises|counts are"):
        calibration(**changed)

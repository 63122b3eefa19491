"""Power by playing a study out: near what theory says, and honest where there is nothing to find."""

from dataclasses import replace
from math import sqrt

import pytest
from scipy import stats

from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.power_simulation import (
    DRAWN_STUDIES,
    RatingSpread,
    people_wanted,
    plan_step,
    primary_claim_count,
    study_power,
)
from tests.study.made_study import ARMS, made_study

TWO_ARMS = replace(made_study(), arms=made_study().arms[:2])
SPREAD = RatingSpread(question=0.0)


def test_paired_power_is_that_of_student_s_t() -> None:
    spread = sqrt(2 * SPREAD.liking**2 + 2 * SPREAD.rest**2 / TWO_ARMS.trials)
    for people in (12, 24, 48):
        level, off = PAGE_ERROR_SHARE / 3, 8 / spread * sqrt(people)
        limit = stats.t.ppf(1 - level / 2, people - 1)
        theory = 1 - stats.nct.cdf(limit, people - 1, off) + stats.nct.cdf(-limit, people - 1, off)
        assert study_power(TWO_ARMS, people, 8, SPREAD).power == pytest.approx(theory, abs=0.06)


@pytest.mark.parametrize("design", ["within", "between", "side"])
def test_without_a_difference_one_is_shown_no_more_often_than_the_level(design: str) -> None:
    study = made_study(design=design)
    found = study_power(study, 30, 0.0, RatingSpread())
    level = PAGE_ERROR_SHARE / 9
    assert found.power <= level + 4 * sqrt(level / DRAWN_STUDIES)


def test_more_people_and_larger_effects_are_shown_more_often() -> None:
    study = made_study()
    powers = [study_power(study, people, 8, RatingSpread()).power for people in (12, 36, 72)]
    assert powers == sorted(powers) and study_power(study, 36, 16, RatingSpread()).power > powers[1]


def test_the_fewest_people_come_in_whole_squares() -> None:
    study = made_study()
    found = people_wanted(study, 10, RatingSpread())
    assert plan_step(study) == 6 and found is not None
    assert found.people % 6 == 0 and found.power >= 0.8
    assert study_power(study, found.people - 6, 10, RatingSpread()).power < 0.8


def test_where_nobody_would_ever_see_it_no_number_is_made_up() -> None:
    assert people_wanted(made_study(design="between"), 0.5, RatingSpread()) is None


def test_the_level_is_shared_by_all_that_the_study_will_claim() -> None:
    assert primary_claim_count(made_study()) == 9  # three pairs; speed, trust, and trust calibration
    assert primary_claim_count(made_study(wrong_share=0.0)) == 6
    assert primary_claim_count(made_study(battery=("trust",), arms=ARMS[:2])) == 1

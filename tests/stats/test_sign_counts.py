"""Counting people: what it says from the first one on, and how seldom it is wrong."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.stats.error_budget import ERROR_PARTS, PAGE_ERROR_SHARE, interval_alpha, signs_threshold
from components.stats.sign_counts import SignCount, count_signs, lead_e_value


def test_the_parts_of_the_budget_add_up_to_5_percent() -> None:
    assert sum(part.total for part in ERROR_PARTS.values()) == pytest.approx(PAGE_ERROR_SHARE)


@pytest.mark.parametrize("item", ERROR_PARTS)
def test_more_claims_share_a_part(item: str) -> None:
    assert interval_alpha(item, 3) == ERROR_PARTS[item].interval / 3
    assert signs_threshold(item, 6) == pytest.approx(6 / ERROR_PARTS[item].signs)
    assert interval_alpha(item, 0) == ERROR_PARTS[item].interval and signs_threshold(item, 0) == signs_threshold(
        item, 1
    )


@pytest.mark.parametrize(("item", "enough"), [("faster", 8), ("ship", 8), ("felt_first", 9), ("felt_complete", 9)])
def test_so_many_people_who_all_say_the_same_settle_a_question_about_two_prototypes(item: str, enough: int) -> None:
    assert lead_e_value(enough - 1, 0) < signs_threshold(item, 2) <= lead_e_value(enough, 0)


def test_the_e_value_is_that_of_its_two_bets() -> None:
    uniform = 2 * 2**8 * (1 - 2**-9) / 9  # the integral of (2 q)^8 over 1/2 to 1, of a density of 2
    assert lead_e_value(8, 0) == pytest.approx(0.6 * 2**8 + 0.4 * uniform)
    assert lead_e_value(0, 0) == pytest.approx(1.0)
    assert lead_e_value(5000, 10) == pytest.approx(exp(700.0))


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_bet_is_fair_where_as_many_like_one_as_the_other(count: int, other: int) -> None:
    after = (lead_e_value(count + 1, other) + lead_e_value(count, other + 1)) / 2
    assert after == pytest.approx(lead_e_value(count, other), rel=1e-6)


@given(st.integers(0, 80), st.integers(0, 80))
def test_one_more_on_this_side_never_speaks_against_it(count: int, other: int) -> None:
    assert lead_e_value(count + 1, other) >= lead_e_value(count, other + 1)


def test_looking_after_every_person_is_wrong_at_most_as_often_as_the_budget_says() -> None:
    steps = np.random.default_rng(4).integers(0, 2, (4000, 100)).cumsum(axis=1)
    threshold = 20.0
    table = {(k, n): lead_e_value(k, n - k) >= threshold for n in range(1, 101) for k in range(n + 1)}
    assert np.mean([any(table[int(k), n + 1] for n, k in enumerate(row)) for row in steps]) <= 0.05


def test_people_are_counted_by_where_they_lean() -> None:
    found = count_signs([1.0, 2.0, -0.5, 0.0, float("nan")])
    assert found == SignCount(2, 1, 1) and found.n == 4 and found.flip() == SignCount(1, 2, 1)


def test_who_leans_to_neither_side_speaks_against_both() -> None:
    assert SignCount(9, 0, 0).evidence > 100 > SignCount(9, 0, 9).evidence

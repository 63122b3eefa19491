"""Intervals against published values and by simulation; degenerate data gives words, never a crash."""

from collections.abc import Callable, Sequence
from math import isnan, nan

import numpy as np
import pytest

from components.stats import interval
from components.stats.interval import Interval
from tests.stats.published import SLEEP


def test_students_sleep_data_give_the_published_interval() -> None:
    found = interval.mean_interval(SLEEP[0] - SLEEP[1])
    assert (found.estimate, found.low, found.high) == pytest.approx((-1.58, -2.4599, -0.7001), abs=1e-4)
    assert found.excludes_zero and found.n == 10


@pytest.mark.parametrize(
    ("values", "n", "said"),
    [([], 0, "nobody"), ([3.0], 1, "one person"), ([2.0] * 5, 5, "the same"), ([nan, nan], 0, "nobody")],
)
@pytest.mark.parametrize("kind", [interval.mean_interval, interval.confidence_sequence, interval.ratio_interval])
def test_degenerate_data_have_no_interval_and_say_why(
    kind: Callable[[Sequence[float]], Interval], values: list[float], n: int, said: str
) -> None:
    found = kind(values)
    assert found.n == n and said in found.note
    assert isnan(found.low) and isnan(found.high) and not found.excludes_zero


def test_two_people_have_an_interval_and_nothing_to_say_about_it() -> None:
    assert interval.mean_interval([1.0, 2.0]).low < 1 and interval.mean_interval([1.0, 2.0]).note == ""


def test_a_felt_ratio_is_the_geometric_mean() -> None:
    assert interval.ratio_interval(np.log([0.5, 2.0, 1.0])).estimate == pytest.approx(1.0)


def test_the_live_interval_says_nothing_before_20_people() -> None:
    rng = np.random.default_rng(0)
    early, enough = (
        interval.confidence_sequence(rng.normal(5, 1, 19)),
        interval.confidence_sequence(rng.normal(5, 1, 20)),
    )
    assert isnan(early.low) and early.note == "an interval needs 20 people" and not early.excludes_zero
    assert enough.excludes_zero


def test_the_live_interval_is_wider_than_the_fixed_one_and_narrowest_in_scale_near_60_people() -> None:
    values = np.random.default_rng(1).normal(0, 1, 60)
    fixed, live = interval.mean_interval(values), interval.confidence_sequence(values)
    assert 1.2 < (live.high - live.low) / (fixed.high - fixed.low) < 1.7
    penalty = [interval.sequence_width(n, 0.05) * np.sqrt(n) for n in range(20, 300)]
    assert 50 <= 20 + int(np.argmin(penalty)) <= 70


def test_looking_after_every_person_gives_at_most_5_percent_false_alarms() -> None:
    rng = np.random.default_rng(2)
    n = np.arange(1, 201)
    values = rng.normal(0, 1, (2000, 200))
    means = values.cumsum(axis=1) / n
    spread = np.sqrt((values**2).cumsum(axis=1) / n - means**2)
    widths = np.array([interval.sequence_width(int(k), 0.05) for k in n])
    alarms = (np.abs(means) > spread * widths)[:, 19:].any(axis=1).mean()
    naive = (np.abs(means) > 1.96 * spread / np.sqrt(n))[:, 19:].any(axis=1).mean()
    assert alarms <= 0.05 < naive


def test_the_other_side_of_a_difference_has_the_same_size() -> None:
    found = interval.mean_interval([1.0, 2.0, 4.0])
    assert found.flip().high == -found.low and found.flip().smallest_excluded == found.smallest_excluded


def test_the_live_interval_reaches_as_many_deviations_as_its_width_says() -> None:
    values = np.random.default_rng(4).normal(5, 2, 40)
    found = interval.confidence_sequence(values, 0.01)
    assert found.estimate == pytest.approx(values.mean()) and found.n == 40
    assert found.high - found.estimate == pytest.approx(values.std() * interval.sequence_width(40, 0.01))
    assert found.estimate - found.low == pytest.approx(found.high - found.estimate)


def test_a_smaller_part_of_the_5_percent_makes_a_wider_interval() -> None:
    widths = [interval.sequence_width(60, 0.05 / parts) for parts in (1, 2, 6)]
    assert widths == sorted(widths) and widths[0] < widths[2]


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(0.0, 1.0, False), (-1.0, 0.0, False), (0.1, 1, True), (-2, -1, True)]
)
def test_a_difference_is_shown_where_zero_lies_outside(low: float, high: float, shown: bool) -> None:
    found = interval.Interval((low + high) / 2, low, high, 30)
    assert found.excludes_zero is shown and found.smallest_excluded == max(-low, high)


@pytest.mark.parametrize(("n", "alpha", "expected"), [(60, 0.05, 0.391844), (20, 0.05, 0.708476), (60, 0.01, 0.461095)])
def test_the_width_is_the_one_of_the_published_formula(n: int, alpha: float, expected: float) -> None:
    assert interval.sequence_width(n, alpha) == pytest.approx(expected, abs=1e-5)


def test_without_an_interval_the_mean_is_still_told() -> None:
    assert (
        interval.mean_interval([3.0]).estimate == 3.0
        and interval.mean_interval([3.0]).note == "one person: no interval"
    )
    assert interval.confidence_sequence([2.0] * 5).flip().note == "everybody gave the same: no interval"


def test_differences_that_are_the_same_but_for_the_last_digit_have_no_interval() -> None:
    same = [0.3 - 0.1, 0.8 - 0.6, 1.2 - 1.0] * 8
    assert len(set(same)) > 1
    assert "the same" in interval.confidence_sequence(same).note and isnan(interval.mean_interval(same).low)


def test_people_drawn_again_need_wider_percentiles_where_they_are_few() -> None:
    low, high = interval.resampled_percentiles(12)
    assert (low, high) == pytest.approx((1.076, 98.924), abs=1e-2)
    assert interval.resampled_percentiles(10_000) == pytest.approx((2.5, 97.5), abs=0.01)

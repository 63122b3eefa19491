"""Sweeps: up to which level something holds, how seconds are felt, and what a second is worth."""

from math import inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.stats.end_preference import end_preferences, preferred_arm
from components.stats.sweep_curves import (
    equality_point,
    fall_steadily,
    falling_crossing,
    felt_exponent,
    percentile_of,
    sweep_crossing,
)

LEVELS = np.array([0.0, 0.25, 0.5, 0.75])


@pytest.mark.parametrize(
    ("means", "line", "level"),
    [([80, 60, 40, 20], 50, 0.375), ([80, 60, 40, 20], 10, inf), ([40, 30, 20, 10], 50, -inf),
     ([80, 60, 60, 20], 60, 0.5), ([60, 80, 40, 20], 55, 0.3750)],
)  # fmt: skip
def test_the_level_at_which_a_line_is_crossed_is_between_the_means(
    means: list[float], line: float, level: float
) -> None:
    assert falling_crossing(LEVELS, np.array(means, float), line) == pytest.approx(level)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=8))
def test_means_made_to_fall_fall_and_keep_their_sum(means: list[float]) -> None:
    fallen = fall_steadily(np.array(means), np.ones(len(means)))
    assert (np.diff(fallen) <= 1e-9).all() and fallen.sum() == pytest.approx(sum(means), abs=1e-6)
    assert fall_steadily(fallen, np.ones(len(means))) == pytest.approx(fallen)


def swept(people: int, seed: int, slope: float = 60.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    person, place = (index.ravel() for index in np.indices((people, 4)))
    rated = 80 - slope * LEVELS[place] + rng.normal(0, 10, people)[person] + rng.normal(0, 8, len(person))
    return pd.DataFrame({"participant": person.astype(str), "level": LEVELS[place], "measured": rated})


def test_trusted_up_to_a_level_has_an_interval_around_the_truth() -> None:
    found = sweep_crossing(swept(60, 3), "trust", 50)
    assert found.crossing.low < 0.5 < found.crossing.high and found.crossing.high - found.crossing.low < 0.25
    assert found.levels == (0, 0.25, 0.5, 0.75) and found.means[0].estimate == pytest.approx(80, abs=4)


def test_a_line_that_is_never_crossed_is_beyond_the_sweep() -> None:
    found = sweep_crossing(swept(30, 2, slope=0), "trust", 50).crossing
    assert (found.estimate, found.low, found.high) == (inf, inf, inf)


def test_few_people_get_no_interval_and_hear_why() -> None:
    assert "8 people" in sweep_crossing(swept(7, 1), "trust", 50).crossing.note


def test_a_percentile_beside_infinity_stays_a_number() -> None:
    assert (
        percentile_of(np.array([-inf, 1.0, 2.0, inf]), 50) == 2.0 and percentile_of(np.array([1.0, inf]), 97.5) == inf
    )


def test_the_exponent_of_felt_time_is_the_mean_slope_of_people() -> None:
    rng = np.random.default_rng(1)
    clock = np.tile([1.0, 2.0, 4.0, 8.0, 16.0], 30)
    person = np.repeat(np.arange(30), 5)
    slopes = rng.normal(0.9, 0.1, 30)[person]
    rows = pd.DataFrame({"participant": person, "clock": clock, "measured": slopes * np.log(clock) + 0.2})
    found = felt_exponent(rows, "clock")
    assert found.estimate == pytest.approx(slopes[::5].mean()) and found.low < 0.9 < found.high
    assert "16 times" in felt_exponent(rows[rows["clock"] < 16], "clock").note


def test_what_a_second_is_worth_is_where_both_seem_as_fast() -> None:
    rng = np.random.default_rng(2)
    gap = rng.choice([-3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0], 40 * 8)
    person = np.repeat(np.arange(40), 8)
    chosen = rng.normal(0, 1.5, len(gap)) + 1.5 - gap > 0  # seems as fast when it takes 1.5 s more
    found = equality_point(gap.tolist(), chosen.tolist(), person.tolist())
    assert found.low < 1.5 < found.high and found.high - found.low < 1.2
    against = equality_point(gap.tolist(), (gap > 1).tolist(), person.tolist())
    assert "clock" in against.note
    assert "three different gaps" in equality_point([1.0] * 20, [True] * 20, list(range(20))).note


def voters(*counts: int) -> pd.DataFrame:
    chosen = [arm for arm, count in zip("abc", counts, strict=False) for _ in range(count)]
    return pd.DataFrame({"preference": chosen, "strength": 5.0})


def test_a_preference_of_two_is_the_exact_binomial_with_wilson() -> None:
    first, second = end_preferences(voters(15, 5), ["a", "b"])
    assert first.p == pytest.approx(0.04139, abs=1e-5) and first.share.low == pytest.approx(0.5313, abs=1e-4)
    assert preferred_arm((first, second)) is first
    assert preferred_arm(end_preferences(voters(14, 6), ["a", "b"])) is None


def test_a_favourite_has_to_beat_every_other_arm() -> None:
    assert preferred_arm(end_preferences(voters(20, 18, 2), ["a", "b", "c"])) is None
    favourite = preferred_arm(end_preferences(voters(30, 6, 8), ["a", "b", "c"]))
    assert favourite is not None and favourite.arm == "a"
    assert preferred_arm(end_preferences(voters(15, 5), ["a", "b"]), lasting=True) is None
    assert end_preferences(voters(), ["a", "b"]) == () and preferred_arm(()) is None

"""Sweeps played out: the interval is that of the real analysis, and more people make it narrower."""

from dataclasses import replace
from math import inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from components.stats.power_simulation import RatingSpread
from components.stats.sweep_curves import (
    SWEEP_RESAMPLES,
    crossing_ends,
    falling_crossing,
    falling_crossings,
    resample_weights,
    sweep_crossing,
)
from components.stats.sweep_simulation import half_width, sweep_item, sweep_people, sweep_precision
from components.study.study import Study
from tests.study.made_study import made_study

SPREAD = RatingSpread()


def swept(**changes: object) -> Study:
    return made_study(**{"sweep": "errors", "levels": (0.0, 0.25, 0.5), "wanted": 24, **changes})


@given(arrays(np.float64, (5, 4), elements=st.floats(0, 100, width=16)))
def test_many_crossings_at_once_are_those_of_each_by_itself(means: np.ndarray) -> None:
    levels = np.array([0.0, 1.0, 4.0, 8.0])
    each = [falling_crossing(levels, row, 50.5) for row in means]
    assert falling_crossings(levels, means, 50.5) == pytest.approx(each)


@pytest.mark.parametrize("design", ["within", "between"])
def test_a_drawn_sweep_is_analysed_as_the_real_one_is(design: str) -> None:
    rng, levels = np.random.default_rng(3), np.array([0.0, 0.25, 0.5])
    values = 75 - 100 * levels + rng.normal(0, 15, (30, 1)) + rng.normal(0, 10, (30, 3))
    if design == "between":
        values[np.arange(3)[None, :] != (np.arange(30) % 3)[:, None]] = np.nan
    person, place = np.nonzero(np.isfinite(values))
    rows = pd.DataFrame({"participant": person, "level": levels[place], "measured": values[person, place]})
    found = sweep_crossing(rows, "trust", 50.0).crossing
    ends = crossing_ends(levels, values, 50.0, resample_weights(30, SWEEP_RESAMPLES, 0))
    assert ends == pytest.approx((found.low, found.high))


def test_more_people_and_a_steeper_fall_find_the_level_more_exactly() -> None:
    halves = [sweep_precision(swept(), people, 50, 0.1, SPREAD).half for people in (12, 48, 192)]
    assert halves == sorted(halves, reverse=True) and halves[1] / halves[2] == pytest.approx(2, rel=0.2)
    assert sweep_precision(swept(), 48, 30, 0.1, SPREAD).half > halves[1]
    assert sweep_precision(swept(design="between"), 48, 50, 0.1, SPREAD).half > halves[1]


@pytest.mark.parametrize("battery", [("trust",), ("accept",)])
def test_the_fewest_people_find_it_often_enough_and_a_third_of_them_do_not(battery: tuple[str, ...]) -> None:
    study = swept(battery=battery)
    found = sweep_people(study, 50, 0.06, SPREAD)
    assert found is not None and found.share >= 0.8 and found.people % 6 == 0
    assert sweep_precision(study, found.people // 3, 50, 0.06, SPREAD).share < 0.5


def test_too_few_people_and_what_tells_no_level_find_nothing() -> None:
    assert sweep_precision(swept(), 6, 50, 0.1, SPREAD) == replace(
        sweep_precision(swept(battery=("likely",)), 48, 50, 0.1, SPREAD), people=6
    )
    assert sweep_precision(swept(), 6, 50, 0.1, SPREAD).half == inf
    assert sweep_people(swept(), 10, 0.01, SPREAD) is None
    assert half_width((0.1, inf)) == inf and half_width((0.1, 0.3)) == pytest.approx(0.1)


def test_the_answer_that_a_sweep_rests_on_is_the_first_that_its_results_tell() -> None:
    assert sweep_item(swept()) == "trust" and sweep_item(swept(sweep="latency")) == "speed"
    assert sweep_item(swept(battery=("accept",))) == "accept" and sweep_item(swept(battery=("speed",))) == ""

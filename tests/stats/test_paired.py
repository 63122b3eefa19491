"""Paired differences against published values; people, not clicks, are counted."""

from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from components.stats import paired
from components.stats.paired import adjust_by_holm, compare_all_pairs, compare_paired
from components.store import Store
from tests.stats.published import SLEEP
from tests.store.made import PROTOTYPES, crowd

NAMES = {prototype.id: prototype.name for prototype in PROTOTYPES}


def test_students_sleep_data_give_the_published_effect() -> None:
    found = compare_paired(*SLEEP)
    assert found.n == 10 and found.mean == pytest.approx(-1.58)
    assert found.dz == pytest.approx(-1.2846, abs=1e-4)
    assert stats.ttest_rel(*SLEEP).pvalue == pytest.approx(0.002833, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((-2.4599, -0.7001), abs=1e-4)


def test_the_sign_flip_p_is_exact_for_few_people() -> None:
    exact = stats.permutation_test((SLEEP[0] - SLEEP[1],), np.mean, permutation_type="samples")
    assert compare_paired(*SLEEP).p == pytest.approx(exact.pvalue)


def test_the_sign_flip_p_of_many_people_agrees_with_t_and_is_never_zero() -> None:
    gaps = np.random.default_rng(6).normal(0.3, 1, 40)
    assert compare_paired(gaps, np.zeros(40)).p == pytest.approx(stats.ttest_1samp(gaps, 0).pvalue, abs=0.01)
    assert compare_paired(np.linspace(5, 6, 40), np.zeros(40)).p == pytest.approx(1e-4)


def test_sensitivity_by_ranks_agrees_with_scipy_and_hand() -> None:
    found = compare_paired(*SLEEP)
    assert found.p_rank == pytest.approx(stats.wilcoxon(*SLEEP, zero_method="pratt", method="asymptotic").pvalue)
    assert found.median == pytest.approx(-1.3, abs=0.05)
    assert found.wins == pytest.approx(0.05)


def test_swapping_the_two_flips_every_sign() -> None:
    one, other = compare_paired(*SLEEP), compare_paired(*SLEEP[::-1])
    assert (one.mean, one.dz, one.dav, one.median) == pytest.approx((-other.mean, -other.dz, -other.dav, -other.median))
    assert one.wins == pytest.approx(1 - other.wins)


@pytest.mark.parametrize(
    ("first", "second", "n", "said"),
    [
        ([], [], 0, "nobody"),
        ([1.0], [2.0], 1, "one person"),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], 3, "the same"),
        ([5.0, 6.0], [1.0, 2.0], 2, "the same"),
        ([nan, 1.0], [2.0, nan], 0, "nobody"),
    ],
)
def test_degenerate_pairs_have_no_interval_and_say_why(
    first: list[float], second: list[float], n: int, said: str
) -> None:
    found = compare_paired(first, second)
    assert found.n == n and said in found.note
    assert isnan(found.low) and isnan(found.p)


def test_two_people_get_an_answer_without_a_warning() -> None:
    assert compare_paired([1.0, 3.0], [0.0, 0.0]).n == 2
    assert compare_paired([1.0, 1.0, 1.0, 2.0], [0.0] * 4).n == 4


def test_holm_gives_the_published_values() -> None:
    assert adjust_by_holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_counts_a_question_that_had_no_answer() -> None:
    adjusted = adjust_by_holm([0.01, nan])
    assert adjusted[0] == pytest.approx(0.02) and isnan(adjusted[1])
    assert adjust_by_holm([]) == []


def test_of_many_people_the_p_of_flipped_signs_and_the_median_are_what_few_give() -> None:
    gaps = np.random.default_rng(7).normal(0.08, 1, paired.MAX_LISTED_PEOPLE).round(1)
    many = compare_paired(gaps, np.zeros(len(gaps)))
    assert many.p == pytest.approx(stats.ttest_1samp(gaps, 0).pvalue, rel=0.02)
    assert paired.searched_median(np.sort(gaps)) == pytest.approx(many.median)


def test_the_primary_family_is_speed_and_trust_times_every_pair(tmp_path: Path) -> None:
    table = compare_all_pairs(crowd(Store.open(tmp_path), 12).frame(), NAMES)
    primary, rest = table[table["family"].str.startswith("primary")], table[~table["family"].str.startswith("primary")]
    assert primary["item"].tolist() == ["speed"] * 3 + ["trust"] * 3
    assert primary["p_adjusted"].tolist() == pytest.approx(adjust_by_holm(primary["p"].tolist()))
    assert rest["p_adjusted"].tolist() == pytest.approx(stats.false_discovery_control(rest["p"]).tolist())
    assert (table["n"] == 12).all() and len(rest) == 12


def test_felt_times_are_told_as_ratios(tmp_path: Path) -> None:
    table = compare_all_pairs(crowd(Store.open(tmp_path), 40).frame(), NAMES)
    [felt] = table[(table["item"] == "felt_complete") & (table["measure"] == "ratio of felt times")].to_dict("records")[
        :1
    ]
    assert felt["low"] < 1.25 < felt["high"] and 1 < felt["mean"] < 1.7  # made up as exp(0.1) over exp(-0.15)
    [beside] = table[table["measure"] == "ratio of felt / clock"].to_dict("records")[3:4]
    assert beside["item"] == "felt_complete" and beside["mean"] == pytest.approx(felt["mean"])  # the clock is the same


def test_the_family_of_an_empty_frame_says_nobody(tmp_path: Path) -> None:
    table = compare_all_pairs(Store.open(tmp_path).frame(), NAMES)
    assert set(table["note"]) == {"nobody answered yet"} and table["p_adjusted"].isna().all()
    assert compare_all_pairs(Store.open(tmp_path).frame(), {}).empty

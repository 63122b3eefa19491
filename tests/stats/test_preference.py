"""Preference shares against published values and by simulation."""

from collections.abc import Callable
from dataclasses import replace
from math import comb, inf, isnan, log
from pathlib import Path

import numpy as np
import pytest

from components.stats import preference
from components.stats.interval import Interval
from components.store import Store
from components.study.rating import Rating
from tests.store.made import COMPARISON, PROTOTYPES, sighting, started

IDS = [prototype.id for prototype in PROTOTYPES]
NAMES = {prototype.id: prototype.name for prototype in PROTOTYPES}


def votes(folder: Path, *choices: str) -> Store:
    store = started(Store.open(folder))
    for number, choice in enumerate(choices):
        person = f"p{number}"
        store.keep_sightings(sighting(person, 0))
        store.rate(Rating(f"v{number}", f"{COMPARISON}-{person}", person, "ship", choice=choice))
    return store


def test_wilson_gives_the_published_interval() -> None:
    found = preference.wilson_interval(0, 20)
    assert (found.low, found.high) == pytest.approx((0, 0.1611), abs=1e-4)
    assert preference.wilson_interval(20, 20).high == 1.0


def test_nobody_asked_gives_no_share() -> None:
    assert isnan(preference.wilson_interval(0, 0).estimate) and "nobody" in preference.anytime_interval(0, 0).note


def test_no_difference_is_counted(tmp_path: Path) -> None:
    shares = preference.preference_shares(votes(tmp_path, IDS[0], IDS[0], "none", IDS[1]).frame(), IDS)
    assert [share.count for share in shares] == [2, 1, 0, 1]
    assert {share.n for share in shares} == {4}


def test_a_persons_last_choice_counts_once(tmp_path: Path) -> None:
    store = votes(tmp_path, IDS[0])
    store.rate(Rating("later", f"{COMPARISON}-p0", "p0", "ship", choice=IDS[2]))
    assert preference.ship_choices(store.frame()).to_dict() == {"p0": IDS[2]}


def test_the_e_value_is_the_beta_binomial_one() -> None:
    for k, n in [(0, 0), (1, 1), (3, 4), (15, 20)]:
        assert preference.e_value(k, n - k) == pytest.approx(2**n / ((n + 1) * comb(n, k)))
    assert preference.e_value(5000, 0) > 1e300


def test_looking_after_every_vote_gives_at_most_5_percent_false_alarms() -> None:
    votes = np.random.default_rng(4).integers(0, 2, (1000, 120)).cumsum(axis=1)
    table = {(k, n): preference.e_value(k, n - k) >= 20 for n in range(1, 121) for k in range(n + 1)}
    alarms = np.mean([any(table[int(k), n + 1] for n, k in enumerate(row)) for row in votes])
    assert alarms <= 0.05


def test_the_lasting_interval_holds_the_share_and_is_wider_than_wilsons() -> None:
    for count, n in [(0, 7), (3, 9), (21, 36), (36, 36)]:
        once, always = preference.wilson_interval(count, n), preference.anytime_interval(count, n)
        assert always.low <= count / n <= always.high
        assert always.high - always.low > once.high - once.low


def test_evidence_against_an_impossible_share_is_infinite() -> None:
    assert preference.log_e_value(1, 2, 0.0) == inf and preference.log_e_value(0, 2, 0.0) == 0.0


def test_a_favourite_beats_every_other_and_no_difference(tmp_path: Path) -> None:
    assert preference.find_favourite(votes(tmp_path / "a", *[IDS[1]] * 20, IDS[0], IDS[2]).frame(), NAMES) == IDS[1]
    assert preference.find_favourite(votes(tmp_path / "b", *[IDS[1]] * 12, *[IDS[0]] * 10).frame(), NAMES) == ""
    assert preference.find_favourite(votes(tmp_path / "c", *[IDS[1]] * 12, *["none"] * 30).frame(), NAMES) == ""
    assert preference.find_favourite(Store.open(tmp_path / "d").frame(), NAMES) == ""
    assert preference.find_favourite(Store.open(tmp_path / "d").frame(), {}) == ""


def test_a_favourite_over_two_others_needs_twice_the_evidence_of_one_over_one(tmp_path: Path) -> None:
    eight = votes(tmp_path / "a", *[IDS[1]] * 8).frame()  # e = 28.4: over 1 / 0.05, under 2 / 0.05
    nine = votes(tmp_path / "b", *[IDS[1]] * 9).frame()  # e = 51.2
    two = {id: NAMES[id] for id in IDS[:2]}
    assert preference.find_favourite(eight, two) == IDS[1] and preference.find_favourite(eight, NAMES) == ""
    assert preference.find_favourite(nine, NAMES) == IDS[1]


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)]
)
def test_wilson_gives_newcombes_intervals(count: int, n: int, low: float, high: float) -> None:
    found = preference.wilson_interval(count, n)  # Newcombe 1998, table I, method 3
    assert (found.estimate, found.low, found.high) == pytest.approx((count / n, low, high), abs=5e-5)
    assert found.n == n


@pytest.mark.parametrize(("count", "n"), [(3, 9), (21, 36), (1, 40)])
def test_at_both_ends_of_the_lasting_interval_the_e_value_is_20(count: int, n: int) -> None:
    found = preference.anytime_interval(count, n)
    assert found.estimate == count / n and found.n == n
    for end in (found.low, found.high):
        assert preference.log_e_value(count, n, end) == pytest.approx(log(20))


def test_the_lasting_interval_of_all_or_nobody_reaches_to_the_end() -> None:
    nobody, everybody = preference.anytime_interval(0, 7), preference.anytime_interval(7, 7)
    assert (nobody.low, everybody.high) == (0.0, 1.0)
    assert nobody.high == pytest.approx(1 - everybody.low)


@pytest.mark.parametrize(
    ("count", "n", "share", "expected"),
    [(0, 3, 0.0, 0.0), (1, 3, 0.0, inf), (3, 3, 1.0, 0.0), (2, 3, 1.0, inf), (0, 3, 1.0, inf), (3, 3, 0.0, inf)],
)
def test_a_share_of_none_or_all_fits_none_or_all_alone(count: int, n: int, share: float, expected: float) -> None:
    assert preference.log_e_value(count, n, share) == expected


@pytest.mark.parametrize("kind", [preference.wilson_interval, preference.anytime_interval])
def test_an_interval_of_nobody_is_empty_and_says_so(kind: Callable[[int, int], Interval]) -> None:
    found = kind(0, 0)
    assert isnan(found.estimate) and isnan(found.low) and isnan(found.high)
    assert (found.n, found.note) == (0, "nobody answered yet")


def test_no_interval_of_a_share_leaves_0_to_1() -> None:
    for count, n in [(0, 1), (1, 1), (3, 4), (40, 40)]:
        for found in (preference.wilson_interval(count, n), preference.anytime_interval(count, n)):
            assert 0 <= found.low <= count / n <= found.high <= 1


def test_a_share_has_both_intervals(tmp_path: Path) -> None:
    first, *_ = preference.preference_shares(votes(tmp_path, IDS[0], IDS[0], "none").frame(), IDS)
    assert (first.fixed_n, first.anytime) == (preference.wilson_interval(2, 3), preference.anytime_interval(2, 3))


def test_a_favourite_is_liked_more_than_no_difference_and_not_as_much(tmp_path: Path) -> None:
    tie, lead = [*[IDS[1]] * 12, *["none"] * 12], [*[IDS[1]] * 13, *["none"] * 12]
    assert preference.find_favourite(votes(tmp_path / "a", *tie).frame(), NAMES) == ""
    assert preference.find_favourite(votes(tmp_path / "b", *lead).frame(), NAMES) == IDS[1]


def test_other_answers_are_no_choice(tmp_path: Path) -> None:
    store = votes(tmp_path, IDS[0])
    seen = sighting("p0", 0)
    store.rate(Rating("t", seen.play, "p0", "trust", seen.id, 50.0))
    assert preference.ship_choices(store.frame()).to_dict() == {"p0": IDS[0]}


def test_who_chose_in_two_plays_counts_once_with_the_later_choice(tmp_path: Path) -> None:
    store = votes(tmp_path, IDS[0])
    again = replace(sighting("p0", 0), id="again", play="again")
    store.keep_sightings(again)
    store.rate(Rating("later", "again", "p0", "ship", choice=IDS[2]))
    assert preference.ship_choices(store.frame()).to_dict() == {"p0": IDS[2]}

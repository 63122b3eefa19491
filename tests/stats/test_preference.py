"""Preference shares against published values and by simulation."""

from collections.abc import Callable
from dataclasses import replace
from math import inf, isnan, log
from pathlib import Path

import pytest

from components.stats import preference
from components.stats.error_budget import interval_alpha
from components.stats.interval import Interval
from components.store import Store
from components.study.rating import Rating
from tests.store.made import COMPARISON, PROTOTYPES, sighting, started

IDS = [prototype.id for prototype in PROTOTYPES]


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
    assert preference.person_choices(store.frame()).to_dict() == {"p0": IDS[2]}


def test_the_lasting_interval_holds_the_share_and_is_wider_than_wilsons() -> None:
    for count, n in [(0, 7), (3, 9), (21, 36), (36, 36)]:
        once, always = preference.wilson_interval(count, n), preference.anytime_interval(count, n)
        assert always.low <= count / n <= always.high
        assert always.high - always.low > once.high - once.low


def test_evidence_against_an_impossible_share_is_infinite() -> None:
    assert preference.log_e_value(1, 2, 0.0) == inf and preference.log_e_value(0, 2, 0.0) == 0.0


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
    assert (first.fixed_n, first.anytime) == (
        preference.wilson_interval(2, 3),
        preference.anytime_interval(2, 3, interval_alpha("ship", 4)),
    )


def test_other_answers_are_no_choice(tmp_path: Path) -> None:
    store = votes(tmp_path, IDS[0])
    seen = sighting("p0", 0)
    store.rate(Rating("t", seen.play, "p0", "trust", seen.id, 50.0))
    assert preference.person_choices(store.frame()).to_dict() == {"p0": IDS[0]}


def test_who_chose_in_two_plays_counts_once_with_the_later_choice(tmp_path: Path) -> None:
    store = votes(tmp_path, IDS[0])
    again = replace(sighting("p0", 0), id="again", play="again")
    store.keep_sightings(again)
    store.rate(Rating("later", "again", "p0", "ship", choice=IDS[2]))
    assert preference.person_choices(store.frame()).to_dict() == {"p0": IDS[2]}


def favourite(folder: Path, choices: list[str], prototypes: int = 3) -> str:
    best = preference.find_favourite(preference.preference_shares(votes(folder, *choices).frame(), IDS[:prototypes]))
    return best.choice if best else ""


@pytest.mark.parametrize(
    ("choices", "named"),
    [
        ([IDS[1]] * 20 + [IDS[0], IDS[2]], True),
        ([IDS[1]] * 12 + [IDS[0]] * 10, False),
        ([IDS[1]] * 12 + ["none"] * 30, False),
        ([IDS[1]] * 13 + ["none"] * 12, False),
        ([IDS[1]] * 40 + ["none"] * 10, True),
        ([], False),
    ],
)
def test_a_favourite_beats_every_other_and_no_difference_by_more_than_a_count(
    tmp_path: Path, choices: list[str], named: bool
) -> None:
    assert favourite(tmp_path, choices) == (IDS[1] if named else "")


def test_eight_of_eight_are_enough_for_two_prototypes_and_not_for_three(tmp_path: Path) -> None:
    assert favourite(tmp_path / "a", [IDS[1]] * 8, 2) == IDS[1] and favourite(tmp_path / "b", [IDS[1]] * 7, 2) == ""
    assert favourite(tmp_path / "c", [IDS[1]] * 8) == "" and favourite(tmp_path / "d", [IDS[1]] * 9) == IDS[1]


def test_one_prototype_alone_is_no_favourite(tmp_path: Path) -> None:
    assert favourite(tmp_path, [IDS[0]] * 30, 1) == ""


def test_a_choice_with_the_clock_on_the_screen_is_counted_apart(tmp_path: Path) -> None:
    store = votes(tmp_path, IDS[0])
    store.rate(Rating("after", f"{COMPARISON}-p0", "p0", "ship", choice=IDS[2], blind=False))
    assert preference.person_choices(store.frame()).to_dict() == {"p0": IDS[0]}
    assert preference.person_choices(store.frame(), blind=False).to_dict() == {"p0": IDS[2]}

"""One number per person and prototype; what is left out is counted."""

from collections.abc import Iterator
from dataclasses import replace
from math import log
from pathlib import Path

import pandas as pd
import pytest

from components.stats import person_means
from components.store import Store
from components.study.rating import Rating, Sighting
from tests.store.made import COMPARISON, PROTOTYPES, crowd, odd, sighting, started

IDS = [prototype.id for prototype in PROTOTYPES]


def rated(store: Store, *answers: tuple[Sighting, str, float]) -> pd.DataFrame:
    """Ratings of one person's sightings, as (sighting, item, value)."""
    for number, (seen, item, value) in enumerate(answers):
        store.keep_sightings(seen)
        store.rate(Rating(f"{seen.id}-{item}-{number}", seen.play, seen.rater, item, seen.id, value))
    return store.frame()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = started(Store.open(tmp_path))
    yield opened
    opened.close()


def test_the_latest_answer_about_a_sighting_wins(store: Store) -> None:
    seen = sighting("me", 0)
    frame = rated(store, (seen, "trust", 10.0), (seen, "trust", 40.0))
    assert person_means.person_means(frame, "trust", IDS).loc["me", IDS[0]] == 40.0
    assert person_means.count_ratings(frame).corrected == 1


def test_a_person_who_watched_twice_counts_once_with_the_mean(store: Store) -> None:
    again = replace(sighting("me", 0), id="again", play="again")
    frame = rated(store, (sighting("me", 0), "trust", 10.0), (again, "trust", 40.0))
    table = person_means.person_means(frame, "trust", IDS)
    assert len(table) == 1 and table.loc["me", IDS[0]] == 25.0
    assert table[IDS[1]].isna().all()


def test_void_trials_are_left_out_of_timing_and_kept_for_trust(store: Store) -> None:
    seen = replace(sighting("me", 0), hidden=True)
    frame = rated(store, *((seen, item, 5.0) for item in ("felt_first", "speed", "trust")))
    assert (
        person_means.person_means(frame, "felt_first", IDS).empty
        and person_means.person_means(frame, "speed", IDS).empty
    )
    assert person_means.person_means(frame, "trust", IDS).loc["me", IDS[0]] == 5.0
    assert person_means.count_ratings(frame).void == 1


def test_a_felt_time_given_with_the_clock_on_the_screen_is_counted_and_left_out(store: Store) -> None:
    store.keep_sightings(sighting("me", 0))
    seen = sighting("me", 0)
    store.rate(Rating("told", seen.play, "me", "felt_first", seen.id, 5.0, blind=False))
    frame = store.frame()
    assert person_means.person_means(frame, "felt_first", IDS).empty and person_means.count_ratings(frame).told == 1


def test_felt_over_clock_is_a_logarithm_of_what_was_painted(store: Store) -> None:
    frame = rated(store, (sighting("me", 0), "felt_first", 7.21 / 2), (sighting("me", 1), "felt_complete", 0.0))
    assert person_means.felt_ratio(frame, "felt_first", IDS).loc["me", IDS[0]] == pytest.approx(log(0.5))
    assert person_means.felt_ratio(frame, "felt_complete", IDS).loc["me", IDS[1]] == pytest.approx(log(0.1 / 7.21))
    assert person_means.clock_means(frame, "felt_first", IDS).loc["me", IDS[0]] == pytest.approx(7.21)


def test_words_that_never_came_have_no_felt_ratio(store: Store) -> None:
    seen = sighting("me", 0)
    broken = replace(seen, painted=replace(seen.painted, first=None), scheduled=replace(seen.scheduled, first=None))
    assert person_means.felt_ratio(rated(store, (broken, "felt_first", 3.0)), "felt_first", IDS).isna().all(axis=None)


def test_what_was_counted_adds_up(tmp_path: Path) -> None:
    frame = odd(crowd(Store.open(tmp_path), 5)).frame()
    found = person_means.count_ratings(frame)
    assert (found.people, found.trials, found.ratings) == (8, 24, 104)
    assert (found.void, found.live, found.told) == (3, 3, 6)
    assert len(person_means.person_means(frame, "felt_first", IDS)) == 6
    assert frame["comparison"].eq(COMPARISON).all()


def test_an_empty_frame_counts_nobody(tmp_path: Path) -> None:
    empty = Store.open(tmp_path).frame()
    assert person_means.count_ratings(empty).people == 0
    assert (
        person_means.person_means(empty, "trust", IDS).empty and person_means.felt_ratio(empty, "felt_first", IDS).empty
    )

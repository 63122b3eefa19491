"""One number per person and prototype; what is left out is counted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from components.core.prompt import Prompt
from components.stats import person_means
from components.store import Store
from components.study.rating import Rating, Sighting
from tests.store.made import COMPARISON, PROTOTYPES, RECORDING, crowd, odd, sighting, started

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


def test_an_answer_after_a_replay_takes_the_place_of_the_one_before(store: Store) -> None:
    again = replace(sighting("me", 0), id="again", play="again")
    frame = rated(store, (sighting("me", 0), "trust", 10.0), (again, "trust", 40.0))
    table = person_means.person_means(frame, "trust", IDS)
    assert len(table) == 1 and table.loc["me", IDS[0]] == 40.0
    assert table[IDS[1]].isna().all() and person_means.count_ratings(frame).corrected == 1


def test_another_answer_of_the_model_is_another_question_and_both_count_in_the_mean(store: Store) -> None:
    other = replace(RECORDING, prompt=Prompt.from_typed("And by train?"))
    store.keep_recording(other)
    again = replace(sighting("me", 0), id="again", play="again", recording=other.id)
    frame = rated(store, (sighting("me", 0), "trust", 10.0), (again, "trust", 40.0))
    assert person_means.person_means(frame, "trust", IDS).loc["me", IDS[0]] == 25.0
    assert person_means.count_ratings(frame).corrected == 0


def test_with_the_panes_in_another_order_it_is_the_same_question(store: Store) -> None:
    swapped = replace(sighting("me", 0, "swapped"), pane="B")
    frame = rated(store, (sighting("me", 0), "trust", 10.0), (swapped, "trust", 40.0))
    assert person_means.person_means(frame, "trust", IDS).loc["me", IDS[0]] == 40.0


def test_the_same_prototype_in_two_panes_of_a_play_corrects_nothing(store: Store) -> None:
    twin = replace(sighting("me", 0), id="twin", pane="B")
    frame = rated(store, (sighting("me", 0), "trust", 10.0), (twin, "trust", 40.0))
    assert person_means.count_ratings(frame).corrected == 0
    assert person_means.person_means(frame, "trust", IDS).loc["me", IDS[0]] == 25.0


def test_what_is_said_with_the_clock_on_the_screen_replaces_nothing(store: Store) -> None:
    seen = sighting("me", 0)
    rated(store, (seen, "trust", 10.0))
    store.rate(Rating("after", seen.play, "me", "trust", seen.id, 90.0, blind=False))
    frame = store.frame()
    assert person_means.person_means(frame, "trust", IDS).loc["me", IDS[0]] == 10.0
    assert person_means.usable_ratings(frame, "trust", blind=False)["value"].tolist() == [90.0]
    assert (person_means.count_ratings(frame).told, person_means.count_ratings(frame).corrected) == (1, 0)


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


def test_what_was_counted_adds_up(tmp_path: Path) -> None:
    frame = odd(crowd(Store.open(tmp_path), 5)).frame()
    found = person_means.count_ratings(frame)
    assert (found.people, found.trials, found.ratings) == (8, 24, 104)
    assert (found.void, found.live, found.told) == (3, 3, 13)
    assert len(person_means.person_means(frame, "felt_first", IDS)) == 6
    assert frame["comparison"].eq(COMPARISON).all()


def test_an_empty_frame_counts_nobody(tmp_path: Path) -> None:
    empty = Store.open(tmp_path).frame()
    assert person_means.count_ratings(empty).people == 0
    assert person_means.person_means(empty, "trust", IDS).empty

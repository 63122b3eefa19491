"""Two prototypes are compared within the same recorded answer, then by person; felt times as logarithms."""

from collections.abc import Iterator
from dataclasses import replace
from math import log
from pathlib import Path

import pandas as pd
import pytest

from components.core.prompt import Prompt
from components.stats.play_contrasts import felt_to_clock_means, measure_ratings, person_contrasts, play_table
from components.store import Store
from components.study.rating import Moments, Rating, Sighting
from tests.store.made import PROTOTYPES, RECORDING, crowd, sighting, started

IDS = [prototype.id for prototype in PROTOTYPES]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = started(Store.open(tmp_path))
    yield opened
    opened.close()


def rate(store: Store, seen: Sighting, item: str, value: float) -> None:
    store.keep_sightings(seen)
    store.rate(Rating(f"{seen.id}-{item}", seen.play, seen.rater, item, seen.id, value))


def contrast(frame: pd.DataFrame, item: str, measure: str = "value") -> pd.Series:
    return person_contrasts(play_table(measure_ratings(frame, item, measure), IDS), *IDS[:2])


def another_answer(store: Store, number: int) -> str:
    return store.keep_recording(replace(RECORDING, prompt=Prompt.from_typed(f"Question {number}")))


def test_panes_that_do_not_count_leave_no_difference_between_plays_behind(store: Store) -> None:
    """Two answers, one slow and one quick, felt alike in both panes; of each a different pane is void."""
    slow, quick = another_answer(store, 3), another_answer(store, 4)
    for number in range(30):
        for answer, felt, void in ((slow, 9.0, 1), (quick, 2.0, 0)):
            for place in range(2):
                seen = replace(sighting(f"p{number}", place), id=f"{number}-{answer}-{place}", recording=answer)
                rate(store, replace(seen, play=f"{number}-{answer}", hidden=place == void), "felt_first", felt)
    assert contrast(store.frame(), "felt_first", "felt").empty


def test_a_person_with_two_answers_is_one_with_the_mean_of_both_contrasts(store: Store) -> None:
    for number, (first, second) in enumerate(((60.0, 50.0), (90.0, 60.0)), 3):
        answer = another_answer(store, number)
        for place, value in enumerate((first, second)):
            seen = replace(sighting("me", place), id=f"{number}-{place}", play=str(number), recording=answer)
            rate(store, seen, "trust", value)
    assert contrast(store.frame(), "trust").to_dict() == {"me": 20.0}


def test_one_pane_corrected_after_a_replay_is_compared_with_the_other_as_it_stands(store: Store) -> None:
    for place, value in ((0, 60.0), (1, 50.0)):
        rate(store, sighting("me", place), "trust", value)
    rate(store, replace(sighting("me", 0), id="again", play="again"), "trust", 80.0)
    assert contrast(store.frame(), "trust").to_dict() == {"me": 30.0}


def test_who_rated_one_of_two_is_in_no_contrast(store: Store) -> None:
    rate(store, sighting("me", 0), "trust", 60.0)
    assert contrast(store.frame(), "trust").empty


def test_felt_over_clock_is_a_logarithm_of_what_was_painted(store: Store) -> None:
    rate(store, sighting("me", 0), "felt_first", 7.21 / 2)
    rate(store, sighting("me", 1), "felt_complete", 0.0)
    frame = store.frame()
    assert felt_to_clock_means(frame, "felt_first", IDS).loc["me", IDS[0]] == pytest.approx(log(0.5))
    assert felt_to_clock_means(frame, "felt_complete", IDS).loc["me", IDS[1]] == pytest.approx(log(0.25 / 7.21))


@pytest.mark.parametrize(("clock", "counts"), [(0.49, False), (0.5, True)])
def test_a_clock_shorter_than_a_step_gives_no_ratio(store: Store, clock: float, counts: bool) -> None:
    seen = replace(sighting("me", 0), scheduled=Moments(0.1, clock, 7.2), painted=Moments(0.1, clock, 7.2))
    rate(store, seen, "felt_first", 1.0)
    assert len(felt_to_clock_means(store.frame(), "felt_first", IDS)) == counts


def test_words_that_never_came_have_no_ratio(store: Store) -> None:
    seen = sighting("me", 0)
    broken = replace(seen, painted=replace(seen.painted, first=None), scheduled=replace(seen.scheduled, first=None))
    rate(store, broken, "felt_first", 3.0)
    assert felt_to_clock_means(store.frame(), "felt_first", IDS).empty


def test_where_every_pane_counts_a_contrast_is_the_difference_of_both_answers(store: Store) -> None:
    frame = crowd(store, 8).frame()
    plays = play_table(measure_ratings(frame, "trust", "value"), IDS)
    assert len(plays) == 8 and plays.notna().all(axis=None)
    expected = plays[IDS[0]] - plays[IDS[1]]
    assert contrast(frame, "trust").tolist() == pytest.approx(expected.tolist())

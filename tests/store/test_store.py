"""What is kept is on the disk, once, and stays as it was."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers.delivery.streaming import Streaming
from components.store import Store
from components.store.ratings_frame import typed_frame
from components.study.rating import Moments, Rating
from tests.must_have import must_have
from tests.store.made import COMPARISON, PROTOTYPES, RECORDING, count, crowd, sighting, started

ROOT = Path(__file__).parents[2]
NASTY = [
    "'; DROP TABLE ratings; --",
    "<img src=x onerror=alert(1)>",
    "שלום 👩‍👩‍👧 \u202d",
    "x" * 20_000,
    "=1+1",
    "\\ %s ? :a",
]


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    opened = started(Store.open(location))
    opened.keep_sightings(*(sighting("me", place) for place in range(3)))
    yield opened
    opened.close()


def trust(id: str = "r1", value: float = 50.0, **more: Any) -> Rating:
    return Rating(id, f"{COMPARISON}-me", "me", "trust", f"{COMPARISON}-me-0", value, **more)


def test_a_prototype_comes_back_as_it_was(store: Store) -> None:
    assert store.prototype(PROTOTYPES[2].id) == PROTOTYPES[2]
    assert store.prototype("unknown") is None


def test_a_renamed_prototype_is_the_same_one_with_a_new_name(store: Store) -> None:
    id = store.keep_prototype(Prototype("Calm", PROTOTYPES[0].layers))
    assert id == PROTOTYPES[0].id
    assert must_have(store.prototype(id)).name == "Calm"
    assert count(store, "prototypes") == 3


def test_a_recording_comes_back_token_for_token_under_its_own_hash(store: Store) -> None:
    assert store.recording(RECORDING.id) == RECORDING
    assert must_have(store.recording(RECORDING.id)).id == RECORDING.id
    assert store.recording("unknown") is None
    assert [line.id for line in store.search().rows] == [RECORDING.id]


def test_branches_are_found_with_the_prompt_they_began_from(store: Store) -> None:
    chosen = replace(RECORDING, prompt=RECORDING.prompt.with_choice("Which airline?", "Other"))
    other = replace(RECORDING, prompt=Prompt.from_typed("Something else"))
    store.keep_recording(chosen)
    store.keep_recording(other)
    both = {RECORDING.id, chosen.id}
    assert {found.id for found in store.recordings_for(RECORDING.prompt.id)} == both
    assert {found.id for found in store.recordings_for(chosen.prompt.id)} == both
    assert store.recordings_for(other.prompt.id) == (other,)


@pytest.mark.parametrize("typed", NASTY)
def test_any_text_survives(store: Store, typed: str) -> None:
    recording = replace(RECORDING, prompt=replace(RECORDING.prompt, partial=typed))
    store.keep_recording(recording)
    store.name_rater("me", typed)
    store.rate(trust())
    assert store.recording(recording.id) == recording
    assert store.frame()["rater_name"].tolist() == [typed.strip()]


def test_the_same_rating_sent_twice_is_kept_once_and_the_first_one_stays(store: Store) -> None:
    store.rate(trust(value=50.0))
    store.rate(trust(value=90.0))
    store.keep_sightings(replace(sighting("me", 0), hidden=True))
    assert store.frame()["value"].tolist() == [50.0]
    assert not store.frame()["hidden"].any()


def test_a_correction_is_a_new_row_and_the_latest_counts(store: Store) -> None:
    store.rate(trust("r1", 50.0))
    store.rate(trust("r2", 60.0))
    assert count(store, "ratings") == 2
    assert store.ratings_of("me", COMPARISON)["A", "trust"].rating.value == 60.0


def test_saved_answers_come_back_after_a_reload(store: Store, location: str) -> None:
    store.rate(trust(), Rating("s1", f"{COMPARISON}-me", "me", "ship", choice="none", at="2026-01-02T12:00:00+02:00"))
    store.close()
    again = Store.open(location)
    said = again.ratings_of("me", COMPARISON)
    again.close()
    assert set(said) == {("A", "trust"), ("", "ship")}
    assert said["", "ship"].rating.choice == "none"
    assert said["", "ship"].rating.at == "2026-01-02T10:00:00.000+00:00"
    assert said["A", "trust"].recording == RECORDING.id


def test_several_ratings_are_kept_all_or_none(store: Store) -> None:
    with pytest.raises(Explained, match="was not saved"):
        store.rate(trust("r1"), Rating("r2", "p", "me", "trust", "no such sighting", 1.0))
    assert count(store, "ratings") == 0


def test_a_value_that_is_no_number_is_refused_in_words(store: Store) -> None:
    with pytest.raises(Explained, match="not a number"):
        store.rate(trust(value=float("nan")))


@pytest.mark.parametrize("table", ["ratings", "seen", "recordings", "prototypes"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(store: Store, table: str, change: str) -> None:
    store.rate(trust())
    before = count(store, table)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(change.format(table)))
    assert count(store, table) == before


@pytest.mark.slow
def test_eight_threads_rating_at_once_lose_nothing(store: Store) -> None:
    def person(number: int) -> None:
        for turn in range(25):
            store.rate(trust(f"{number}-{turn}", float(turn)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(person, range(8)))
    assert count(store, "ratings") == 200
    assert store.frame()["rating"].nunique() == 200


@pytest.mark.slow
def test_two_processes_share_a_store(store: Store, location: str) -> None:
    code = (
        "import sys; from components.store import Store; from tests.store.test_store import trust\n"
        "store = Store.open(sys.argv[1])\n"
        "for n in range(40): store.rate(trust(f'{sys.argv[2]}-{n}'))"
    )
    other = subprocess.Popen([sys.executable, "-c", code, location, "other"], cwd=ROOT)
    for number in range(40):
        store.rate(trust(f"own-{number}"))
    assert other.wait(60) == 0
    assert count(store, "ratings") == 80


@pytest.mark.slow
def test_a_rating_survives_a_kill_right_after_saved(store: Store, location: str) -> None:
    code = (
        "import sys, time; from components.store import Store; from tests.store.test_store import trust\n"
        "Store.open(sys.argv[1]).rate(trust('killed'))\n"
        "print('saved', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, location], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert must_have(child.stdout).readline() == "saved\n"
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    must_have(child.stdout).close()
    assert store.frame()["rating"].tolist() == ["killed"]


def test_a_commit_reaches_the_disk_before_it_returns(store: Store) -> None:
    with store.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            assert connection.scalar(text("SHOW synchronous_commit")) == "on"
            return
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) == 5000


def unguarded(connection: Connection, table: str) -> str:
    """What keeps the guard of a table quiet."""
    on_server = connection.dialect.name == "postgresql"
    return "SET LOCAL session_replication_role = replica" if on_server else f"DROP TRIGGER {table}_no_update"


@pytest.mark.parametrize("content", ["replace(content, ' may', ' must')", "'half a reco'", "'[]'", "'{}'", "''"])
def test_a_recording_altered_behind_our_back_is_not_shown(store: Store, content: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(unguarded(connection, "recordings")))
        connection.execute(text(f"UPDATE recordings SET content = {content}"))
    with pytest.raises(Explained, match="changed from outside"):
        store.recording(RECORDING.id)


@pytest.mark.parametrize("layers", ["[{", "[1]", "5", '[{"layer": 3}]'])
def test_a_prototype_altered_behind_our_back_is_not_shown(store: Store, layers: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(unguarded(connection, "prototypes")))
        connection.execute(text("UPDATE prototypes SET layers = :layers"), {"layers": layers})
    with pytest.raises(Explained, match=r"changed from outside|no pattern called"):
        store.prototype(PROTOTYPES[0].id)


def test_the_same_prototypes_in_other_panes_are_one_comparison(location: str) -> None:
    store = crowd(Store.open(location), 3, "one way")
    for number in (2, 3):
        panes = [sighting(f"person-{number}", place, "other way") for place in range(3)]
        store.keep_sightings(*(replace(seen, pane="CBA"[place]) for place, seen in enumerate(panes)))
        store.rate(Rating(f"late-{number}", panes[0].play, panes[0].rater, "trust", panes[0].id, 90.0))
    [found] = store.comparisons()
    assert set(found.ids) == {"one way", "other way"} and found.people == 4 and len(found.arms) == 3
    assert len(store.frame(*found.ids)) == len(store.frame()) == len(store.frame("one way")) + 2
    store.close()


def test_other_weather_is_another_comparison(location: str) -> None:
    store = crowd(Store.open(location), 2, "calm")
    seen = replace(sighting("me", 0, "storm"), weather=({"pattern": "Fault"},))
    store.keep_sightings(seen, replace(sighting("me", 1, "storm"), weather=seen.weather))
    store.rate(Rating("r", seen.play, "me", "trust", seen.id, 90.0))
    assert len(store.comparisons()) == 2
    store.close()


def test_what_was_worked_out_holds_until_a_rating_or_a_name_is_new(location: str) -> None:
    store = crowd(Store.open(location), 2)
    marks = [store.ratings_mark(), store.ratings_mark()]
    store.name_rater("person-1", "Ada")
    marks.append(store.ratings_mark())
    store.rate(Rating("new", sighting("person-0", 0).play, "person-0", "ship", choice="none"))
    marks.append(store.ratings_mark())
    assert marks[0] == marks[1] and len(set(marks)) == 3
    store.close()


MOMENT = st.none() | st.floats(0, 30) | st.sampled_from([0.0, 2.0, 2.1, 2.2, 4.0, 4.2])


@given(st.lists(st.tuples(MOMENT, MOMENT, MOMENT, MOMENT, st.booleans()), min_size=1, max_size=20))
def test_columns_are_void_by_the_rule_of_one_sighting(rows: list[tuple[float | None, ...]]) -> None:
    names = ("scheduled_first", "painted_first", "scheduled_complete", "painted_complete", "hidden")
    frame = typed_frame(pd.DataFrame(rows, columns=list(names), dtype=object))
    expected = [
        replace(sighting("me", 0), scheduled=Moments(None, a, c), painted=Moments(None, b, d), hidden=bool(h)).void
        for a, b, c, d, h in rows
    ]
    assert frame["void"].tolist() == expected


def test_comparisons_come_with_most_people_first_and_their_panes_in_order(location: str) -> None:
    store = crowd(crowd(Store.open(location), 2, "few"), 4, "many")
    many, few = store.comparisons()
    assert (many.id, many.people, few.people) == ("many", 4, 2)
    assert [(arm.pane, arm.name) for arm in many.arms] == list(zip("ABC", (p.name for p in PROTOTYPES), strict=True))
    store.close()


def test_one_prototype_in_other_dials_is_another_prototype(store: Store) -> None:
    assert store.keep_prototype(Prototype("Slow", (Streaming(unit="sentence"),))) not in {p.id for p in PROTOTYPES}


def test_a_row_traces_a_rating_to_its_recording_and_prototype(store: Store) -> None:
    store.rate(trust(), Rating("s1", f"{COMPARISON}-me", "me", "ship", choice=PROTOTYPES[1].id))
    seen, ship = store.frame().to_dict("records")
    assert (seen["recording"], seen["prototype"], seen["pane"]) == (RECORDING.id, PROTOTYPES[0].id, "A")
    assert seen["painted_first"] == pytest.approx(7.21) and seen["void"] is False
    assert (ship["prototype_name"], ship["pane"], ship["recording"]) == ("Streaming", "", RECORDING.id)
    assert ship["comparison"] == COMPARISON and ship["painted_first"] != ship["painted_first"]


def test_a_hidden_tab_and_a_late_painting_are_void(store: Store) -> None:
    late = replace(sighting("you", 1), painted=replace(sighting("you", 1).painted, first=0.8))
    store.keep_sightings(late, replace(sighting("you", 0), hidden=True))
    store.rate(trust(), *(replace(trust(f"v{n}"), seen=f"{COMPARISON}-you-{n}", rater="you") for n in (0, 1)))
    assert store.frame()["void"].tolist() == [False, True, True]


def test_an_empty_store_has_a_frame_with_the_same_columns(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "other")
    empty = other.frame()
    other.close()
    store.rate(trust())
    assert empty.empty and empty.dtypes.equals(store.frame().dtypes)


def test_ratings_are_about_the_last_play_of_all_panes(store: Store) -> None:
    again = [
        replace(sighting("me", place), id=f"again-{place}", play="again", at="2026-01-02T11:00:00+00:00")
        for place in range(3)
    ]
    alone = replace(sighting("me", 0), id="alone", play="alone", at="2026-01-02T12:00:00+00:00")
    store.keep_sightings(*again, alone)
    saw = must_have(store.last_play("me", COMPARISON, RECORDING.id))
    assert saw.play == "again" and saw.panes == {"A": "again-0", "B": "again-1", "C": "again-2"}
    assert store.last_play("somebody else", COMPARISON, RECORDING.id) is None
    assert store.last_play("me", COMPARISON, "another answer") is None


def test_a_choice_of_no_difference_names_no_prototype(store: Store) -> None:
    store.rate(Rating("s1", f"{COMPARISON}-me", "me", "ship", choice="none"))
    [ship] = store.frame().to_dict("records")
    assert (ship["choice"], ship["prototype"], ship["prototype_name"]) == ("none", "", "")

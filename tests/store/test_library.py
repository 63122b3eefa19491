"""The recording library: what was recorded is found again by words, model, marks and pack."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.core.text_folding import fold_text
from components.models.written.scripted_model import scripted_events
from components.store import Store, recording_library
from components.store.recording_library import JudgedCounts
from components.store.sqlite_driver import sqlite_driver
from tests.store.made import RECORDING, count, make_old_store


def made(asked: str, said: str, model: str = "small", provider: str = "openai", ends: str = "stop") -> Recording:
    return Recording(Prompt.from_typed(asked), Card(model, provider), scripted_events(said, ends=ends), "2026-01-02")


CAFE = made("Où est le café ?", "Straße 5, “50%_off” next to the İstanbul café.")
TOMATO = made("Is a tomato a fruit?", "Yes, a tomato is a fruit.", "large", "scripted")
LISBON = made("My flight to Lisbon?", "It was cancelled, and a fruit", "large", ends="stopped")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    ticks = iter(f"2026-01-02T03:04:{n:02}+00:00" for n in range(60))
    opened = Store.open(location, clock=lambda: next(ticks))
    opened.keep_recordings((CAFE, TOMATO, LISBON))
    yield opened
    opened.close()


def found(store: Store, *args: Any, **more: Any) -> list[str]:
    return [row.text for row in store.search(*args, **more).rows]


def test_the_newest_come_first_in_one_line_each(store: Store) -> None:
    first = store.search().rows[0]
    assert (first.id, first.text, first.answer) == (LISBON.id, LISBON.prompt.text, LISBON.text)
    assert (first.model, first.tokens, first.whole, first.scripted) == ("large", LISBON.token_count, False, False)
    assert (first.right, first.tags, first.root) == ("", (), LISBON.prompt.id)
    assert found(store) == [LISBON.prompt.text, TOMATO.prompt.text, CAFE.prompt.text]
    assert found(store, order="oldest") == found(store)[::-1]
    assert found(store, order="longest")[0] == max((CAFE, TOMATO, LISBON), key=lambda r: r.token_count).prompt.text
    assert found(store, order="slowest")[0] == max((CAFE, TOMATO, LISBON), key=lambda r: r.seconds).prompt.text


def test_a_page_says_how_many_there_are_on_all_pages(store: Store) -> None:
    page = store.search(limit=2)
    assert (len(page.rows), page.total) == (2, 3)
    assert [row.id for row in store.search(limit=2, offset=2).rows] == [CAFE.id]
    assert store.search(limit=2, offset=2).total == 3 and store.search(offset=9).total == 3
    assert store.search(limit=0).total == 3


@pytest.mark.parametrize(
    ("search", "hits"),
    [
        ("fruit", {TOMATO.id, LISBON.id}), ("FRUIT tomato", {TOMATO.id}), ("fruit café", set()),
        ("CAFE", {CAFE.id}), ("cafe\u0301", {CAFE.id}), ("strasse", {CAFE.id}), ("istanbul OU", {CAFE.id}),
        ("50%_off", {CAFE.id}), ("%", {CAFE.id}), ("_", {CAFE.id}), ("5%off", set()), ("\\", set()), ("/", set()),
        ("'; DROP TABLE recordings; --", set()), ("  \n ", {CAFE.id, TOMATO.id, LISBON.id}), ("x" * 60_000, set()),
    ],
)  # fmt: skip
def test_every_word_occurs_in_question_or_answer_whatever_its_case_or_accents(
    store: Store, search: str, hits: set[str]
) -> None:
    assert {row.id for row in store.search(search).rows} == hits
    assert store.search(search, limit=1).total == len(hits)


@given(st.text(max_size=30), st.text(max_size=5))
def test_any_text_is_found_by_every_word_of_it(typed: str, before: str) -> None:
    kept = fold_text(f"{before}\n{typed}\n{before}")
    assert fold_text(kept) == kept
    assert all(word in kept for word in fold_text(typed).split())


def test_filters_by_model_script_wholeness_and_pack_hold_together(store: Store) -> None:
    assert found(store, models=("large",)) == [LISBON.prompt.text, TOMATO.prompt.text]
    assert found(store, models=("large", "small"), scripted=False) == [LISBON.prompt.text, CAFE.prompt.text]
    assert found(store, scripted=True) == [TOMATO.prompt.text]
    assert found(store, whole=False) == [LISBON.prompt.text]
    assert found(store, "fruit", whole=True) == [TOMATO.prompt.text]
    assert found(store, roots=[CAFE.prompt.id, TOMATO.prompt.id]) == [TOMATO.prompt.text, CAFE.prompt.text]
    assert found(store, roots=()) == [] and store.search(roots=()).total == 0


def test_a_branch_belongs_to_its_pack(store: Store) -> None:
    store.keep_recording(replace(CAFE, prompt=CAFE.prompt.with_choice("Which one?", "The old one")))
    assert store.search(roots=[CAFE.prompt.id]).total == 2


def test_the_latest_mark_counts(store: Store) -> None:
    for value in ("right", "wrong"):
        store.mark(TOMATO.id, "right", value)
    store.mark(CAFE.id, "right", "right")
    assert found(store, right="wrong") == [TOMATO.prompt.text]
    assert found(store, right="right") == [CAFE.prompt.text]
    assert found(store, right="") == [LISBON.prompt.text]
    store.mark(TOMATO.id, "right", "")
    assert found(store, right="") == [LISBON.prompt.text, TOMATO.prompt.text]
    assert [row.right for row in store.search().rows] == ["", "", "right"]
    assert count(store, "marks") == 4


def test_a_person_who_cannot_tell_has_looked_and_has_judged_neither_way(store: Store) -> None:
    unseen = store.search(right="").total
    assert store.right_marks([TOMATO.id]) == {}
    store.mark(TOMATO.id, "right", "unclear")
    assert store.right_marks([TOMATO.id]) == {TOMATO.id: "unclear"} and store.search(right="").total == unseen - 1
    assert found(store, right="unclear") == [TOMATO.prompt.text] and store.judged_counts() == {}
    store.mark(TOMATO.id, "right", "")
    assert store.right_marks([TOMATO.id]) == {} and store.search(right="").total == unseen


@pytest.mark.parametrize(("reason", "at_limit"), [("length", True), ("stop", False)])
def test_what_ended_at_its_limit_is_told_apart_whatever_the_answer_says(
    reason: str, at_limit: bool, store: Store
) -> None:
    said = Event(0.1, "token", '{"reason":"length"}')
    recording = replace(RECORDING, events=(said, Event(0.2, "end", data={"reason": reason})))
    store.keep_recording(recording)
    [row] = [row for row in store.search().rows if row.id == recording.id]
    assert (row.ending == "cut at its limit") is at_limit is recording.stopped_at_limit


def test_tags_are_counted_filtered_and_taken_off(store: Store) -> None:
    store.mark(TOMATO.id, "tag:messy", "on")
    store.mark(CAFE.id, "tag: messy \n", "on")
    store.mark(CAFE.id, "tag:für Ina", "on")
    assert store.tags() == {"messy": 2, "für Ina": 1}
    assert found(store, tags=("messy",)) == [TOMATO.prompt.text, CAFE.prompt.text]
    assert found(store, tags=("messy", "für Ina")) == [CAFE.prompt.text]
    assert store.search(tags=("für Ina",)).rows[0].tags == ("für Ina", "messy")
    store.mark(CAFE.id, "tag:messy", "")
    assert store.tags() == {"für Ina": 1, "messy": 1}


def test_what_was_put_away_is_in_no_list_until_it_is_taken_back(store: Store) -> None:
    store.mark(TOMATO.id, "tag:messy", "on")
    store.mark(TOMATO.id, "away", "yes")
    assert found(store) == [LISBON.prompt.text, CAFE.prompt.text] and store.tags() == {}
    assert found(store, away=True) == [TOMATO.prompt.text]
    assert store.models_recorded() == {"large": 1, "small": 1}
    assert store.recording(TOMATO.id) == TOMATO
    store.mark(TOMATO.id, "away", "")
    assert store.models_recorded() == {"large": 2, "small": 1} and store.tags() == {"messy": 1}


def test_what_people_judged_is_counted_for_each_model(store: Store) -> None:
    other = made("Où est le café ?", "Là.")
    store.keep_recording(other)
    assert store.judged_counts() == {}
    for recording, value in ((CAFE, "wrong"), (CAFE, "right"), (other, "wrong"), (TOMATO, "right"), (LISBON, "wrong")):
        store.mark(recording.id, "right", value)
    assert store.judged_counts() == {
        "small": JudgedCounts(right=1, wrong=1, questions=1)
    }  # not the scripted nor the stopped one
    store.mark(other.id, "right", "")
    assert store.judged_counts() == {"small": JudgedCounts(1, 0, 1)}
    store.mark(CAFE.id, "away", "yes")
    assert store.judged_counts() == {}


def test_what_people_judged_comes_prompt_by_prompt_with_the_other_attempts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_library, "READ_CHUNK", 2)
    again = [replace(CAFE, prompt=replace(CAFE.prompt, attempt=n)) for n in (1, 2)]
    bread = made("Where is bread?", "There.")
    store.keep_recordings((*again, bread, made("Not judged?", "No.")))
    store.mark(CAFE.id, "right", "right")
    store.mark(bread.id, "right", "wrong")
    labelled = list(store.labelled_recordings("small"))
    assert {recording.id: right for recording, right in labelled} == {
        CAFE.id: True, bread.id: False, **{each.id: None for each in again},
    }  # fmt: skip
    prompts = [recording.prompt.id for recording, _ in labelled]
    assert prompts == sorted(prompts) and list(store.labelled_recordings("large")) == []


@pytest.mark.parametrize("tag", ["", "  ", "x" * 41, "\u0000"])
def test_a_tag_without_a_name_is_explained(store: Store, tag: str) -> None:
    with pytest.raises(Explained, match="A tag is"):
        store.mark(TOMATO.id, f"tag:{tag}", "on")


@pytest.mark.parametrize(("kind", "value"), [("right", "maybe"), ("away", "on"), ("tag:x", "yes"), ("left", "")])
def test_what_is_no_mark_is_not_kept(store: Store, kind: str, value: str) -> None:
    with pytest.raises(ValueError, match="no such mark"):
        store.mark(TOMATO.id, kind, value)
    assert count(store, "marks") == 0


def test_a_mark_on_nothing_is_explained(store: Store) -> None:
    with pytest.raises(Explained, match="was not saved"):
        store.mark("unknown", "away", "yes")


def test_several_recordings_are_kept_all_or_none(store: Store) -> None:
    odd = made("Something else", "Odd.")
    vars(odd)["id"] = "not its own"
    with pytest.raises(Explained, match="changed from outside"):
        store.keep_recordings((made("New", "One."), odd))
    assert store.search().total == 3


@pytest.mark.parametrize("said", ["\x00 half \ud800 of it", "", "x" * 100_000])
def test_any_answer_is_listed(store: Store, said: str) -> None:
    odd = made("An odd one", said)
    store.keep_recording(odd)
    assert store.recording(odd.id) == odd
    assert len(store.search("odd").rows[0].answer) <= 200


@pytest.mark.parametrize("table", ["words", "marks", "models", "findings", "batches", "batch_results"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_changes_here_too(store: Store, table: str, change: str) -> None:
    store.mark(TOMATO.id, "away", "yes")
    batch = store.keep_batch(store_model(store), TOMATO.card, "Clean", 1, 1)
    store.keep_result(batch, "one", 0, TOMATO.id)
    column = "answer" if table == "words" else "at"
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(change.format(table, column)))


def store_model(store: Store) -> str:
    from components.models.source import Settings, Source

    model = store.keep_model(Source(), Settings(), "Bundled")
    store.keep_finding(model, "profile", {})
    return model


def test_recordings_of_an_older_version_are_searched_too(tmp_path: Path) -> None:
    make_old_store(tmp_path, "0002")
    store = Store.open(tmp_path / "other")
    store.keep_recordings([CAFE, RECORDING, *(made(f"Number {n}", "And more.") for n in range(600))])
    store.close()
    with sqlite_driver().connect(tmp_path / "parallax.db") as before:
        before.execute("ATTACH ? AS other", (str(tmp_path / "other" / "parallax.db"),))
        before.execute("INSERT INTO recordings SELECT * FROM other.recordings")
        columns = [row[1] for row in before.execute("PRAGMA table_info(recordings)")]
        damaged = ", ".join("'{}'" if c == "content" else "'damaged'" if c in ("id", "text") else c for c in columns)
        before.execute(f"INSERT INTO recordings SELECT {damaged} FROM other.recordings LIMIT 1")
    before.close()
    brought = Store.open(tmp_path)
    assert brought.search("strasse CAFE").rows[0].answer == CAFE.text
    assert brought.search("damaged").total == 1 and brought.search("and more").total == 600
    assert brought.search().total == 603
    brought.close()

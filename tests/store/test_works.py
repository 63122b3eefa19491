"""What people made is kept with every state that it had, found again, and never lost by a delete."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from components.design.work_talk import NoteDraft
from components.store import Store, Work, WorkQuery, WorkState
from tests.must_have import must_have
from tests.store.made import count as count_rows

ADA, BEN = "ada-of-the-tests", "ben-of-the-tests"
FIRST = WorkState({"n": 1}, "subject-1", "answer-1", ({"name": "Waiting", "text": "Straße nach Łódź"},))
SECOND = WorkState({"n": 2}, "subject-2", "answer-1", ({"name": "Streaming", "text": "100% of it"},))
MIND = [None, "'; DROP TABLE works; --", "<img src=x>", "שלום \u202d", "x" * 20_000, "\0\ud800", " \n "]


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    ticks = count()
    opened = Store.open(location, clock=lambda: f"2026-01-01T00:{(n := next(ticks)) // 60:02}:{n % 60:02}.000+00:00")
    yield opened
    opened.close()


def found(store: Store, words: str = "", viewer: str = ADA, **more: str) -> list[str]:
    page = store.find_works(replace(WorkQuery(viewer, words), **more))  # type: ignore[arg-type]
    assert page.total == len(page.works)
    return [work.name for work in page.works]


def made(store: Store, name: str = "Travel bot", owner: str = ADA, **more: str) -> Work:
    return store.keep_work("comparison", name, owner, FIRST, SECOND, **more)


def test_a_work_is_in_the_last_of_its_states_and_keeps_those_before(store: Store) -> None:
    work = made(store)
    assert work.step == 2 and must_have(store.work_step(work.id, 2)).content == {"n": 2}
    assert must_have(store.work_step(work.id, 1)).content == {"n": 1}
    assert [step.before for step in store.work_steps(work.id)] == [1, 0]
    assert store.work(work.id) == work and work.preview == SECOND.preview
    assert store.work("unknown") is None and store.work_step(work.id, 9) is None


def test_quick_changes_of_one_thing_are_one_step_and_the_last_of_them_counts(store: Store) -> None:
    work = made(store)
    step = store.add_step(work.id, replace(FIRST, content={"dial": 1}), BEN, 2)
    assert store.add_step(work.id, replace(FIRST, content={"dial": 2}), BEN, 2, same=step) == step == 3
    assert must_have(store.work_step(work.id, 3)).content == {"dial": 2}
    assert [shown.step for shown in store.work_steps(work.id)] == [3, 2, 1]
    assert count_rows(store, "work_steps") == 4


def test_a_step_back_keeps_what_was_undone_and_the_next_change_is_a_step_of_its_own(store: Store) -> None:
    work = made(store)
    store.go_to_step(work.id, 1, FIRST.preview)
    assert must_have(store.work(work.id)).step == 1
    assert store.add_step(work.id, FIRST, ADA, 1) == 3
    assert [(shown.step, shown.before) for shown in store.work_steps(work.id)] == [(3, 1), (2, 1), (1, 0)]


def test_it_says_whose_a_work_is_and_who_changed_it(store: Store) -> None:
    work = made(store)
    store.name_rater(ADA, "Ada")
    store.name_rater(BEN, "Ben")
    store.add_step(work.id, FIRST, BEN, 2)
    assert must_have(store.work(work.id)).owner_name == "Ada"
    assert [step.rater_name for step in store.work_steps(work.id)] == ["Ben", "Ada", "Ada"]


def test_the_last_changed_comes_first_and_words_find_it_by_name_owner_project_and_content(store: Store) -> None:
    travel, other = made(store, project="Spring"), made(store, "Help desk", BEN)
    store.name_rater(BEN, "Benedikt")
    assert found(store) == ["Help desk", "Travel bot"]
    store.add_step(travel.id, FIRST, ADA, 2)
    assert found(store) == ["Travel bot", "Help desk"]
    for words in ("TRAVEL", "spring travel", "strasse łodz", "waiting"):
        assert found(store, words) == ["Travel bot"]
    assert found(store, "benedikt") == found(store, "100%") == found(store, owner=BEN) == ["Help desk"]
    assert found(store, "travel help") == found(store, "%")[1:] == found(store, kind="prototype") == []
    store.rename_work(other.id, "Desk of help")
    store.move_work(other.id, "Autumn")
    assert found(store, "autumn desk") == found(store, project="Autumn") == ["Desk of help"]


def test_what_is_archived_or_deleted_is_out_of_the_list_and_comes_back_whole(store: Store) -> None:
    work = made(store)
    store.archive_work(work.id, ADA)
    assert found(store) == [] and found(store, shelf="archived") == ["Travel bot"]
    store.delete_work(work.id, ADA)
    assert found(store, shelf="archived") == [] and found(store, shelf="deleted") == ["Travel bot"]
    assert must_have(store.last_marked_work(ADA, "2026")).id == work.id
    assert store.last_marked_work(BEN, "2026") is None and store.last_marked_work(ADA, "2027") is None
    store.delete_work(work.id, ADA, deleted=False)
    store.archive_work(work.id, ADA, archived=False)
    assert found(store) == ["Travel bot"] and must_have(store.work_step(work.id, 2)).content == {"n": 2}
    assert store.last_marked_work(ADA, "2026") is None


def test_what_is_one_persons_own_is_neither_found_nor_opened_nor_copied_by_others(store: Store) -> None:
    own = made(store, visibility="mine")
    assert found(store) == ["Travel bot"] and store.work(own.id, ADA) == own
    assert found(store, viewer=BEN) == [] and store.work(own.id, BEN) is None
    assert store.duplicate_work(own.id, BEN) is None and not store.has_own_works(BEN) and store.has_own_works(ADA)
    assert store.works_about(BEN, ["subject-1"]) == []


def test_only_its_owner_says_who_finds_a_work(store: Store) -> None:
    work = made(store)
    store.show_work_to(work.id, BEN, "mine")
    assert found(store, viewer=BEN) == ["Travel bot"]
    store.show_work_to(work.id, ADA, "mine")
    assert found(store, viewer=BEN) == [] and found(store) == ["Travel bot"]
    store.show_work_to(work.id, ADA, "everybody")
    assert must_have(store.work(work.id, ADA)).visibility == "mine"
    store.show_work_to(work.id, ADA, "team")
    assert found(store, viewer=BEN) == ["Travel bot"]


def test_a_copy_is_its_owners_and_begins_where_the_work_is_now(store: Store) -> None:
    work = made(store, project="Spring")
    copy = must_have(store.duplicate_work(work.id, BEN))
    assert (copy.name, copy.owner, copy.project, copy.step) == ("Copy of Travel bot", BEN, "Spring", 1)
    assert must_have(store.work_step(copy.id, 1)).content == {"n": 2}
    store.add_step(copy.id, FIRST, BEN, 1)
    assert must_have(store.work(work.id)).step == 2


def test_a_work_is_found_by_what_it_ever_was_and_played(store: Store) -> None:
    work = made(store)
    store.add_step(work.id, replace(FIRST, subject="subject-3"), ADA, 2)
    for subject in ("subject-1", "subject-3"):
        assert [shown.id for shown in store.works_about(BEN, [subject])] == [work.id]
    assert [shown.id for shown in store.works_about(BEN, recordings=["answer-1"])] == [work.id]
    assert store.works_about(BEN, ["unknown"], ["unknown"]) == []


def test_a_work_is_listed_once_something_was_said_or_decided_of_it_and_its_owner_shows_it(store: Store) -> None:
    said, dotted, own = made(store), made(store), made(store, visibility="mine")
    for work, kind in ((said, "comment"), (said, "decision"), (dotted, "dot"), (own, "comment")):
        store.keep_note(work.id, NoteDraft(kind, "So"), ADA, 1)
    assert [work.id for work in store.works_talked_of(BEN, 9)] == [said.id]
    assert {work.id for work in store.works_talked_of(ADA, 9)} == {said.id, own.id}
    assert len(store.works_talked_of(ADA, 1)) == 1
    store.delete_work(said.id, ADA)
    assert store.works_talked_of(BEN, 9) == []


@pytest.mark.parametrize("name", MIND[1:])
def test_any_name_can_be_given_and_one_that_says_nothing_changes_nothing(store: Store, name: str) -> None:
    work = made(store)
    store.rename_work(work.id, name)
    store.move_work(work.id, name)
    shown = must_have(store.work(work.id))
    assert 0 < len(shown.name) <= 120 and "\n" not in shown.name
    assert (shown.name == "Travel bot") == (not shown.project)


def test_states_cannot_be_changed_behind_the_stores_back(store: Store) -> None:
    made(store)
    for statement in ("UPDATE work_steps SET content = '{}'", "DELETE FROM work_steps"):
        with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
            connection.execute(text(statement))


def test_ids_are_long_and_no_two_are_the_same(store: Store) -> None:
    ids = {made(store).id for _ in range(20)}
    assert len(ids) == 20 and all(len(id) >= 12 for id in ids)

"""Several people in one work: a change is written onto what it was made on, or not at all; who is there is known."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from components.design.work_talk import NoteDraft
from components.store import Store, WorkMark, WorkState
from components.store.work_sharing import MAX_NOTE_CHARS, PRESENT_S
from tests.must_have import must_have

ADA, BEN = "ada-of-the-tests", "ben-of-the-tests"
FIRST, SECOND = WorkState({"n": 1}, "s"), WorkState({"n": 2}, "s")


class Clock:
    """A clock that a test sets, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> str:
        return f"2026-01-01T00:{int(self.seconds // 60):02}:{self.seconds % 60:06.3f}+00:00"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(location: str, clock: Clock) -> Iterator[Store]:
    opened = Store.open(location, clock=clock)
    yield opened
    opened.close()


def begun(store: Store) -> tuple[str, WorkMark]:
    """The id of a new work, and where it stands."""
    id = store.keep_work("comparison", "Travel bot", ADA, FIRST).id
    return id, must_have(store.work_mark(id))


def test_a_change_is_written_onto_the_state_that_it_was_made_on_or_not_at_all(store: Store) -> None:
    id, mark = begun(store)
    after = must_have(store.add_step_onto(id, SECOND, BEN, 1, 0, mark))
    assert after.step == 2 and not after.same_state(mark) and store.work_mark(id) == after
    assert store.add_step_onto(id, FIRST, ADA, 1, 0, mark) is None and store.work_mark(id) == after
    assert store.go_to_step_from(id, FIRST, 1, mark) is None
    back = must_have(store.go_to_step_from(id, FIRST, 1, after))
    assert back.step == 1 and must_have(store.work(id)).step == 1
    assert store.work_mark("unknown") is None and store.add_step_onto("unknown", FIRST, ADA, 1, 0, mark) is None


def test_of_many_changes_at_once_each_that_is_written_was_made_on_the_one_before(store: Store) -> None:
    id, _ = begun(store)

    def change(n: int) -> None:
        while True:
            mark = must_have(store.work_mark(id))
            if store.add_step_onto(id, WorkState({"n": n}), f"rater-{n}", mark.step, 0, mark):
                return

    with ThreadPoolExecutor(4) as people:
        list(people.map(change, range(12)))
    steps = store.work_steps(id)
    assert [step.before for step in steps] == [step.step - 1 for step in steps] and len(steps) == 13
    assert sorted(step.content["n"] for step in steps[:-1]) == list(range(12))


def test_who_has_it_on_screen_is_known_until_they_were_not_heard_of_for_a_while(store: Store, clock: Clock) -> None:
    id, _ = begun(store)
    store.name_rater(ADA, "Ada")
    store.visit_work(id, "tab-1", ADA)
    store.visit_work(id, "tab-2", BEN)
    assert [(visit.tab, visit.name) for visit in store.work_visits(id)] == [("tab-1", "Ada"), ("tab-2", "")]
    clock.seconds = PRESENT_S - 2
    store.visit_work(id, "tab-2", BEN)
    clock.seconds = PRESENT_S + 1
    assert [visit.tab for visit in store.work_visits(id)] == ["tab-2"] and store.work_visits("unknown") == ()


@pytest.mark.parametrize("said", ["Here I thought it had died", "'; DROP TABLE works; --", "\0\ud800 <b>", "x" * 9000])
def test_what_is_said_is_kept_with_what_it_is_pinned_to_and_wakes_who_looks(store: Store, said: str) -> None:
    id, mark = begun(store)
    draft = NoteDraft("comment", said, pane="B", prototype="p", moment=4.5)
    key = store.keep_note(id, draft, BEN, 1)
    reply = store.keep_note(id, NoteDraft("comment", "So did I", about=key), ADA, 1)
    after = must_have(store.work_mark(id))
    assert after.same_state(mark) and after != mark
    first, second = store.work_notes(id)
    assert (first.id, second.id, second.about) == (key, reply, key)
    assert replace(draft, text=first.text) == NoteDraft(**{k: getattr(first, k) for k in vars(draft)})
    assert first.text == said or len(first.text) == MAX_NOTE_CHARS or "\0" in said
    assert store.work_notes(id, after=first.number) == (second,)

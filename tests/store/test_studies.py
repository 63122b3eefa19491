"""Studies in the store: what is frozen stays, each answer is kept once, and who withdraws is forgotten."""

import gzip
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from components.core.explained import Explained
from components.store import Store, StudyRecord, study_batches
from components.store.arm_records import closed_arms
from components.store.participation import (
    AnswerResult,
    BatchEntry,
    BatchResult,
    JoinRequest,
    JoinResult,
    PostedAnswer,
    Withdrawal,
    WithdrawalResult,
)
from tests.store.made import count

STEPS = ("before", "trial-01", "trial-02", "debrief")
STUDY = StudyRecord("study", "work", "A study \ud800", {"title": "Two assistants 🎨"}, "2026-01-02")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    opened = Store.open(location)
    opened.keep_study(STUDY, {"line": {"events": []}})
    opened.set_study_state("study", "open", 3)
    yield opened
    opened.close()


def some_link(store: Store, kind: Any = "many") -> str:
    return store.keep_link("study", kind).id


def joining(id: str, link: str, **more: Any) -> JoinRequest:
    return JoinRequest(id, "study", link, entry={"pid": "x"}, **more)


def answer(id: str, person: str, step: str, digest: str = "d", **more: Any) -> PostedAnswer:
    return PostedAnswer(id, person, "study", step, digest, json.dumps({"items": {"of": id}}), frozenset(STEPS), **more)


def said(results: Sequence[BatchResult]) -> list[str]:
    """What came of each entry, in a word: a slot, a code, or "kept"."""
    words = []
    for result in results:
        match result:
            case JoinResult(participant, code):
                words.append(code or f"slot {participant.slot if participant else ''}")
            case AnswerResult(code, end):
                words.append(code or end or "kept")
            case WithdrawalResult(participant):
                words.append("left" if participant else "nobody")
            case Explained():
                words.append("problem")
    return words


def test_a_frozen_study_comes_back_as_it_was_and_is_kept_once(store: Store) -> None:
    store.keep_study(StudyRecord("study", "other", "Another", {}), {"line": {"events": ["other"]}})
    kept = store.study("study")
    assert kept and kept.content == STUDY.content and kept.name == "A study" and kept.at.startswith("2026-01-02T")
    assert json.loads(gzip.decompress(store.timeline("line") or b"")) == {"events": []}
    assert store.study("none") is None and store.timeline("none") is None
    assert [study.id for study in store.studies_of("work")] == ["study"] and store.studies_of("other") == ()


def test_the_last_state_counts_and_those_before_are_kept(store: Store) -> None:
    store.set_study_state("study", "paused", 9, "lunch")
    state = store.study_state("study")
    assert (state.state, state.slots, state.note) == ("paused", 9, "lunch") and count(store, "study_states") == 2
    assert store.study_state("never opened").state == "paused"


def test_links_are_found_again_and_revoked(store: Store) -> None:
    first, second = store.keep_link("study", "once"), store.keep_link("study", "personal", "Ada")
    assert store.link(first.id) == first and store.link("none") is None
    store.revoke_link(first.id)
    assert {link.id: bool(link.revoked) for link in store.links_of("study")} == {first.id: True, second.id: False}


def test_people_who_come_at_once_get_a_slot_each_and_the_rest_hear_that_it_is_full(store: Store) -> None:
    link = some_link(store)
    results = store.keep_participation([joining(f"person-{n}", link) for n in range(5)])
    assert said(results) == ["slot 0", "slot 1", "slot 2", "full", "full"]
    assert said(store.keep_participation([joining("person-1", link)])) == ["slot 1"]
    assert [person.id for person in store.participants("study")] == ["person-0", "person-1", "person-2"]
    assert store.slots_in_use("study", 60) == {0, 1, 2}


def test_an_id_that_came_by_another_link_is_nobody_s(store: Store) -> None:
    store.keep_participation([joining("person-1", some_link(store))])
    assert said(store.keep_participation([joining("person-1", some_link(store))])) == ["used"]


def test_two_who_use_a_link_for_one_at_once_are_one_participant(store: Store) -> None:
    once, personal = some_link(store, "once"), some_link(store, "personal")
    results = store.keep_participation([joining("a" * 16, once, once=True), joining("b" * 16, once, once=True)])
    assert said(results) == ["slot 0", "used"]
    both = [joining(id * 16, personal, once=True, returns=True) for id in "cd"]
    assert said(store.keep_participation(both)) == ["slot 1", "slot 1"] and count(store, "participants") == 2


def test_whom_a_recruiter_sent_twice_is_one_participant(store: Store) -> None:
    link = some_link(store)
    results = store.keep_participation([joining(id, link, person="digest") for id in ("first", "second")])
    assert said(results) == ["slot 0", "slot 0"] and count(store, "participants") == 1
    assert said(store.keep_participation([joining("robot", link, person="digest", simulated=True)])) == ["slot 0"]
    assert [person.id for person in store.participants("study", simulated=True)] == ["robot"]


def test_an_answer_is_kept_once_and_the_last_one_ends_it(store: Store) -> None:
    store.keep_participation([joining("me", some_link(store))])
    first, *others = [answer(f"id-{step}", "me", step) for step in STEPS]
    assert said(store.keep_participation([first, first])) == ["kept", "kept"]
    assert said(store.keep_participation([answer("id-before", "me", "before", "other")])) == ["differs"]
    assert said(store.keep_participation([answer("new", "me", "before"), *others])) == [
        "answered", "kept", "kept", "complete",
    ]  # fmt: skip
    assert said(store.keep_participation([first, answer("new", "me", "before")])) == ["complete", "answered"]
    person = store.participant("me")
    assert person and (person.end, bool(person.ended)) == ("complete", True)
    assert sorted(store.answered_steps("me")) == sorted(STEPS) and len(store.study_answers("study")) == 4


def test_all_answers_are_judged_together_also_those_of_the_same_batch(store: Store) -> None:
    store.keep_participation([joining("me", some_link(store))])
    heard: list[dict[str, Any]] = []

    def judge(contents: Any) -> str:
        heard.append(dict(contents))
        return "failed"

    store.keep_participation([answer("one", "me", "before", judge=judge)])
    rest = [answer(f"id-{step}", "me", step, judge=judge) for step in STEPS[1:]]
    assert said(store.keep_participation(rest)) == ["kept", "kept", "failed"]
    assert [sorted(contents) for contents in heard] == [sorted(STEPS)]
    assert heard[0]["trial-01"] == {"items": {"of": "id-trial-01"}}


def test_who_is_screened_out_answers_nothing_more(store: Store) -> None:
    store.keep_participation([joining("me", some_link(store))])
    out = answer("one", "me", "before", end="screened")
    assert said(store.keep_participation([out, answer("two", "me", "trial-01"), out])) == [
        "screened", "ended", "screened",
    ]  # fmt: skip
    assert store.slots_in_use("study", 60) == frozenset()


def test_who_withdraws_is_forgotten_and_frees_a_slot(store: Store) -> None:
    link = some_link(store)
    store.keep_participation([joining("me", link, person="digest", browser={"language": "en"})])
    store.keep_participation([answer(f"id-{step}", "me", step) for step in STEPS])
    [left] = store.keep_participation([Withdrawal("me")])
    assert isinstance(left, WithdrawalResult) and left.participant and left.participant.entry == {"pid": "x"}
    person = store.participant("me")
    assert person and (person.end, person.entry, person.browser, person.person) == ("withdrew", {}, {}, "")
    assert count(store, "study_answers") == 0 and store.slots_in_use("study", 60) == frozenset()
    assert said(store.keep_participation([answer("late", "me", "before"), Withdrawal("me"), Withdrawal("x")])) == [
        "ended", "left", "nobody",
    ]  # fmt: skip
    assert said(store.keep_participation([joining("other", link)])) == ["slot 0"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE study_answers SET content = '{}'", "DELETE FROM study_answers", "UPDATE studies SET name = 'x'",
        "DELETE FROM timelines", "UPDATE arm_states SET state = 'open'",
        "UPDATE study_states SET slots = 1", "DELETE FROM study_states",
    ],
)  # fmt: skip
def test_what_was_kept_cannot_be_changed_or_deleted_by_anybody(store: Store, statement: str) -> None:
    store.keep_participation([joining("me", some_link(store))])
    store.keep_participation([answer("one", "me", "before")])
    store.set_arm_state("study", "a", "closed")
    with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))
    assert count(store, "study_answers") == 1


def test_an_entry_that_the_database_refuses_spoils_no_other(store: Store) -> None:
    link = some_link(store)
    entries = [joining("me", link), JoinRequest("bad", "no such study", link), joining("you", link)]
    assert said(store.keep_participation(entries)) == ["slot 0", "paused", "slot 1"]
    store.keep_participation([answer("one", "me", "before")])
    batch = [
        answer("two", "you", "before"),
        PostedAnswer("three", "me", "study", "trial-01", "d", "\ud800", frozenset(STEPS)),
        answer("four", "you", "trial-01"), answer("five", "nobody", "before"),
    ]  # fmt: skip
    assert said(store.keep_participation(batch)) == ["kept", "problem", "kept", "unknown"]
    assert store.answered_steps("me") == ("before",) and len(store.answered_steps("you")) == 2


@pytest.mark.parametrize("error", [KeyError, ZeroDivisionError, TypeError, ValueError])
def test_a_judgement_that_fails_spoils_no_other(store: Store, error: type[Exception]) -> None:
    link = some_link(store)
    store.keep_participation([joining("me", link), joining("you", link)])

    def judge(_: Any) -> str:
        raise error

    mine = [answer(f"mine-{step}", "me", step, judge=judge) for step in STEPS]
    yours = [answer(f"yours-{step}", "you", step) for step in STEPS]
    words = said(store.keep_participation([entry for pair in zip(mine, yours, strict=True) for entry in pair]))
    assert words[0::2] == ["kept", "kept", "kept", "problem"] and words[1::2] == ["kept", "kept", "kept", "complete"]


def test_a_transaction_that_another_one_crossed_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def write() -> list[BatchResult]:
        tries.append(1)
        if len(tries) < 3:
            problem = Explained("busy")
            problem.__cause__ = type("Crossed", (Exception,), {"orig": type("Orig", (), {"sqlstate": "40P01"})()})()
            raise problem
        return []

    assert study_batches.try_again(write) == [] and len(tries) == 3


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_order_and_repetition_of_posts_keeps_each_answer_once(store: Store, data: st.DataObject) -> None:
    people = [f"{data.draw(st.uuids())}-{n}" for n in range(2)]
    link = some_link(store)
    for person in people:
        store.keep_participation([joining(person, link, simulated=True)])
    posts = [answer(f"{person}-{step}", person, step) for person in people for step in STEPS]
    sent = [*posts, *data.draw(st.lists(st.sampled_from(posts), max_size=12))]
    order = data.draw(st.permutations(sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=5)))
    batches: list[list[BatchEntry]] = [
        list(order[start:end]) for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)
    ]
    results = [word for batch in batches for word in said(store.keep_participation(batch))]
    assert set(results) <= {"kept", "complete"}
    for person in people:
        kept = store.answers_of(person)
        assert sorted(one.step for one in kept) == sorted(STEPS) and len({one.id for one in kept}) == len(STEPS)
        found = store.participant(person)
        assert found and found.end == "complete"


def test_a_closed_arm_is_given_to_nobody_new_and_its_free_places_are_not_waited_for(store: Store) -> None:
    link = store.keep_link("study", "many")
    store.set_study_state("study", "open", 6)

    def arm_at(slot: int) -> str:
        return "ab"[slot % 2]

    def come(*ids: str, **more: Any) -> list[str]:
        return said(store.keep_participation([joining(id, link.id, arm_at=arm_at, **more) for id in ids]))

    assert come("one", "two") == ["slot 0", "slot 1"]
    store.set_arm_state("study", "a", "closed")
    assert come("three", "four", "one") == ["slot 3", "slot 5", "slot 0"]
    assert store.standing_for(link, 60, arm_at)[1] and come("late") == ["full"]
    assert come("simulated", simulated=True) == ["slot 0"]
    store.set_arm_state("study", "a", "open")
    assert come("again") == ["slot 2"] and not store.standing_for(link, 60, arm_at)[1]
    assert [(change.arm, change.state) for change in store.arm_changes("study")] == [("a", "closed"), ("a", "open")]
    assert closed_arms(store.arm_changes("study")) == frozenset()

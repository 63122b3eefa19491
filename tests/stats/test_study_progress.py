"""Progress of a study: who is under way, who has left where, and nothing that a browser sends brings it down."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from components.stats.study_progress import study_progress
from components.store.study_people_frame import study_frames
from components.study.person_answers import PersonAnswers, StepAnswer
from components.ui.studies.study_watch import people_line, uncounted_sentence
from tests.study.made_study import frozen

STUDY = frozen()
NOW, LONG_AGO = "2026-01-01T12:00:00+00:00", "2026-01-01T09:00:00+00:00"
JSON_VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.just(10**400) | some.floats() | some.text(max_size=3),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
PARTS = ("items", "took", "play", "acts", "frame_ms", "page", "signs")
PANE = some.fixed_dictionaries(
    {"pane": some.just("A")},
    optional=dict.fromkeys(("scheduled", "painted", "hidden", "freeze"), JSON_VALUES),
)
PLAY = some.fixed_dictionaries({"panes": some.lists(PANE, max_size=2) | JSON_VALUES})
PLAYS = some.lists(JSON_VALUES | PLAY, max_size=2)
SIGNS = some.sampled_from(["keys", "pastes", "untrusted", "webdriver", "trap"])
SENT = some.fixed_dictionaries(
    {},
    optional=dict.fromkeys(PARTS, JSON_VALUES)
    | {
        "play": PLAYS | JSON_VALUES,
        "signs": some.dictionaries(SIGNS, JSON_VALUES),
        "page": some.dictionaries(some.sampled_from(["hides", "hidden_ms"]), JSON_VALUES),
        "took": some.dictionaries(some.sampled_from(["answered_ms", "shown_ms"]), JSON_VALUES),
    },
)


def person(id: str, answered: int, seen: str = NOW, end: str = "", data: dict[str, Any] | None = None) -> PersonAnswers:
    """Somebody who answered the first screens of their place with this data."""
    steps = STUDY.steps(0)[:answered]
    return PersonAnswers(id, 0, LONG_AGO, seen, NOW if end else "", end, False,
                         {step.id: StepAnswer(data or {}, NOW) for step in steps})  # fmt: skip


def test_who_was_not_seen_for_long_has_left_before_a_screen() -> None:
    found = study_progress(STUDY, [person("a", 2), person("b", 2, LONG_AGO), person("c", 99, end="complete")], NOW)
    assert (found.started, found.active, found.dropped, found.done) == (3, 1, 1, 1)
    assert [step.dropped for step in found.steps[:4]] == [0, 0, 1, 0]
    assert [step.answered for step in found.steps[:3]] == [3, 3, 1]
    [order] = found.orders
    assert (order.done, order.active) == (1, 1)


def test_who_failed_the_attention_checks_or_was_screened_out_has_not_completed_it() -> None:
    ended = [person("a", 99, end="complete"), person("b", 99, end="failed"), person("c", 1, end="screened")]
    found = study_progress(STUDY, ended, NOW)
    assert (found.started, found.done) == (3, 1)
    assert found.ends == {"complete": 1, "failed": 1, "screened": 1}
    assert [(order.done, order.active) for order in found.orders] == [(1, 0)]
    told = people_line(found)
    assert "1 failed the attention checks" in told and "1 screened out" in told
    assert uncounted_sentence(found).startswith("2 people who did not pass are not counted as complete")
    assert uncounted_sentence(study_progress(STUDY, ended[:1], NOW)) == ""


def test_whose_answers_were_deleted_since_did_not_withdraw() -> None:
    ended = [person("a", 0, end="withdrew"), person("b", 0, end="withdrew"), person("c", 99, end="complete")]
    found = study_progress(STUDY, ended, NOW, {"b", "not here"})
    assert (found.ends, found.deleted) == ({"withdrew": 1, "complete": 1}, 1)
    assert people_line(found) == "3 have begun · 1 withdrew · 1 complete · 0 under way · 1 deleted since"


def test_a_trial_counts_as_void_as_it_does_in_the_results() -> None:
    on_time = {"pane": "A", "scheduled": {"first": 1.0, "complete": 2.0}, "painted": {"first": 1.05, "complete": 2.05}}
    late = {**on_time, "painted": {"first": 1.2, "complete": 2.0}}
    people = [person(name, 99, end="complete", data={"play": [{"panes": [pane]}]}) for name, pane in
              (("a", on_time), ("b", late), ("c", {**on_time, "hidden": True}))]  # fmt: skip
    found = study_progress(STUDY, people, NOW)
    frames = study_frames(STUDY, people)
    assert (found.trials, found.void) == (27, 18)
    assert found.void == int(frames.people["void_trials"].sum())


def test_signs_are_counted_by_person() -> None:
    data = {"signs": {"webdriver": True, "pastes": 3, "untrusted": 0, "trap": ""}}
    found = study_progress(STUDY, [person("a", 5, data=data), person("b", 5)], NOW)
    assert found.signs == {"came from a browser that a program drives": 1, "pasted text": 1}


@given(data=SENT)
def test_nothing_that_a_browser_sends_brings_it_down(data: dict[str, Any]) -> None:
    people = [person("a", 99, end="complete", data=data), person("b", 4, data=data)]
    assert study_progress(STUDY, people, NOW).started == 2
    assert len(study_frames(STUDY, people).people) == 2


@pytest.mark.parametrize("text", ['{"took": {"answered_ms": 1e999}}', '{"signs": {"pastes": 1e308, "keys": 1e308}}'])
def test_numbers_beyond_all_counts_are_none(text: str) -> None:
    found = study_progress(STUDY, [person("a", 99, end="complete", data=json.loads(text))], NOW)
    assert found.steps[0].seconds is None and not found.signs

"""A frozen study: its hash, its screens, and what the page must not hear of."""

import json
from dataclasses import replace

import pytest

from components.core.explained import Explained
from components.layers import ALL_PATTERNS
from components.study.frozen_study import FrozenStudy, freeze_study
from components.study.study import EndPage, OwnItem, Study, StudyWords
from components.study.study_item import ItemOption, StudyItem
from components.study.study_language import LANGUAGES, study_language
from tests.study.made_people import made_people
from tests.study.made_study import frozen, made_study, made_tasks

SCREEN = StudyItem(
    "adult", "choice", "Are you 18?", options=(ItemOption("yes", "Yes"), ItemOption("no", "No")), right="yes"
)


def test_it_comes_back_from_its_content_as_it_was() -> None:
    study = frozen(own_items=(OwnItem("before", SCREEN),), practice=made_tasks()[-1], margin=5.0)
    again = FrozenStudy.from_content(json.loads(json.dumps(study.content)), ALL_PATTERNS)
    assert (again.id, again.study) == (study.id, study.study)
    assert again.page_steps(3) == study.page_steps(3)


@pytest.mark.parametrize(
    "change",
    [
        {"trials": 2},
        {"seed": "other"},
        {"battery": ("trust",)},
        {"wanted": 30},
        {"words": StudyWords(consent="Hello")},
        {"keep_days": 30},
    ],
)
def test_whatever_is_decided_otherwise_makes_another_study(change: dict[str, object]) -> None:
    assert frozen(**change).id != frozen().id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", ["", "I agree.", "Gone after {days} days."])
def test_what_people_agree_to_names_the_days_that_answers_are_kept(language: str, own: str) -> None:
    words = StudyWords(consent=own)
    kept, ever = (
        frozen(language=language, words=words, keep_days=days).page()["consent"]["text"] for days in (37, None)
    )
    assert kept.count("37") == 1 and "{" not in kept
    assert "37" not in ever and len(ever) < len(kept)


def test_the_page_hears_neither_what_is_wrong_nor_what_the_designer_calls_it() -> None:
    sent = json.dumps([frozen(own_items=(OwnItem("before", SCREEN),)).page_steps(number) for number in range(3)])
    for secret in ('"wrong"', '"right"', "Streams", "Waits", "Bare", '"block"'):
        assert secret not in sent


def test_each_timeline_that_a_step_names_is_there() -> None:
    study = frozen(tasks=made_tasks()[:9], practice=made_tasks()[9])
    named = {pane["timeline"] for step in study.page_steps(0) for pane in step.get("panes", ())}
    assert len(named) == 9 + 3 and named <= set(study.timelines)


def test_arms_are_called_by_letters_in_the_order_in_which_they_are_met() -> None:
    for number in range(6):
        labels = [pane["label"] for step in frozen().page_steps(number) for pane in step.get("panes", ())]
        assert list(dict.fromkeys(labels)) == ["Assistant A", "Assistant B", "Assistant C"]


def test_two_checks_stand_apart_and_only_failing_both_ends_otherwise() -> None:
    study = frozen()
    steps = study.steps(0)
    checks = {step.id: item for step in steps for item in step.items if item.right}
    assert len(checks) == 2
    well: dict[str, dict[str, object]] = {
        step.id: {item.name: item.right for item in step.items if item.right} for step in steps
    }
    once: dict[str, dict[str, object]] = {**well, "end": {"check-2": 1}}
    assert study.end_after(0, well) == study.end_after(0, once) == "complete"
    assert study.end_after(0, {step.id: {} for step in steps}) == "failed"
    assert study.end_after(0, {step.id: {} for step in steps[:-1]}) == ""


def test_who_is_not_looked_for_ends_at_once() -> None:
    study = frozen(own_items=(OwnItem("before", SCREEN),))
    assert study.end_after(0, {"before": {"own.adult": "no"}}) == "screened"
    assert study.end_after(0, {"before": {"own.adult": "yes"}}) == ""


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ({"trust": 50, "accept": "accept", "felt_complete": 2.5}, False), ({"trust": None}, False), ({}, False),
        ({"trust": 101}, True), ({"trust": True}, True), ({"speed": 0}, True), ({"speed": 1.5}, True),
        ({"accept": "maybe"}, True), ({"accept": "change: my own words"}, False), ({"other": 1}, True),
        ({"trust": float("nan")}, True), ({"felt_complete": -1}, True),
    ],
)  # fmt: skip
def test_only_what_can_be_an_answer_is_taken(items: dict[str, object], problem: bool) -> None:
    assert bool(frozen().step_problem(0, "trial-01", items)) is problem


def test_planted_faults_are_told_in_the_end() -> None:
    told = study_language("en")["debrief_planted"]
    assert told in frozen().steps(0)[-1].text
    assert told not in frozen(wrong_share=0.0).steps(0)[-1].text


def test_an_answer_that_is_gone_is_named() -> None:
    with pytest.raises(Explained, match="not kept any more"):
        freeze_study(made_study(), lambda id: (), "0")


def test_every_language_has_the_same_words_with_the_same_places() -> None:
    english = study_language("en")
    for language in LANGUAGES:
        words = study_language(language)
        assert set(words) == set(english)
        for name, text in english.items():
            assert [f"{{{place}}}" in words[name] for place in ("minutes", "letter", "answer", "assistant")] == [
                f"{{{place}}}" in text for place in ("minutes", "letter", "answer", "assistant")
            ]


def test_an_end_has_the_study_s_words_and_code() -> None:
    study = frozen(ends={"complete": EndPage("Bye.", "C123", "https://example.org/?cc={code}")})
    assert study.end_page("complete")["text"] == "Bye." and study.end_page("complete")["code"] == "C123"
    assert study.end_page("screened")["code"] == ""


@pytest.mark.parametrize("share", [0.5, 0.0], ids=["planted", "not planted"])
def test_who_withdraws_is_told_that_answers_were_made_wrong_on_purpose_where_they_were(share: float) -> None:
    study = frozen(wrong_share=share, ends={"withdrew": EndPage("Deleted.")})
    told = study.end_page("withdrew")["text"]
    assert told.startswith("Deleted.") and ("made on purpose" in told) == study.study.plants_faults == bool(share)
    assert "made on purpose" not in study.end_page("screened")["text"]


def test_a_draft_with_nothing_in_it_comes_back() -> None:
    assert Study.from_json(json.loads(json.dumps(Study().to_json())), ALL_PATTERNS) == Study()
    assert replace(Study(), seed="x") != Study()


def test_a_draft_to_look_at_is_another_study_with_the_same_screens() -> None:
    study = frozen()
    assert study.as_draft.id != study.id
    assert study.as_draft.page_steps(4) == study.page_steps(4)


def test_places_of_a_closed_arm_are_wanted_only_where_somebody_completed_them() -> None:
    study = frozen(design="between", wanted=12)
    people = made_people(study, 4)
    closed = study.arm_at(people[0].slot)
    done = sum(study.arm_at(person.slot) == closed for person in people)
    assert study.wanted_people(12, {closed}, people) == sum(study.arm_at(place) != closed for place in range(12)) + done
    assert study.wanted_people(12, (), people) == 12 and study.wanted_people(12, {"a", "b", "c"}, people) == 4
    assert frozen(wanted=12).wanted_people(12, {"a"}, people) == 12 and frozen().arm_at(0) == ""


@pytest.mark.parametrize("arm", ["a", "b", "c"])
def test_a_preview_begins_at_a_place_that_shows_the_arm_that_is_asked_for(arm: str) -> None:
    study = frozen(design="between")
    place = study.place_showing(arm)
    assert study.arm_at(place) == arm and arm not in [study.arm_at(number) for number in range(place)]
    assert study.place_showing("gone") == study.place_showing("") == frozen().place_showing(arm) == 0

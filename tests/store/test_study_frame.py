"""Study frames: every answer of a study is one row that says what was shown."""

import json
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from components.store import Store, StudyRecord
from components.store.participation import JoinRequest, PostedAnswer
from components.store.study_frame import TRIAL_COLUMNS, judge_words
from components.store.study_people_frame import PEOPLE_COLUMNS, study_frames
from components.study.person_answers import gather_people
from tests.study.made_people import made_people, made_person, with_data
from tests.study.made_study import frozen

STUDY = frozen(battery=("first", "accept", "trust", "speed", "felt_complete"))


def test_each_answer_to_a_trial_is_a_row_with_what_was_shown() -> None:
    people = made_people(STUDY, 6)
    trials = study_frames(STUDY, people).trials
    assert len(trials) == 6 * 9 * 5 and tuple(trials.columns) == TRIAL_COLUMNS
    assert trials.groupby("participant")["wrong"].sum().eq(3 * 5).all()
    assert Counter(trials["arm"]) == {"a": 90, "b": 90, "c": 90} and set(trials["arm_name"]) == {
        "Streams", "Waits", "Bare"}  # fmt: skip
    one = trials[trials["participant"].eq("person-2") & trials["item"].eq("accept")]
    assert one["number"].tolist() == [*range(1, 10)] and one["position"].tolist() == [1, 2, 3] * 3
    steps = [step for step in STUDY.steps(2) if step.kind == "trial"]
    assert one["recording"].tolist() == [step.panes[0].recording for step in steps]
    assert one["wrong"].tolist() == [step.wrong for step in steps]
    assert set(one["value"]) <= {0.0, 1.0} and set(one["choice"]) <= {"accept", "change"}
    assert one["painted_first"].eq(0.81).all() and not one["void"].any()


def test_side_by_side_a_choice_is_the_arm_that_stood_there() -> None:
    study = frozen(design="side")
    person = made_person(study, 0, lambda rng, step, item: "B" if item.name == "prefer" else None)
    trials = study_frames(study, [person]).trials
    assert set(trials["item"]) == {"prefer"} and trials["choice"].eq(trials["right"]).all()
    assert trials["arm"].eq("").all() and trials["left"].ne(trials["right"]).all()
    rated = study_frames(study, [made_person(study, 1)]).trials.query("item == 'trust'")
    assert (rated["arm"] == rated["left"].where(rated["pane"].eq("A"), rated["right"])).all()


def test_scores_are_those_of_the_instruments_by_arm() -> None:
    frames = study_frames(STUDY, made_people(STUDY, 2))
    scores = frames.scores
    assert Counter(scores["score"]) == {"propensity": 2, "trust": 6, "usability": 6, "sus_equivalent": 6}
    assert set(scores.loc[scores["place"].eq("after_arm"), "arm"]) == {"a", "b", "c"}
    items = frames.items.query("instrument == 's-tias' and participant == 'person-0' and block == 2")["value"]
    trust = scores.query("instrument == 's-tias' and participant == 'person-0' and block == 2")["value"]
    assert trust.tolist() == pytest.approx([items.mean()])


def test_a_score_with_a_missing_item_is_missing() -> None:
    person = made_person(STUDY, 0)
    items = {name: value for name, value in person.answers["after-1"].items.items() if name != "s-tias.2"}
    scores = study_frames(STUDY, [with_data(person, "after-1", items=items)]).scores
    assert scores.query("block == 1").set_index("score")["value"].isna().to_dict() == {
        "trust": True, "usability": False, "sus_equivalent": False}  # fmt: skip


def test_simulated_people_are_never_mixed_in_and_who_withdrew_is_gone() -> None:
    real, robot, gone = made_person(STUDY, 0), replace(made_person(STUDY, 1), simulated=True), made_person(STUDY, 2)
    people = [real, robot, replace(gone, end="withdrew", answers={})]
    assert study_frames(STUDY, people).people["participant"].tolist() == ["person-0"]
    assert study_frames(STUDY, people, simulated=True).trials["participant"].unique().tolist() == ["person-1"]


def test_who_left_before_the_end_is_told_and_not_counted() -> None:
    left = made_person(STUDY, 1)
    left = replace(left, end="", ended="", answers=dict(list(left.answers.items())[:4]))
    frames = study_frames(STUDY, [made_person(STUDY, 0), left])
    assert frames.counted_people.tolist() == ["person-0"] and len(frames.people) == 2
    row = frames.people.set_index("participant").loc["person-1"]
    assert row["answered"] == 4 and row["last_step"] == "trial-02" and pd.isna(row["minutes"])
    assert frames.people.set_index("participant").loc["person-0", "minutes"] == 9.0


def test_what_was_said_at_the_end_stands_with_the_person() -> None:
    people = study_frames(STUDY, made_people(STUDY, 3)).people
    assert tuple(people.columns) == PEOPLE_COLUMNS
    assert set(people["preference"]) <= {"a", "b", "c"} and people["strength"].between(1, 7).all()
    assert people["preference_name"].ne("").all() and people["guess"].eq("own words").all()


def test_frames_without_people_have_their_columns_and_types() -> None:
    frames = study_frames(STUDY, [])
    assert len(frames.trials) == len(frames.scores) == len(frames.people) == 0
    assert frames.trials["value"].dtype == "float64" and frames.people["excluded"].dtype == "bool"
    assert frames.counted_people.empty


def test_what_the_store_kept_becomes_the_same_frames(location: str) -> None:
    store, person = Store.open(location), made_person(STUDY, 0)
    store.keep_study(StudyRecord(STUDY.id, "work", "A study", dict(STUDY.content)), STUDY.timelines)
    store.set_study_state(STUDY.id, "open", 3)
    link = store.keep_link(STUDY.id, "many").id
    steps = frozenset(person.answers)
    posted = [
        PostedAnswer(f"a{number}", person.id, STUDY.id, step, "d", json.dumps(answer.data), steps,
                     judge=lambda contents: "complete" if len(contents) == len(steps) else "")
        for number, (step, answer) in enumerate(person.answers.items())
    ]  # fmt: skip
    store.keep_participation([JoinRequest(person.id, STUDY.id, link), *posted])
    kept = gather_people(store.participants(STUDY.id), store.study_answers(STUDY.id))
    store.close()
    found, expected = study_frames(STUDY, kept), study_frames(STUDY, [person])
    assert found.people["end"].tolist() == ["complete"] and found.counted_people.tolist() == [person.id]
    assert found.trials.drop(columns="at").equals(expected.trials.drop(columns="at"))
    assert found.scores.equals(expected.scores)


def test_own_words_are_judged_only_where_a_right_answer_is_known() -> None:
    assert pd.isna(judge_words("Nobody has asked this yet?", "42")) and pd.isna(judge_words("", ""))

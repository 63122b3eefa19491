"""Which arm shows which question: crossed over people, the same errors in each arm, no question twice."""

from collections import Counter

import pytest

from components.study.trial_plan import Slot, Trial, slot_plan, tasks_needed, trials_of
from tests.study.made_study import ARMS, made_study, made_tasks


def flat(study: object, slot: Slot) -> list[Trial]:
    return [trial for block in trials_of(study, slot) for trial in block]  # type: ignore[arg-type]


def test_nobody_sees_a_question_twice_where_there_are_enough() -> None:
    study = made_study()
    assert tasks_needed(study) == 9 <= len(study.tasks)
    for slot in slot_plan(study, 36):
        questions = [trial.task.question for trial in flat(study, slot)]
        assert len(set(questions)) == len(questions) == 9


def test_every_arm_has_its_trials_and_its_share_of_wrong_answers() -> None:
    study = made_study()
    for slot in slot_plan(study, 12):
        for block in trials_of(study, slot):
            assert len(block) == 3
            assert sum(trial.wrong for trial in block) == 1


def test_over_whole_rotations_each_arm_gets_the_same_questions_with_the_same_errors() -> None:
    study = made_study(tasks=made_tasks()[:9])
    met: dict[str, Counter[tuple[str, bool]]] = {arm.key: Counter() for arm in ARMS}
    for slot in slot_plan(study, 6 * 3):
        for trial in flat(study, slot):
            met[trial.arms[0].key][trial.task.question, trial.wrong] += 1
    assert met["a"] == met["b"] == met["c"]


@pytest.mark.parametrize("design", ["within", "between", "side"])
def test_the_plan_is_the_same_each_time_and_more_people_change_nothing(design: str) -> None:
    study = made_study(design=design)
    assert slot_plan(study, 40)[:20] == slot_plan(study, 20)
    assert trials_of(study, slot_plan(study)[5]) == trials_of(study, slot_plan(study)[5])


def test_between_people_each_person_has_one_arm() -> None:
    study = made_study(design="between")
    arms = [{trial.arms[0].key for trial in flat(study, slot)} for slot in slot_plan(study, 30)]
    assert all(len(met) == 1 for met in arms)
    assert {key for met in arms for key in met} == {"a", "b", "c"}


def test_side_by_side_each_pair_stands_both_ways_equally_often() -> None:
    study = made_study(design="side", trials=1)
    slots = slot_plan(study, 12)
    sides = Counter(tuple(arm.key for arm in trial.arms) for slot in slots for trial in flat(study, slot))
    assert sides["a", "b"] == sides["b", "a"] == sides["a", "c"] == sides["c", "a"] == 6


def test_a_sweep_of_errors_has_one_arm_a_level() -> None:
    study = made_study(sweep="errors", levels=(0.0, 0.25, 0.5), trials=4)
    assert [study.wrong_count(arm) for arm in study.shown_arms] == [0, 1, 2]
    for slot in slot_plan(study, 6):
        by_level = {block[0].arms[0].level: sum(trial.wrong for trial in block) for block in trials_of(study, slot)}
        assert by_level == {0.0: 0, 0.25: 1, 0.5: 2}


def test_a_sweep_of_waits_delays_the_first_word() -> None:
    study = made_study(sweep="latency", levels=(1.0, 8.0))
    assert [arm.weather[-1].first for arm in study.shown_arms] == [1.0, 8.0]  # type: ignore[attr-defined]
    assert study.plants_faults

"""Quality flags: what is flagged, and whom the study's own rule leaves out."""

from dataclasses import replace

import pytest

from components.study.person_answers import PersonAnswers, StepAnswer
from components.study.quality_flags import PersonQuality, QualityFlag, exclusion_reasons, judge_people
from components.study.study import ExclusionRule
from tests.study.made_people import answer_plainly, made_people, made_person, pane_seen, step_data, with_data
from tests.study.made_study import frozen

STUDY = frozen()
CAREFUL = made_person(STUDY, 0)


def judged(person: PersonAnswers) -> PersonQuality:
    return judge_people(STUDY, [person])[person.id]


def kinds(person: PersonAnswers) -> list[str]:
    return [flag.kind for flag in judged(person).flags]


def test_a_careful_person_has_no_flag_and_stays() -> None:
    found = judged(CAREFUL)
    assert found.flags == () and not found.is_excluded
    assert (found.checks_asked, found.checks_failed, found.trials, found.void_trials) == (2, 0, 9, 0)


def test_a_page_under_two_seconds_an_item_is_flagged_and_leaves_nobody_out_alone() -> None:
    hasty = made_person(STUDY, 0, seconds=1.9)
    assert kinds(hasty) == ["pace"] and not judged(hasty).is_excluded
    assert kinds(made_person(STUDY, 0, seconds=2.1)) == []


def test_who_is_three_times_as_fast_as_the_others_has_a_speed_index_of_three() -> None:
    people = [*made_people(STUDY, 12), made_person(STUDY, 12, seconds=2.001), made_person(STUDY, 13, seconds=3.1)]
    found = judge_people(STUDY, people)
    assert found["person-12"].speed_index == pytest.approx(2.9985, abs=0.001)
    assert [flag.reason for flag in found["person-12"].flags] == ["relative speed index 3.0, over 2"]
    assert found["person-0"].speed_index == pytest.approx(1.0) and found["person-13"].flags == ()


def test_the_same_answer_to_items_for_and_against_is_flagged_and_never_excludes_alone() -> None:
    straight = made_person(
        STUDY, 0, lambda rng, step, item: 3.0 if "propensity" in item.name else answer_plainly(rng, step, item)
    )
    assert kinds(straight) == ["same"] and not judged(straight).is_excluded


def test_failed_checks_exclude_both_and_not_one() -> None:
    def failing(which: tuple[str, ...]) -> PersonAnswers:
        return made_person(
            STUDY, 0, lambda rng, step, item: 4.0 if item.name in which else answer_plainly(rng, step, item)
        )

    assert kinds(failing(("check-1",))) == ["check"] and not judged(failing(("check-1",))).is_excluded
    assert judged(failing(("check-1", "check-2"))).reasons == ("2 of 2 attention checks failed",)


def test_two_independent_flags_exclude_by_name_and_two_of_one_kind_do_not() -> None:
    page = {**CAREFUL.answers["after-1"].data["page"], "hides": 2, "hidden_ms": 14_000.0}
    away = with_data(made_person(STUDY, 0, seconds=1.5), "after-1", page=page)
    reasons = judged(away).reasons
    assert len(reasons) == 1 and "2 independent flags" in reasons[0] and "hid the tab 2 times, 14 s" in reasons[0]
    twice = PersonQuality("x", (QualityFlag("pace", "a"), QualityFlag("pace", "b")), 2, 0, 9, 0, 3.0, {})
    assert exclusion_reasons(ExclusionRule(), twice) == ()


@pytest.mark.parametrize(("void", "excluded"), [(2, False), (3, True)])
def test_more_than_a_quarter_of_the_trials_void_excludes(void: int, excluded: bool) -> None:
    person = CAREFUL
    for number in range(1, void + 1):
        late = [{"play": "p", "panes": [pane_seen("A", late=0.25)]}]
        person = with_data(person, f"trial-{number:02}", play=late)
    assert judged(person).void_trials == void and judged(person).is_excluded is excluded


def test_painted_a_twentieth_of_a_long_answer_late_is_not_void_yet() -> None:
    def seen(late: float) -> int:
        play = [{"play": "p", "panes": [pane_seen("A", first=10.0, complete=20.0, late=late)]}]
        return judged(with_data(CAREFUL, "trial-01", play=play)).void_trials

    assert [seen(0.09), seen(0.49), seen(0.51)] == [0, 0, 1]


def test_a_part_of_the_rule_that_is_switched_off_leaves_nobody_out() -> None:
    bad = PersonQuality("x", (QualityFlag("pace", "a"), QualityFlag("away", "b")), 2, 2, 4, 4, 3.0, {})
    assert len(exclusion_reasons(ExclusionRule(), bad)) == 3
    assert exclusion_reasons(ExclusionRule(0, 0, 0.0), bad) == ()


def test_signs_of_a_robot_are_told_and_never_exclude() -> None:
    signs = {"keys": 0, "pastes": 9, "untrusted": 40, "webdriver": True, "trap": "buy now"}
    found = judged(with_data(CAREFUL, "end", signs=signs))
    assert (found.signs["untrusted"], found.signs["webdriver"], found.signs["trap"]) == (40, 1, "buy now")
    assert found.flags == () and not found.is_excluded


@pytest.mark.parametrize("data", [{}, {"items": None, "took": [], "page": 3, "play": "x", "signs": 1},
                                  {"took": {"answered_ms": "soon"}, "play": [{"panes": 7}, 3]}])  # fmt: skip
def test_garbled_answers_are_read_as_missing(data: dict[str, object]) -> None:
    broken = replace(CAREFUL, answers={step: StepAnswer(data) for step in CAREFUL.answers})
    assert judged(broken).void_trials == 9 and judged(broken).checks_failed == 2


def test_the_answers_of_a_replay_are_about_what_was_played_last() -> None:
    step = STUDY.steps(0)[[step.kind for step in STUDY.steps(0)].index("trial")]
    late = {"play": "1", "panes": [pane_seen("A", late=0.5)]}
    again = {**step_data(step, {}), "play": [late, {"play": "2", "panes": [pane_seen("A")]}]}
    assert judged(replace(CAREFUL, answers={**CAREFUL.answers, step.id: StepAnswer(again)})).void_trials == 0

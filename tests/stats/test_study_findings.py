"""Study findings: what a whole study shows, from the answers of its people to the corrected claims."""

import random
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.stats.arm_contrasts import ArmContrast
from components.stats.crossed_reml import MeanContrast
from components.stats.study_families import adjust_contrasts, is_claimed
from components.stats.study_findings import StudyFindings, study_results
from components.store.study_people_frame import study_frames
from components.study.frozen_study import FrozenStudy
from components.study.study_item import StudyItem
from components.study.study_steps import StudyStep
from tests.study.made_people import answer_plainly, made_people, made_person
from tests.study.made_study import frozen

STUDY = frozen(wanted=18)
LIKED = {"a": 80.0, "b": 55.0, "c": 55.0}


def lean_to_a(rng: random.Random, step: StudyStep, item: StudyItem) -> object:
    """Trusts a more, uses its right answers and leaves its wrong ones, prefers it."""
    arm = step.panes[0].arm if step.panes else ""
    if item.name == "trust":
        return float(np.clip(rng.gauss(LIKED[arm], 10), 0, 100))
    if item.name == "accept" and arm == "a":
        return "change:" if step.wrong and rng.random() < 0.9 else "accept"
    if item.name == "preference":
        return "a" if rng.random() < 0.9 else "b"
    return answer_plainly(rng, step, item)


def findings(study: FrozenStudy = STUDY, count: int = 18) -> StudyFindings:
    found = study_results(study.study, study_frames(study, made_people(study, count, lean_to_a))).counted
    assert found is not None
    return found


FOUND = findings()


def claim(item: str, first: str, second: str) -> ArmContrast:
    return next(
        one for one in FOUND.claims.contrasts if (one.item, one.first, one.second) == (item, first, second)
    )  # fmt: skip


def test_what_was_planted_is_found_and_nothing_else_is_claimed() -> None:
    assert is_claimed(claim("trust", "a", "b")) and is_claimed(claim("trust", "a", "c"))
    assert claim("trust", "a", "b").shown_interval.estimate == pytest.approx(25, abs=6)
    assert is_claimed(claim("trust_calibration", "a", "b"))
    claimed = {(one.item, one.first, one.second) for one in FOUND.claims.primary if is_claimed(one)}
    assert claimed == {(item, "a", other) for item in ("trust", "trust_calibration") for other in "bc"}


def test_the_primary_family_is_speed_trust_and_calibration_times_every_pair() -> None:
    assert len(FOUND.claims.primary) == 9 and {one.item for one in FOUND.claims.primary} == {
        "speed", "trust", "trust_calibration"}  # fmt: skip
    rest = [one for one in FOUND.claims.contrasts if one not in FOUND.claims.primary]
    assert {one.family for one in rest} == {"exploratory, Benjamini–Hochberg"}
    assert {"felt_complete", "s-tias.trust", "umux-lite.usability"} == {one.item for one in rest}


def test_every_part_of_a_study_is_there() -> None:
    assert FOUND.people == 18 and FOUND.arms == ("a", "b", "c")
    assert [one.arm for one in FOUND.reliance] == ["a", "b", "c"]
    assert FOUND.reliance[0].calibration.estimate > 0.6 and FOUND.reliance[0].counts["wrong"] == 18
    assert FOUND.preferences[0].count >= 12 and FOUND.sides is None and not FOUND.crossings
    assert {(one.instrument, one.arm) for one in FOUND.scores} >= {("s-tias", "a"), ("propensity", "")}
    assert FOUND.clocks["felt_complete"]["a"] == pytest.approx(4.01)


def test_outcomes_stay_hidden_until_the_planned_people_are_complete() -> None:
    early = study_results(STUDY.study, study_frames(STUDY, made_people(STUDY, 17)))
    assert early.counted is None and early.everybody is None and "18" in early.hidden and early.complete == 17
    sequential = frozen(wanted=18, stopping="sequential")
    assert study_results(sequential.study, study_frames(sequential, made_people(sequential, 5))).counted is not None


def test_results_are_given_with_and_without_those_whom_the_rule_leaves_out() -> None:
    inattentive = made_person(STUDY, 18, lambda rng, step, item: 4.0 if item.right else answer_plainly(rng, step, item))
    people = [*made_people(STUDY, 18, lean_to_a), inattentive]
    people[-1] = replace(people[-1], end="failed")
    found = study_results(STUDY.study, study_frames(STUDY, people))
    assert found.counted is not None and found.everybody is not None
    assert (found.counted.people, found.everybody.people, found.complete) == (18, 19, 18)


def test_a_sweep_tells_the_level_and_calls_every_contrast_exploratory() -> None:
    swept = frozen(sweep="errors", levels=(0.0, 1 / 3, 2 / 3), wanted=12)

    def answering(rng: random.Random, step: StudyStep, item: StudyItem) -> object:
        if item.name == "trust":
            share = {"level0": 0.0, "level1": 1 / 3, "level2": 2 / 3}[step.panes[0].arm]
            return float(np.clip(rng.gauss(80 - 60 * share, 5), 0, 100))
        return answer_plainly(rng, step, item)

    found = study_results(swept.study, study_frames(swept, made_people(swept, 12, answering))).counted
    assert found is not None and not found.claims.primary
    trust = next(one for one in found.crossings if one.item == "trust")
    assert trust.crossing.estimate == pytest.approx(0.5, abs=0.06) and trust.crossing.high < inf


def test_side_by_side_gives_choices_and_both_questions() -> None:
    side = frozen(design="side", wanted=12)
    found = study_results(side.study, study_frames(side, made_people(side, 12))).counted
    assert found is not None and found.sides is not None and found.faster is not None
    assert found.sides.people == 12 and found.sides.trials == 12 * 9 and not found.reliance


def contrast(item: str, p: float) -> ArmContrast:
    return ArmContrast(item, "value", "a", "b", "t", MeanContrast(1.0, 0.5, 1.5, p, 0.25, 30, 31))


def test_holm_runs_over_the_primary_family_alone() -> None:
    ps = (0.01, 0.04, 0.03, 0.005)
    found = adjust_contrasts([*(contrast("trust", p) for p in ps), contrast("likely", 0.04)])
    assert [one.p_adjusted for one in found.contrasts] == pytest.approx([0.03, 0.06, 0.06, 0.02, 0.04])
    assert found.open_alpha == 0.025 and len(found.primary) == 4


@settings(max_examples=30)
@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=9))
def test_what_is_ruled_out_is_never_less_sure_than_what_holm_still_asks(ps: list[float]) -> None:
    found = adjust_contrasts([contrast("trust", p) for p in ps])
    for one in found.primary:
        ruled = found.ruled_out(one)
        assert ruled.low <= one.mean.low + 1e-3 or found.open_alpha == 0.05
        assert ruled.estimate == one.mean.estimate and one.p_adjusted >= one.mean.p

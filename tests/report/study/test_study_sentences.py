"""Study sentences: what may be said of a study, and what must not."""

from dataclasses import replace
from functools import cache
from math import inf, isfinite, nan

import pytest

from components.core.prototype import Prototype
from components.report.study.preregistration import preregistration_markdown
from components.report.study.side_verdicts import side_verdict
from components.report.study.study_basis import study_basis
from components.report.study.study_sentences import (
    arm_names,
    claimed_sentence,
    crossing_sentence,
    open_sentence,
    reliance_sentence,
)
from components.report.study.study_verdicts import (
    budget_sentence,
    exclusion_sentence,
    study_verdicts,
)
from components.report.study.verdict_parts import StudyVerdict
from components.stats.arm_contrasts import ArmContrast
from components.stats.crossed_reml import MeanContrast
from components.stats.interval import Interval
from components.stats.side_choices import SideChoices
from components.stats.sign_counts import SignCount
from components.stats.study_findings import StudyResults, study_results
from components.stats.sweep_curves import SweepCrossing
from components.stats.trust_calibration import ArmReliance
from components.store.study_erasures import StudyErasure
from components.store.study_people_frame import StudyFrames, study_frames
from components.study.frozen_study import FrozenStudy
from components.study.study import OwnItem, StudyArm
from components.study.study_item import ItemKind, StudyItem
from tests.stats.test_study_findings import lean_to_a
from tests.study.made_people import answer_plainly, made_people, made_person, with_data
from tests.study.made_study import frozen, made_study

NAMES = {"a": "Streams", "b": "Waits"}


def contrast(item: str, measure: str, *ends: float, n: int = 36) -> ArmContrast:
    low, estimate, high = ends
    return ArmContrast(item, measure, "a", "b", "t", MeanContrast(estimate, low, high, 0.001, 1.0, n - 1, n))


CLAIMS = (
    (contrast("trust", "value", 3, 8, 13), "Streams is trusted more than Waits by 8 points of 100 (3 to 13)"),
    (
        contrast("speed", "value", -1.2, -0.8, -0.3),
        "Waits is rated faster than Streams by 0.8 points of 7 (0.3 to 1.2)",
    ),
    (
        contrast("trust_calibration", "value", 0.05, 0.18, 0.31),
        "With Streams people tell right answers from wrong ones better than with Waits, by 18 percentage points "
        "(5 to 31)",
    ),
    (
        contrast("felt_first", "felt", -0.7, -0.5, -0.3),
        "Streams feels faster than Waits to the first words: 0.61 × as long (0.50 to 0.74)",
    ),
    (
        contrast("felt_first", "felt", 0.3, 0.5, 0.7),
        "Waits feels faster than Streams to the first words: 0.61 × as long (0.50 to 0.74)",
    ),
    (
        contrast("s-tias.trust", "value", 0.2, 0.9, 1.6),
        "Trust (S-TIAS): Streams is higher than Waits by 0.9 points (0.2 to 1.6)",
    ),
)


@pytest.mark.parametrize(("found", "sentence"), CLAIMS)
def test_a_difference_is_said_with_its_size_its_interval_and_its_people(found: ArmContrast, sentence: str) -> None:
    assert claimed_sentence(found, NAMES) == f"{sentence}, n = 36."


def test_an_open_pair_says_what_is_ruled_out_and_no_margin_is_made_up() -> None:
    found, possible = contrast("trust", "value", -3, 1, 5), Interval(1, -3.4, 5.4, 36)
    assert open_sentence(found, possible, NAMES, None) == (
        "Streams against Waits: no difference shown, more than 5.4 points of 100 is ruled out, n = 36."
    )
    assert "no difference that matters" not in open_sentence(found, possible, NAMES, 5.0)
    assert "no difference that matters. 6 points were declared" in open_sentence(found, possible, NAMES, 6.0)
    assert "matters" not in open_sentence(replace(found, item="speed"), possible, NAMES, 6.0)
    unknown = open_sentence(replace(found, note="one person: no interval"), Interval(1, nan, nan, 1), NAMES, 6.0)
    assert unknown == "Streams against Waits: undecided, one person: no interval, n = 36."


@pytest.mark.parametrize(
    ("item", "width"), [("trust", 100), ("speed", 6), ("trust_calibration", 2), ("s-tias.trust", 6)]
)  # fmt: skip
def test_what_lies_beyond_the_scale_is_not_told_as_ruled_out(item: str, width: float) -> None:
    found = contrast(item, "value", -3, 1, 5)
    beyond = open_sentence(found, Interval(1, -width, 1, 2), NAMES, None)
    assert beyond == "Streams against Waits: no difference shown, and none is ruled out yet, n = 2."
    within = open_sentence(found, Interval(1, -0.9 * width, 1, 2), NAMES, None)
    assert "more than" in within and "is ruled out" in within


def test_a_scale_that_is_not_known_has_no_largest_difference() -> None:
    assert "more than 900 points is ruled out" in open_sentence(
        contrast("own.calm", "value", -3, 1, 5), Interval(1, -900, 1, 2), NAMES, None
    )


@pytest.mark.parametrize(
    ("kind", "least", "width"), [("scale", 1, 4), ("slider", 0, 100), ("slider", 20, 80), ("seconds", 0, inf)]
)
def test_an_own_question_is_told_in_its_words_and_rules_out_nothing_beyond_its_scale(
    kind: ItemKind, least: float, width: float
) -> None:
    own = (OwnItem("after_arm", StudyItem("q1", kind, "How calm were you?", least=least, points=5)),)
    found, edge = contrast("own.q1", "value", -3, 1, 5), min(width, 900.0)
    beyond = open_sentence(found, Interval(1, -edge, 1, 2), NAMES, None, own)
    assert ("none is ruled out yet" in beyond) is isfinite(width)
    assert "is ruled out, n" in open_sentence(found, Interval(1, -0.9 * edge, 1, 2), NAMES, None, own)
    claim = claimed_sentence(contrast("own.q1", "value", 0.2, 0.9, 1.6), NAMES, own)
    assert claim == "“How calm were you?”: Streams is higher than Waits by 0.9 points (0.2 to 1.6), n = 36."


def reliance(**changes: object) -> ArmReliance:
    share = Interval(0.35, 0.2, 0.5, 36)
    none = Interval(nan, nan, nan, 0)
    counts = {"right": 108, "wrong": 36, "first wrong, answer right": 0, "first right, answer wrong": 0}
    plain = ArmReliance("a", Interval(0.47, 0.36, 0.58, 36), share, Interval(0.18, 0.1, 0.3, 36), none, none, none,
                        none, counts)  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_the_headline_has_both_shares_and_their_denominators() -> None:
    assert reliance_sentence(reliance(), "Streams") == (
        "With Streams, people would use 82 % of the right answers (108 shown) and 35 % of the wrong ones (36 shown): "
        "trust calibration 47 points (36 to 58), n = 36."
    )
    counts = {**reliance().counts, "first wrong, answer right": 20, "wrong": 36}
    assert "in 60 % of 20 trials" in reliance_sentence(
        reliance(switched=Interval(0.6, 0.4, 0.8, 9), counts=counts), "X"
    )
    nothing_right = reliance_sentence(reliance(counts={**counts, "right": 0}), "X")
    assert nothing_right == "With X every answer was wrong, and people would use 35 % of them (36 shown)."
    nothing_wrong = reliance_sentence(reliance(counts={**counts, "wrong": 0}), "X")
    assert "cannot be told" in nothing_wrong and "calibration" not in nothing_wrong


BEYOND = "beyond, mean trust falls below 50 of 100."


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ((0.34, 0.22, 0.41), f"Trusted up to 34 % wrong (22 to 41), n = 60: {BEYOND}"),
        ((0.34, 0.22, inf), f"Trusted up to 34 % wrong (22 to beyond the highest level), n = 60: {BEYOND}"),
        ((inf, inf, inf), "Trusted at every level, up to 60 % wrong, n = 60."),
        ((-inf, -inf, 0.1), "Trusted at no level, not even at 0 % wrong, n = 60."),
    ],
)
def test_a_level_is_said_with_its_interval_also_beyond_the_sweep(
    ends: tuple[float, float, float], sentence: str
) -> None:
    study = made_study(sweep="errors", levels=(0.0, 0.3, 0.6))
    assert (
        crossing_sentence(
            SweepCrossing("trust", 50, Interval(ends[0], ends[1], ends[2], 60), (0.0, 0.3, 0.6), ()), study
        )
        == sentence
    )


def test_one_is_preferred_only_where_it_beats_no_difference_too() -> None:
    def choices(tie: float) -> SideChoices:
        share = Interval(0.8, 0.7, 0.9, 40)
        ties = {("a", "b"): Interval(tie, tie - 0.1, tie + 0.1, 40)}
        left, signs = Interval(0.5, 0.4, 0.6, 40), {("a", "b"): SignCount(30, 5, 5)}
        return SideChoices({"a": 0, "b": -1}, {("a", "b"): share}, ties, left, signs, 0.0, False, 160, 40)

    assert side_verdict("choice", choices(0.7), NAMES).tone == "shown"
    liked_by_few = side_verdict("choice", choices(0.4), NAMES)
    assert side_verdict("choice", choices(0.4), NAMES, lasting=True).tone == "shown"
    assert liked_by_few.tone == "none" and "As many or more see no difference." in liked_by_few.detail


STUDY = frozen(wanted=18)


@cache
def results() -> tuple[FrozenStudy, StudyFrames, StudyResults]:
    frames = study_frames(STUDY, made_people(STUDY, 18, lean_to_a))
    return STUDY, frames, study_results(STUDY.study, frames)


def by_topic() -> dict[str, StudyVerdict]:
    return {verdict.topic: verdict for verdict in study_verdicts(STUDY.study, results()[2])}


def test_the_verdicts_of_a_study_say_what_was_planted_primary_ones_first() -> None:
    said = by_topic()
    assert said["trust"].text.startswith("Streams is trusted more than") and said["trust"].tone == "shown"
    assert (
        said["satisfaction with the speed"].tone == "none"
        and said["satisfaction with the speed"].text == "No difference in satisfaction with the speed is shown."
    )
    assert said["satisfaction with the speed"].detail.count("is ruled out") == 3
    assert "trust calibration" in said["trust calibration"].detail
    assert "people would rather use Streams" in said["preference"].text
    order = [verdict.primary for verdict in study_verdicts(STUDY.study, results()[2])]
    assert order == sorted(order, reverse=True) and sum(order) == 3
    assert all("Exploratory" in verdict.detail for verdict in said.values() if not verdict.primary)


def test_hidden_outcomes_are_one_sentence_and_no_number_of_them() -> None:
    early = study_results(STUDY.study, study_frames(STUDY, made_people(STUDY, 4)))
    (verdict,) = study_verdicts(STUDY.study, early)
    assert (
        verdict.tone == "early"
        and "hidden until 18 people" in verdict.text
        and exclusion_sentence(STUDY.study, early) == ""
    )


def test_one_who_is_complete_is_told_as_one() -> None:
    assert study_results(STUDY.study, study_frames(STUDY, made_people(STUDY, 1))).hidden.endswith(": 1 is so far.")
    assert study_results(STUDY.study, study_frames(STUDY, made_people(STUDY, 2))).hidden.endswith(": 2 are so far.")


def test_no_two_results_have_the_same_words_at_their_top() -> None:
    for lean in (answer_plainly, lean_to_a):
        frames = study_frames(STUDY, made_people(STUDY, 18, lean))
        said = [verdict.text for verdict in study_verdicts(STUDY.study, study_results(STUDY.study, frames))]
        assert len(said) == len(set(said))
    felt = {text for text in said if "felt time to the complete answer" in text}
    assert "No difference in felt time to the complete answer against the clock is shown." in felt


def test_a_sequential_study_says_nothing_before_twenty_people() -> None:
    study = frozen(wanted=18, stopping="sequential")
    found = study_results(study.study, study_frames(study, made_people(study, 18, lean_to_a)))
    said = {verdict.topic: verdict for verdict in study_verdicts(study.study, found)}
    assert said["trust"].tone == "early" and "needs 20 people" in said["trust"].detail
    assert "however often" in budget_sentence(study.study) and "Holm" in budget_sentence(STUDY.study)


def test_the_basis_names_who_is_left_out_and_why_and_what_was_planted() -> None:
    failed = made_person(STUDY, 1, lambda rng, step, item: 4.0 if item.right else answer_plainly(rng, step, item))
    robot = with_data(made_person(STUDY, 2), "end", signs={"webdriver": True, "untrusted": 4})
    left = replace(made_person(STUDY, 3), end="", answers={})
    frames = study_frames(STUDY, [made_person(STUDY, 0), replace(failed, end="failed"), robot, left])
    said = " ".join(study_basis(STUDY, frames))
    assert "4 people began, 3 reached the end, 2 are counted." in said and "the beginning (1)" in said
    assert "person-1: 2 of 2 attention checks failed." in said and "1 person shows signs of a program" in said
    assert "1 wrong of 3 answers in each arm" in said and STUDY.id in said
    assert "No margin was declared beforehand" in said


def test_the_basis_counts_who_withdrew_and_whose_answers_were_deleted_apart() -> None:
    frames = study_frames(STUDY, made_people(STUDY, 2))
    erased = StudyErasure(STUDY.id, "gone", "asked", "complete", 9, "2026-11-02")
    said = study_basis(STUDY, frames, [erased], withdrawn=1)
    assert said[:2] == [
        "4 people began, 2 reached the end, 2 are counted.",
        "1 person withdrew: what they had answered was deleted at once and is in no result.",
    ]
    assert said[2].startswith("The answers of 1 person were deleted (1 at a request); 1 of them had completed it.")
    nobody_left = study_basis(STUDY, study_frames(STUDY, []), withdrawn=2)
    assert nobody_left[0] == "2 people began, 0 reached the end, 0 are counted."
    assert not any("withdrew" in sentence for sentence in study_basis(STUDY, frames))


def test_what_hangs_on_exclusions_is_said() -> None:
    _, _, found = results()
    assert "Nobody is left out" in exclusion_sentence(STUDY.study, found)
    assert found.counted is not None
    fewer = replace(found.counted, people=17)
    assert "the same differences are shown" in exclusion_sentence(STUDY.study, replace(found, counted=fewer))
    silent = replace(fewer, claims=replace(fewer.claims, contrasts=()))
    assert "hangs on who is left out" in exclusion_sentence(STUDY.study, replace(found, counted=silent))


def test_names_of_arms_are_told_apart_and_hostile_ones_stay_on_their_line() -> None:
    twice = made_study(arms=(StudyArm("a", Prototype("Same")), StudyArm("b", Prototype("Same"))))
    assert arm_names(twice) == {"a": "Same (a)", "b": "Same (b)"}
    hostile = made_study(arms=(StudyArm("a", Prototype("x\n‮evil")), StudyArm("b", Prototype("y" * 500))))
    assert "\n" not in arm_names(hostile)["a"] and len(arm_names(hostile)["b"]) <= 60


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"language": "de"}, True),
        ({"language": "de", "instruments_translated": False}, False),
        ({"language": "de", "instruments": {}}, False),
        ({"language": "en"}, False),
    ],
)
def test_results_and_the_plan_say_where_questionnaires_were_read_in_a_translation(
    changes: dict[str, object], told: bool
) -> None:
    study = frozen(**changes)
    said = [*study_basis(study, study_frames(study, ())), preregistration_markdown(study)]
    assert ["translation of ours" in " ".join(part) for part in (said[:-1], said[-1:])] == [told, told]

"""Strips: each person of a claim is a dot, and the interval that its sentence rests on stands behind them."""

import random
from math import isfinite

import pytest

from components.charts.shares_chart import votes_figure
from components.charts.strips_chart import strips_figure
from components.report.study.study_sentences import arm_names
from components.report.study.study_verdicts import judged_claims, study_verdicts
from components.stats.claim_strips import claim_strips
from components.stats.study_findings import study_results
from components.store.study_people_frame import study_frames
from components.study.study_item import StudyItem
from components.study.study_steps import StudyStep
from tests.study.made_people import answer_plainly, made_people
from tests.study.made_study import ARMS, frozen


def answer_by_arm(rng: random.Random, step: StudyStep, item: StudyItem) -> object:
    """The first arm is trusted by 20 points more."""
    if item.name == "trust" and step.panes:
        return float(rng.randint(40, 50) + 20 * (step.panes[0].arm == "a"))
    return answer_plainly(rng, step, item)


@pytest.mark.parametrize(
    ("changes", "rows"),
    [({"design": "within"}, 1), ({"design": "between"}, 2), ({"sweep": "errors", "levels": (0.0, 1.0)}, 2)],
)
def test_every_verdict_on_a_rating_has_its_people_and_its_interval(changes: dict[str, object], rows: int) -> None:
    study = frozen(arms=ARMS[:2], wanted=8, battery=("trust", "felt_complete"), **changes)
    frames = study_frames(study, made_people(study, 8, answer_by_arm))
    results = study_results(study.study, frames)
    assert results.counted is not None
    strips = claim_strips(study.study, frames, judged_claims(study.study, results.counted).contrasts)
    said = [one for one in study_verdicts(study.study, results) if (one.item, one.measure) in strips]
    assert ("trust", "value") in {(one.item, one.measure) for one in said}
    trust = strips["trust", "value"]
    assert len(trust) == rows and sum(len(strip.values) for strip in trust) == (
        8 if rows == 1 or "design" in changes else 16
    )
    for (item, measure), shown in strips.items():
        chart = strips_figure(shown, arm_names(study.study), "points", measure != "value", dark=item == "trust")
        dots = [trace for trace in chart.data if trace.mode == "markers"]
        assert [len(trace.x) for trace in dots] == [len(strip.values) for strip in shown]
        assert all(
            f"n = {len(strip.values)}" in note.text for strip, note in zip(shown, chart.layout.annotations, strict=True)
        )
        assert all(isfinite(end) for end in chart.layout.xaxis.range)


def test_a_sweep_shows_the_share_of_answers_accepted_and_a_questionnaire_its_scores() -> None:
    study = frozen(arms=ARMS[:2], wanted=8, sweep="errors", levels=(0.0, 1.0), battery=("accept",))
    frames = study_frames(study, made_people(study, 8))
    results = study_results(study.study, frames)
    assert results.counted is not None
    strips = claim_strips(study.study, frames, results.counted.claims.contrasts)
    (said,) = [one for one in study_verdicts(study.study, results) if one.topic == "sweep"]
    assert (said.item, said.measure) == ("accept", "value")
    for strip in strips["accept", "value"]:
        mine = frames.trials[frames.trials["arm"].eq(strip.first) & frames.trials["item"].eq("accept")]
        assert len(strip.values) == 8 and strip.interval.low <= strip.interval.estimate <= strip.interval.high
        assert sum(strip.values) / 8 == pytest.approx(100 * mine.groupby("participant")["value"].mean().mean())
    scored = [key for key in strips if "." in key[0]]
    assert scored and all(len(strip.values) == 8 for key in scored for strip in strips[key])


def test_what_people_would_rather_use_is_a_bar_with_the_interval_that_its_sentence_names() -> None:
    study = frozen(arms=ARMS[:2], wanted=20, battery=("trust",))
    found = study_results(study.study, study_frames(study, made_people(study, 20))).counted
    assert found is not None and sum(vote.count for vote in found.preferences) == 20
    for is_lasting in (False, True):
        chart = votes_figure(found.preferences, arm_names(study.study), is_lasting)
        bars = [trace.x[0] for trace in chart.data if trace.type == "bar"]
        assert bars == [vote.count / 20 for vote in found.preferences]
        lines = [tuple(trace.x) for trace in chart.data if trace.type == "scatter" and trace.mode == "lines"]
        told = [vote.lasting if is_lasting else vote.share for vote in found.preferences]
        assert lines == [(one.low, one.high) for one in told]


def test_a_difference_is_drawn_as_each_person_s_own_and_around_its_mean() -> None:
    study = frozen(arms=ARMS[:2], wanted=8, battery=("trust",))
    frames = study_frames(study, made_people(study, 8, answer_by_arm))
    results = study_results(study.study, frames)
    assert results.counted is not None
    (strip,) = claim_strips(study.study, frames, results.counted.claims.contrasts)["trust", "value"]
    assert (strip.first, strip.second) == ("a", "b") and all(8 <= value <= 32 for value in strip.values)
    assert strip.interval.low < sum(strip.values) / 8 < strip.interval.high

"""What ships about the bundled model follows from its kept answers, and the first screen's badge carries it.

Where one of these fails because questions or rules changed: `python -m components.tools.ask_bundled` asks what is new
and judges anew, `python -m components.tools.calibrate_bundled` works out the rest.
"""

import pytest

from components.core.calibration import Calibration
from components.design.lint import lint
from components.layers.confidence.badge import Badge
from components.layers.confidence.score import LOWEST_SPAN, MEAN_PROBABILITY, OWN_ESTIMATE, SELF_CONSISTENCY
from components.models.bundled import prepare_bundled
from components.models.calibration import calibration_files
from components.models.calibration.answer_sets import AnswerSet
from components.models.calibration.question_run import ANSWERS_FOLDER, TEMPERATURES
from components.prompts.answer_judging import is_right_answer
from components.prompts.packs import load_questions
from components.report.results.score_worth import score_worths
from components.ui.shared.samples import sample_recordings, starting_prototypes

pytestmark = pytest.mark.slow

KEPT = [AnswerSet.read(ANSWERS_FOLDER / f"temperature-{temperature:g}.jsonl") for temperature in TEMPERATURES]
SHIPPED = calibration_files.read_calibrations(calibration_files.SHIPPED_FOLDER / f"{prepare_bundled.MODEL_NAME}.json")


@pytest.mark.parametrize("answers", KEPT, ids=[f"{temperature:g}" for temperature in TEMPERATURES])
def test_every_question_was_answered_and_judged_by_todays_rules(answers: AnswerSet) -> None:
    known = {question.id: question for question in load_questions()}
    assert {row.question: row.asked for row in answers.rows} == {one.id: one.text for one in known.values()}
    assert [row.question for row in answers.rows if is_right_answer(known[row.question], row.answer) != row.right] == []


def test_the_calibrations_are_what_the_answers_give() -> None:
    made = [one.calibration for answers in KEPT for one in score_worths(answers) if one.calibration is not None]
    assert [(one.source, one.look, one.temperature) for one in SHIPPED] == [
        (one.source, one.look, one.temperature) for one in made
    ]
    for kept, anew in zip(SHIPPED, made, strict=True):
        assert (kept.fitted, kept.found.n, kept.found.right_count) == (
            anew.fitted,
            anew.found.n,
            anew.found.right_count,
        )
        assert numbers(kept) == pytest.approx(numbers(anew), abs=2e-3)


def numbers(one: Calibration) -> list[float]:
    found = one.found
    return [one.slope, one.shift, found.brier, found.auc, *found.auc_interval, found.ece, *found.chance]


def test_they_are_about_the_bundled_model_and_each_kind_of_score() -> None:
    card = sample_recordings()[0].card
    assert all(one.made_for(card) for one in SHIPPED)
    assert {one.source for one in SHIPPED} == {MEAN_PROBABILITY, LOWEST_SPAN, SELF_CONSISTENCY, OWN_ESTIMATE}
    assert all(
        calibration_files.closest_calibration(card, source)
        for source in (MEAN_PROBABILITY, LOWEST_SPAN, SELF_CONSISTENCY, OWN_ESTIMATE)
    )


def test_the_first_screens_badge_says_what_it_means_for_the_sample() -> None:
    careful, card = starting_prototypes()[2], sample_recordings()[0].card
    [badge] = [layer for layer in careful.layers if layer.to_json()["layer"] == "Badge"]
    assert isinstance(badge, Badge) and badge.fitting_calibration in SHIPPED
    assert badge.fitting_calibration == calibration_files.closest_calibration(card, badge.source)
    assert badge.fitting_calibration.found.discriminates and lint(careful, card) == ()

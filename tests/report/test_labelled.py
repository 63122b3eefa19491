"""Recordings that people judged are calibrated as questions with known answers are, and kept beside them."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.confidence.score import SELF_CONSISTENCY
from components.models.calibration import calibration_files
from components.models.calibration.answer_sets import LABELS_PREFIX, AnsweredQuestion, AnswerSet, answers_from_labels
from components.models.calibration.question_run import ANSWERS_FOLDER
from components.models.written.scripted_model import scripted_events
from components.report.results.score_worth import missing_labels, score_worths
from components.stats.calibration_fit import MIN_QUESTIONS, fit_calibration
from tests.core.calibrated import calibration

CARD = Card("small", "openai", "rev-1", {"temperature": 0.7})
TODAY = "2026-01-02"


def answer(number: int, card: Card = CARD, attempt: int = 0, text: str = "It is so.") -> Recording:
    prompt = replace(Prompt.from_typed(f"Question {number}?"), attempt=attempt)
    return Recording(prompt, card, scripted_events(text, logprobs=[math.log(0.3 + 0.01 * (number % 60))] * 3), TODAY)


def recorded(row: AnsweredQuestion, card: Card) -> Recording:
    """A kept answer as the recording that it was made from: the words in its first token."""
    tokens = [
        Event(place / 30, "token", "" if place else row.answer, {"logprob": one})
        for place, one in enumerate(row.logprobs)
    ]
    return Recording(Prompt.from_typed(row.asked), card, (*tokens, Event(2.0, "end", data={"reason": "stop"})), TODAY)


def test_the_bundled_models_answers_as_judged_recordings_give_the_calibration_that_its_questions_give() -> None:
    kept = AnswerSet.read(ANSWERS_FOLDER / "temperature-0.jsonl")
    [judged] = answers_from_labels([(recorded(row, kept.card), row.right) for row in kept.rows], TODAY)
    names = {row.asked: row.question for row in judged.rows}
    same = replace(kept, rows=tuple(replace(row, question=names[row.asked], reply=None) for row in kept.rows))
    for one, other in zip(score_worths(judged), score_worths(same), strict=True):
        assert one.calibration is not None and other.calibration is not None
        assert one.calibration.found == other.calibration.found and one.before == other.before
        assert (one.calibration.slope, one.calibration.shift) == (other.calibration.slope, other.calibration.shift)


def test_revisions_and_temperatures_are_told_apart() -> None:
    other, hot = replace(CARD, revision="rev-2"), replace(CARD, settings={"temperature": 1.0, "max_tokens": 9})
    cards = [CARD, CARD, CARD, replace(CARD, settings={"temperature": 0.7, "top_p": 0.9}), other, hot, hot]
    found = answers_from_labels([(answer(number, card), True) for number, card in enumerate(cards)], TODAY)
    assert [(each.card.revision, each.temperature, len(each.rows)) for each in found] == [
        ("rev-1", 0.7, 4), ("rev-1", 1.0, 2), ("rev-2", 0.7, 1),
    ]  # fmt: skip
    assert found[0].questions == "4 recorded answers that people judged" and found[0].made == TODAY
    assert len({each.asked for each in found}) == 3


def test_a_changed_label_is_another_set_of_labels() -> None:
    [one], [other] = (answers_from_labels([(answer(1), right)], TODAY) for right in (True, False))
    assert one.asked != other.asked


def test_other_attempts_of_the_same_model_tell_how_far_they_agree_and_those_of_another_do_not() -> None:
    attempts = [(answer(1, attempt=n), None) for n in (1, 2, 3)]
    foreign = [(answer(1, replace(CARD, name="large"), n, "No."), None) for n in (4, 5)]
    [judged] = answers_from_labels([(answer(1), True), *attempts, *foreign], TODAY)
    [row] = judged.rows
    assert row.others == ("It is so.",) * 3 and row.score(SELF_CONSISTENCY) == pytest.approx(4 / 5)


def test_words_that_go_on_from_others_are_not_the_whole_answer() -> None:
    going_on = replace(answer(1), prompt=answer(1).prompt.going_on("It"))
    assert answers_from_labels([(going_on, True)], TODAY) == ()


def test_the_same_question_is_never_fitted_and_tested_on() -> None:
    plain = [answer(number) for number in range(MIN_QUESTIONS)]
    shouted = [replace(one, prompt=Prompt.from_typed(one.prompt.text.upper().replace(" ", "  "))) for one in plain]
    pairs = [(one, number % 3 > 0) for number, one in enumerate((*plain, *shouted))]
    [judged] = answers_from_labels(sorted(pairs, key=lambda pair: pair[0].prompt.id), TODAY)
    assert len(judged.rows) == 2 * MIN_QUESTIONS and len({row.question for row in judged.rows}) == MIN_QUESTIONS


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0), "40 more labels are needed"), ((5, 4, 9), "31 more labels are needed"),
        ((50, 40, 39), "1 more label is needed"), ((40, 0, 40), "judged right: at least one"),
        ((0, 40, 40), "judged wrong: at least one"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(counts: tuple[int, int, int], words: str) -> None:
    assert words in missing_labels(*counts)


def test_where_nothing_is_missing_the_fit_agrees() -> None:
    items = [f"q{number}" for number in range(MIN_QUESTIONS)]
    right = [number % 2 == 0 for number in range(MIN_QUESTIONS)]
    assert missing_labels(sum(right), MIN_QUESTIONS - sum(right), MIN_QUESTIONS) == ""
    assert fit_calibration([0.5] * MIN_QUESTIONS, right, items).fitted == MIN_QUESTIONS
    with pytest.raises(Explained, match="to 39 questions"):
        fit_calibration([0.5] * MIN_QUESTIONS, right, [*items[1:], items[1]])


def test_what_people_judged_stands_beside_what_was_asked_and_the_last_one_kept_counts(own_data_folder: Path) -> None:
    asked = replace(calibration(), model=CARD.name, revision=CARD.revision)
    judged = replace(asked, asked=f"{LABELS_PREFIX}some")
    calibration_files.keep_calibrations((asked,))
    calibration_files.keep_calibrations((judged,))
    assert calibration_files.closest_calibration(CARD, asked.source, asked.look) == judged
    assert (
        calibration_files.label_calibrations(CARD.name) == (judged,)
        and calibration_files.label_calibrations("large") == ()
    )
    calibration_files.keep_calibrations((asked,))
    assert (
        calibration_files.closest_calibration(CARD, asked.source, asked.look) == asked
        and len(calibration_files.calibrations_for(CARD)) == 2
    )
    calibration_files.forget_labels("large")
    calibration_files.forget_labels(CARD.name)
    assert calibration_files.calibrations_for(CARD) == (asked,)

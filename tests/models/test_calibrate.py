"""Asking questions whose answers are known: what is kept, how it goes on, and that any model can be asked."""

from dataclasses import dataclass, field, replace
from math import log
from pathlib import Path

import pytest

from components.core.calibration import Calibration
from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.confidence.score import (
    LOWEST_SPAN,
    MEAN_PROBABILITY,
    OWN_ESTIMATE,
    SAMPLE_COUNT,
    SELF_CONSISTENCY,
)
from components.layers.confidence.score_by_asking import CONFIDENCE_PROMPT
from components.models.calibration import calibration_files, question_run
from components.models.calibration.answer_sets import AnsweredQuestion, AnswerSet, append_answer
from components.models.calibration.question_run import (
    KnownQuestion,
    answer_question,
    answer_questions,
    known_questions,
    resume_answers,
)
from components.models.generation import Generation
from components.models.written.scripted_model import scripted_events
from tests.core.calibrated import CARD, calibration

CAPITALS = {"Australia": "Canberra", "Peru": "Lima", "Kenya": "Nairobi"}


def capital(land: str, city: str) -> KnownQuestion:
    """A question that is answered right by naming the city."""
    return KnownQuestion(land, f"What is the capital of {land}?", lambda answer: city in answer)


QUESTIONS = tuple(capital(land, city) for land, city in CAPITALS.items())


@dataclass
class Pupil:
    """A model that knows two capitals, is sure of three, and says something else at every second attempt."""

    temperature: float = 0.0
    breaks: str = "nothing"
    asked: list[Prompt] = field(default_factory=list)

    @property
    def card(self) -> Card:
        return replace(CARD, settings={"temperature": self.temperature})

    @property
    def making(self) -> tuple[Generation, ...]:
        return ()

    def check(self) -> None: ...

    def close(self) -> None: ...

    def ask(self, prompt: Prompt) -> Generation:
        self.asked.append(prompt)
        made = Generation(prompt, lambda made: made.add(Event(made.elapsed, "end", data={"reason": "stopped"})))
        made.begin(0.0)
        for event in self.said(prompt):
            made.add(event)
        return made

    def said(self, prompt: Prompt) -> tuple[Event, ...]:
        if prompt.conversation[-1].text == CONFIDENCE_PROMPT:
            return scripted_events("100 %")
        if self.breaks in prompt.text:
            return (Event(0.1, "error", "gone", {"fault": "cut"}),)
        land = prompt.text.removeprefix("What is the capital of ").removesuffix("?")
        city = "Sydney" if land == "Australia" or prompt.attempt % 2 else CAPITALS[land]
        return scripted_events(f"It is {city}.", logprobs=[log(0.9), log(0.8), log(0.5)])


def answers(*rows: AnsweredQuestion, card: Card = CARD) -> AnswerSet:
    return AnswerSet(card, "capitals", "q1", "2025-01-31", rows)


def test_an_answer_is_judged_and_its_scores_are_made_of_it() -> None:
    wrong, right, _ = answer_questions(Pupil(), QUESTIONS)
    assert (wrong.answer, wrong.right, right.right) == ("It is Sydney.", False, True)
    assert right.score(MEAN_PROBABILITY) == pytest.approx((0.9 * 0.8 * 0.5) ** (1 / 3), abs=1e-4)
    assert right.score(MEAN_PROBABILITY, 2) == pytest.approx((0.9 * 0.8) ** 0.5, abs=1e-4)
    assert right.score(LOWEST_SPAN) == right.score(MEAN_PROBABILITY)
    assert right.score(OWN_ESTIMATE) == 1.0


def test_a_model_that_never_varies_is_not_asked_again() -> None:
    model = Pupil()
    row = answer_question(model, QUESTIONS[1])
    assert [prompt.attempt for prompt in model.asked] == [0, 0]
    assert row.others is None and row.score(SELF_CONSISTENCY) is None


def test_a_model_that_varies_is_asked_for_further_answers() -> None:
    row = answer_question(Pupil(temperature=0.7), QUESTIONS[1])
    assert row.others is not None and len(row.others) == SAMPLE_COUNT
    assert row.score(SELF_CONSISTENCY) == pytest.approx((2 + 1) / (SAMPLE_COUNT + 2))


def test_what_is_done_is_not_asked_again() -> None:
    first = answer_question(Pupil(), QUESTIONS[0])
    model = Pupil()
    assert [row.question for row in answer_questions(model, QUESTIONS, [first])] == ["Peru", "Kenya"]
    assert not any("Australia" in prompt.text for prompt in model.asked)


def test_a_model_that_breaks_off_is_explained_and_what_came_before_is_there() -> None:
    stream = answer_questions(Pupil(breaks="Kenya"), QUESTIONS)
    assert [next(stream).question, next(stream).question] == ["Australia", "Peru"]
    with pytest.raises(Explained, match="broke off at “What is the capital of Kenya"):
        next(stream)


def test_answers_are_kept_one_by_one_and_go_on_where_they_were_left(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "answers.jsonl"
    assert resume_answers(path, CARD, QUESTIONS) == ()
    answers().write(path)
    rows = list(answer_questions(Pupil(temperature=0.7), QUESTIONS))
    for row in rows[:2]:
        append_answer(path, row)
    with path.open("a") as file:
        file.write('{"question": "Ken')  # cut in the middle of a line
    done = resume_answers(path, CARD, QUESTIONS)
    assert done == tuple(rows[:2])
    answers(*done).write(path)
    append_answer(path, rows[2])
    assert AnswerSet.read(path) == answers(*rows)


def test_another_model_begins_anew_and_a_changed_question_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    answers(*answer_questions(Pupil(), QUESTIONS)).write(path)
    assert resume_answers(path, Card("Huge", "openai"), QUESTIONS) == ()
    changed = (replace(QUESTIONS[0], text="Name Australia's capital."), *QUESTIONS[1:])
    assert [row.question for row in resume_answers(path, CARD, changed)] == ["Peru", "Kenya"]
    kinder = [replace(question, right=lambda answer: True) for question in QUESTIONS]
    assert all(row.right for row in resume_answers(path, CARD, kinder))


@pytest.mark.parametrize("text", ["", "not json\n", "{}\n", '{"model": {"name": "x"}}\n'])
def test_a_damaged_file_is_explained(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(text)
    with pytest.raises(Explained, match="cannot be read"):
        AnswerSet.read(path)


def test_a_recording_that_a_person_judged_is_an_answer() -> None:
    prompt = Prompt.from_typed("What is the capital of Peru?")
    made = Recording(prompt, CARD, scripted_events("It is Lima.", logprobs=[log(0.9)] * 3))
    others = [replace(made, prompt=replace(prompt, attempt=n)) for n in range(4)]
    row = AnsweredQuestion.from_recording(made, True, others)
    assert (row.answer, row.right, row.others) == ("It is Lima.", True, ("It is Lima.",) * 3)
    assert row.score(MEAN_PROBABILITY) == pytest.approx(0.9, abs=1e-4)
    assert AnsweredQuestion.from_recording(made, True).score(SELF_CONSISTENCY) is None


def test_calibrations_made_here_are_found_by_model_score_and_temperature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    cool, warm, other = calibration(), calibration(temperature=0.7), calibration(revision="rev-2")
    calibration_files.keep_calibrations((cool, warm, calibration(source=LOWEST_SPAN)))
    calibration_files.keep_calibrations((other,))
    at = {
        t: calibration_files.closest_calibration(replace(CARD, settings={"temperature": t}), MEAN_PROBABILITY)
        for t in (0.2, 0.6)
    }
    assert at == {0.2: cool, 0.6: warm}
    assert calibration_files.closest_calibration(replace(CARD, revision="rev-2"), MEAN_PROBABILITY) == other
    assert calibration_files.closest_calibration(CARD, MEAN_PROBABILITY, look=12) is None
    assert len(calibration_files.calibrations_for(CARD)) == 3


def test_calibrating_again_takes_the_place_of_what_was_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    calibration_files.keep_calibrations((calibration(), calibration(source=LOWEST_SPAN)))
    anew = calibration(shift=-1.0)
    calibration_files.keep_calibrations((anew,))
    assert calibration_files.closest_calibration(CARD, MEAN_PROBABILITY) == anew
    assert isinstance(calibration_files.closest_calibration(CARD, LOWEST_SPAN), Calibration)


def test_a_calibration_made_here_stands_in_place_of_the_one_that_comes_with_parallax(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    monkeypatch.setattr(calibration_files, "SHIPPED_FOLDER", tmp_path / "shipped")
    calibration_files.write_calibrations(
        tmp_path / "shipped" / "Tiny.json", (calibration(), calibration(source=LOWEST_SPAN))
    )
    anew = calibration(shift=-1.0)
    calibration_files.keep_calibrations((anew,))
    assert calibration_files.calibrations_for(CARD) == (anew, calibration(source=LOWEST_SPAN))


def test_a_damaged_calibration_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path))
    file = calibration_files.keep_calibrations((calibration(),))
    file.write_text('[{"source": "mean probability"}]')
    with pytest.raises(Explained, match="cannot be read"):
        calibration_files.calibrations_for(CARD)


def test_any_model_can_be_asked_what_comes_with_parallax() -> None:
    asked = known_questions()
    assert len(asked) >= 200 and len({each.id for each in asked}) == len(asked)
    [paris] = [each for each in asked if each.text == "What is the capital of France?"]
    assert paris.right("It is Paris.") and not paris.right("It is Rome.")
    made = question_run.make_answer_set(CARD, asked)
    assert made.questions == f"{len(asked)} short factual questions"
    assert (
        made.asked
        == question_run.make_answer_set(CARD, asked).asked
        != question_run.make_answer_set(CARD, asked[1:]).asked
    )

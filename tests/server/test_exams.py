"""A model is examined whether or not anybody watches; it can be stopped, gone on with, and comes to a calibration."""

from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import pytest

from components.core.card import Card
from components.core.event import Event
from components.models import calibrations
from components.models.answers import Answers
from components.models.calibrate import Known
from components.models.generation import Generation
from components.models.scripted import Script, Scripted, written
from components.server.exams import Exam, Exams

QUESTIONS = tuple(Known(f"q{n}", f"What is {n} and {n}?", lambda said, n=n: str(2 * n) in said) for n in range(120))


class Pupil(Scripted):
    """It cannot add what is divisible by three, and is less sure of that. It stops at the question `breaks`."""

    card = Card("Pupil", "endpoint", "r1", {"temperature": 0.0})

    def __init__(self, breaks: int = len(QUESTIONS)) -> None:
        super().__init__(Script(otherwise="."))
        self.breaks = breaks
        self.asked: list[int] = []

    def told(self, generation: Generation) -> tuple[Event, ...]:
        number = int(generation.prompt.text.split()[2])
        if generation.prompt.choices:
            return written("80 %", 0.0, 0.0)
        if number == self.breaks:
            return (Event(0.0, "error", "gone", {"fault": "cut"}),)
        self.asked.append(number)
        sure = 0.5 + number / 1000 if number % 3 == 0 else 0.9 - number / 1000
        return written("No idea" if number % 3 == 0 else f"{2 * number}", 0.0, 0.0, [log(sure)] * 2)


@pytest.fixture
def begun() -> Iterator[Callable[..., Exam]]:
    several: list[Exams] = []

    def begin(model: Pupil) -> Exam:
        several.append(Exams(lambda id: model))
        return several[-1].begin("pupil", QUESTIONS)

    yield begin
    for each in several:
        each.close()


def test_it_asks_everything_and_comes_to_a_calibration(begun: Callable[..., Exam]) -> None:
    exam = begun(model := Pupil())
    assert exam.wait(60) and exam.problem is None and not exam.at_work
    assert sorted(model.asked) == list(range(120)) and exam.right == 80
    known = calibrations.known(Pupil.card)
    assert known and all(one.fitted + one.found.n == 120 for one in known)


def test_where_the_model_breaks_off_it_goes_on_later(begun: Callable[..., Exam]) -> None:
    broken = begun(Pupil(breaks=50))
    assert broken.wait(60) and broken.problem and "broke off" in broken.problem.what and broken.begun
    again = begun(model := Pupil())
    assert again.wait(60) and again.problem is None
    assert sorted(model.asked) == list(range(len(broken.rows), 120))


def test_what_is_finished_is_asked_anew(begun: Callable[..., Exam]) -> None:
    assert begun(Pupil()).wait(60)
    again = begun(model := Pupil())
    assert again.wait(60) and len(model.asked) == 120


def test_stop_keeps_what_was_answered(begun: Callable[..., Exam]) -> None:
    exam = begun(Pupil())
    while len(exam.rows) < 5:
        assert not exam.wait(0.001)
    exam.stop()
    assert not exam.at_work and exam.wait(60) and exam.begun
    assert len(Answers.read(exam.path).rows) == len(exam.rows)
    assert calibrations.known(Pupil.card) == ()


def test_a_model_that_is_examined_already_is_not_examined_twice() -> None:
    exams = Exams(lambda id: Pupil())
    one = exams.begin("pupil", QUESTIONS)
    assert exams.begin("pupil", QUESTIONS) is one and exams.of("pupil") is one and exams.of("other") is None
    exams.close()
    assert one.wait(60)


def test_answers_that_cannot_be_written_are_explained(begun: Callable[..., Exam], own_data_folder: Path) -> None:
    (own_data_folder / "calibration").write_text("a file where a folder should be")
    exam = begun(Pupil())
    assert exam.wait(60) and exam.problem and "cannot be written" in exam.problem.what

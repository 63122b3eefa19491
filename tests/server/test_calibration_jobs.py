"""A model is examined whether or not anybody watches; it can be stopped, gone on with, and comes to a calibration."""

from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import pytest

from components.core.card import Card
from components.core.event import Event
from components.models.calibration import calibration_files
from components.models.calibration.answer_sets import AnswerSet
from components.models.calibration.question_run import KnownQuestion
from components.models.generation import Generation
from components.models.written.scripted_model import AnswerScript, ScriptedModel, scripted_events
from components.server.jobs.calibration_jobs import CalibrationJob, CalibrationJobs


def doubling(n: int) -> KnownQuestion:
    """A question that is answered right by twice the number."""
    return KnownQuestion(f"q{n}", f"What is {n} and {n}?", lambda said: str(2 * n) in said)


QUESTIONS = tuple(doubling(n) for n in range(120))


class Pupil(ScriptedModel):
    """It cannot add what is divisible by three, and is less sure of that. It stops at the question `breaks`."""

    card = Card("Pupil", "endpoint", "r1", {"temperature": 0.0})

    def __init__(self, breaks: int = len(QUESTIONS)) -> None:
        super().__init__(AnswerScript(otherwise="."))
        self.breaks = breaks
        self.asked: list[int] = []

    def events_for(self, generation: Generation) -> tuple[Event, ...]:
        number = int(generation.prompt.text.split()[2])
        if generation.prompt.choices:
            return scripted_events("80 %", 0.0, 0.0)
        if number == self.breaks:
            return (Event(0.0, "error", "gone", {"fault": "cut"}),)
        self.asked.append(number)
        sure = 0.5 + number / 1000 if number % 3 == 0 else 0.9 - number / 1000
        return scripted_events("No idea" if number % 3 == 0 else f"{2 * number}", 0.0, 0.0, [log(sure)] * 2)


@pytest.fixture
def begun() -> Iterator[Callable[..., CalibrationJob]]:
    several: list[CalibrationJobs] = []

    def begin(model: Pupil) -> CalibrationJob:
        several.append(CalibrationJobs(lambda id: model))
        return several[-1].begin("pupil", QUESTIONS)

    yield begin
    for each in several:
        each.close()


def begun_only(job: CalibrationJob) -> bool:
    """Whether some questions are answered and others are not."""
    return job.progress.state == "paused" and 0 < job.progress.done < job.progress.total


def test_it_asks_everything_and_comes_to_a_calibration(begun: Callable[..., CalibrationJob]) -> None:
    job = begun(model := Pupil())
    assert job.wait(60) and job.problem is None and not job.at_work
    assert sorted(model.asked) == list(range(120)) and job.right == 80
    known = calibration_files.calibrations_for(Pupil.card)
    assert known and all(one.cross_fitted and one.fitted == one.found.n == 120 for one in known)


def test_where_the_model_breaks_off_it_goes_on_later(begun: Callable[..., CalibrationJob]) -> None:
    broken = begun(Pupil(breaks=50))
    assert broken.wait(60) and broken.problem and "broke off" in broken.problem.what and begun_only(broken)
    again = begun(model := Pupil())
    assert again.wait(60) and again.problem is None
    assert sorted(model.asked) == list(range(len(broken.rows), 120))


def test_what_is_finished_is_asked_anew(begun: Callable[..., CalibrationJob]) -> None:
    assert begun(Pupil()).wait(60)
    again = begun(model := Pupil())
    assert again.wait(60) and len(model.asked) == 120


def test_stop_keeps_what_was_answered(begun: Callable[..., CalibrationJob]) -> None:
    job = begun(Pupil())
    while len(job.rows) < 5:
        assert not job.wait(0.001)
    job.pause()
    assert not job.going and job.wait(60) and begun_only(job)
    assert len(AnswerSet.read(job.path).rows) == len(job.rows)
    assert calibration_files.calibrations_for(Pupil.card) == ()


def test_a_model_that_is_examined_already_is_not_examined_twice() -> None:
    jobs = CalibrationJobs(lambda id: Pupil())
    one = jobs.begin("pupil", QUESTIONS)
    assert jobs.begin("pupil", QUESTIONS) is one and jobs.find("pupil") is one and jobs.find("other") is None
    jobs.close()
    assert one.wait(60)


def test_going_on_right_after_a_pause_asks_nothing_twice() -> None:
    model = Pupil()
    jobs = CalibrationJobs(lambda id: model)
    for enough in (5, 20, 60):
        job = jobs.begin("pupil", QUESTIONS)
        while len(job.rows) < enough:
            assert not job.wait(0.001)
        job.pause()
    again = jobs.begin("pupil", QUESTIONS)
    while len(again.rows) < 90:
        assert not again.wait(0.001)
    jobs.close()
    assert len(set(model.asked)) == len(model.asked) >= 90
    assert [row.question for row in AnswerSet.read(again.path).rows] == [row.question for row in again.rows]


def test_answers_that_cannot_be_written_are_explained(
    begun: Callable[..., CalibrationJob], own_data_folder: Path
) -> None:
    (own_data_folder / "calibration").write_text("a file where a folder should be")
    job = begun(Pupil())
    assert job.wait(60) and job.problem and "cannot be written" in job.problem.what

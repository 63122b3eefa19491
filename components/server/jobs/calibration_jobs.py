"""Calibration jobs: models are asked questions with known answers, to find what their confidence is worth."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from components.core.explained import Explained
from components.core.prompt import content_id
from components.models.calibration import calibration_files, question_run
from components.models.calibration.answer_sets import AnsweredQuestion, append_answer
from components.models.calibration.question_run import KnownQuestion
from components.models.local.local_model import LocalModel
from components.models.model import Model
from components.server.jobs.job_runner import Job, JobCounts, Jobs

ENDPOINT_AT_ONCE = 4  # questions of an endpoint under way together


class CalibrationJob(Job):
    """One model and all questions. Answers are kept in the order of the questions, and not asked again.

    `problem` is why it broke off, or why nothing came of it.
    """

    def __init__(
        self,
        model: Model,
        questions: tuple[KnownQuestion, ...],
        folder: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(model, clock)
        self.asked, self.card = questions, model.card
        self.path = folder / f"{content_id(self.card.to_json())[:16]}.jsonl"
        done = question_run.resume_answers(self.path, self.card, questions)
        self.rows: list[AnsweredQuestion] = [] if len(done) == len(questions) else list(done)
        self._written = False  # whether the file begins with what is asked
        self._left: deque[KnownQuestion] = deque()
        self._asking: deque[tuple[KnownQuestion, Future[AnsweredQuestion]]] = deque()
        self._pool: ThreadPoolExecutor | None = None

    @property
    def right(self) -> int:
        """How many answers were right so far."""
        return sum(row.right for row in tuple(self.rows))

    def counts(self) -> JobCounts:
        """How many answers are in which state; none fails without ending it all."""
        return JobCounts(len(self.rows), 0, len(self.asked), len(self._asking), len(self._left))

    def line_up(self, retry: bool) -> None:  # noqa: ARG002 nothing fails alone
        """Line up the questions that were not asked yet."""
        done_ids = {row.question for row in self.rows} | {question.id for question, _ in self._asking}
        self._left = deque(question for question in self.asked if question.id not in done_ids)

    def keep_finished(self) -> None:
        """Keep the answers that came, and once all are there what follows from them."""
        try:
            if not self._written:
                question_run.make_answer_set(self.card, self.asked, self.rows).write(self.path)
                self._written = True
            while self._asking and self._asking[0][1].done():
                row = self._asking[0][1].result()
                append_answer(self.path, row)
                with self.lock:
                    self._asking.popleft()
                    self.rows.append(row)
                    self.finished += 1
            if len(self.rows) == len(self.asked):
                self._conclude()
        except OSError as error:
            raise Explained(
                f"The answers cannot be written to {self.path.parent} ({error.strerror or error}).",
                "What was answered before is kept.",
                "Make room or give write access there, then start again.",
            ) from error

    def ask_more(self) -> None:
        """Ask the next questions."""
        at_once = questions_at_once(self.model)
        self._pool = self._pool or ThreadPoolExecutor(at_once)
        while self._left and len(self._asking) < at_once:
            question = self._left.popleft()
            answering = self._pool.submit(question_run.answer_question, self.model, question)
            self._asking.append((question, answering))
            answering.add_done_callback(lambda _: self.news.set())

    def let_go(self) -> None:
        """Ask nothing more; whatever the model still says is not waited for."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None
        self._asking.clear()

    def _conclude(self) -> None:
        """Keep what the scores are worth. Explained where none of them could be calibrated."""
        from components.report.results import score_worth  # scipy costs a second, which only a calibration needs

        worths = score_worth.score_worths(question_run.make_answer_set(self.card, self.asked, self.rows))
        if calibrations := score_worth.made_calibrations(worths):
            calibration_files.keep_calibrations(calibrations)
            return
        why = worths[0].why if worths else "It gives no probabilities, and was not sure in words either."
        raise Explained("No kind of score could be calibrated.", "Nothing was changed.", why)


class CalibrationJobs(Jobs[CalibrationJob]):
    """Calibrations by the ids of their models in the store, at most one for each."""

    def begin(self, model_id: str, questions: tuple[KnownQuestion, ...] | None = None) -> CalibrationJob:
        """Ask the model with this id everything, or go on with that. Explained where it cannot be asked."""
        folder = calibration_files.local_folder() / "answers"
        all_questions = questions or question_run.known_questions()
        return self.go_on(model_id, lambda: CalibrationJob(self.acquire(model_id), all_questions, folder))


def questions_at_once(model: Model) -> int:
    """How many questions to ask a model together: half of what it can, so that whoever asks live finds room."""
    return max(1, model.source.max_parallel // 2) if isinstance(model, LocalModel) else ENDPOINT_AT_ONCE

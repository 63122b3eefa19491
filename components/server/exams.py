"""Exams: models being asked the questions whose answers are known, to find out what their confidence is worth."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event as News
from threading import Lock, Thread

from components.core.explained import Explained
from components.core.prompt import content_id
from components.models import calibrate, calibrations
from components.models.answers import Answered, keep
from components.models.calibrate import Known
from components.models.model import Model
from components.models.transformers import Transformers
from components.report.calibrate import worths

AT_ONCE = 4  # questions of an endpoint under way together


class Exam:
    """One model and all questions, asked whether or not anybody watches. What was answered is kept and not asked again.

    `problem` is why it broke off, or why nothing came of it.
    """

    def __init__(
        self, model: Model, asked: tuple[Known, ...], folder: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.model, self.asked, self.clock, self.card = model, asked, clock, model.card
        self.path = folder / f"{content_id(self.card.to_json())[:16]}.jsonl"
        done = calibrate.begun(self.path, self.card, asked)
        self.rows: list[Answered] = [] if len(done) == len(asked) else list(done)
        self.problem: Explained | None = None
        self._before, self._began = len(self.rows), clock()
        self._stopped = News()
        self._thread = Thread(target=self._work, name="exam", daemon=True)

    @property
    def at_work(self) -> bool:
        """Whether it is still asking."""
        return self._thread.is_alive() and not self._stopped.is_set()

    @property
    def begun(self) -> bool:
        """Whether some questions are answered and others are not."""
        return 0 < len(self.rows) < len(self.asked)

    @property
    def right(self) -> int:
        """How many answers were right so far."""
        return sum(row.right for row in tuple(self.rows))

    @property
    def remaining(self) -> float | None:
        """How many more seconds it will take; None before there is anything to go by."""
        made, left = len(self.rows) - self._before, len(self.asked) - len(self.rows)
        return (self.clock() - self._began) / made * left if made else None

    def begin(self) -> None:
        """Ask in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Ask nothing new; it can be gone on with later."""
        self._stopped.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over, or so many seconds; whether it is."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            calibrate.answers(self.card, self.asked, self.rows).write(self.path)
            for row in calibrate.run(self.model, self.asked, tuple(self.rows), at_once(self.model)):
                if self._stopped.is_set():
                    return
                keep(self.path, row)
                self.rows.append(row)
            found = worths(calibrate.answers(self.card, self.asked, self.rows))
            if made := tuple(one.calibration for one in found if one.calibration is not None):
                calibrations.keep(made)
            else:
                why = found[0].why if found else "It gives no probabilities, and was not sure in words either."
                self.problem = Explained("No kind of score could be calibrated.", "Nothing was changed.", why)
        except Explained as problem:
            self.problem = problem
        except OSError as error:
            self.problem = Explained(
                f"The answers cannot be written to {self.path.parent} ({error.strerror or error}).",
                "What was answered before is kept.",
                "Make room or give write access there, then start again.",
            )


class Exams:
    """Those that this server has begun, at most one for each model."""

    def __init__(self, wired: Callable[[str], Model]) -> None:
        self.wired = wired
        self._lock = Lock()
        self._open: dict[str, Exam] = {}

    def begin(self, id: str, asked: tuple[Known, ...] | None = None) -> Exam:
        """Ask the model with this id everything, or go on with that. Explained where it cannot be asked."""
        with self._lock:
            exam = self._open.get(id)
            if exam is None or not exam.at_work:
                model = self.wired(id)
                model.check()
                folder = calibrations.made_here() / "answers"
                exam = self._open[id] = Exam(model, asked or calibrate.known_questions(), folder)
                exam.begin()
            return exam

    def of(self, id: str) -> Exam | None:
        """The exam of the model with this id that was begun last; None where none was."""
        return self._open.get(id)

    def close(self) -> None:
        """Stop all of them."""
        for exam in tuple(self._open.values()):
            exam.stop()


def at_once(model: Model) -> int:
    """How many questions to ask a model together: half of what it can, so that whoever asks live finds room."""
    return max(1, model.source.at_once // 2) if isinstance(model, Transformers) else AT_ONCE

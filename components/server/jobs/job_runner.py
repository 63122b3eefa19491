"""Jobs: long work with a model, in the background: watched by whoever likes, paused, gone on with later."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as News
from threading import RLock, Thread, current_thread
from typing import Generic, Literal, TypeVar

from components.core.explained import Explained
from components.models.model import Model

TICK_S = 0.2  # between looks at what else has changed while nothing is told
JobState = Literal["working", "waiting", "paused", "done"]


@dataclass(frozen=True)
class JobCounts:
    """Of `total` answers so many are `done`, have `failed`, are `running` just now and are `left` to be asked."""

    done: int
    failed: int
    total: int
    running: int
    left: int


@dataclass(frozen=True)
class JobProgress:
    """How far a job is. Of `total` answers so many are `done`, have `failed` and are `running` just now.

    "waiting": people are asking the model, and come first. "paused" with some `running`: those are still finished.
    "done": everything was tried. `seconds` were worked since it was begun or resumed, `remaining` is how many more it
    will take (None before there is anything to go by), `problem` is why it paused by itself.
    """

    state: JobState
    done: int
    failed: int
    total: int
    running: int
    seconds: float
    remaining: float | None
    problem: Explained | None


class Job(ABC):
    """Asks a model piece by piece in one thread of its own. What is done is kept, also when the server ends.

    A kind of job says how it lines up what is left, asks more of it, keeps what came, and lets go of the rest. A new
    object goes on where the last one was left; what was done is read back when it is made.
    """

    waiting = False  # whether people come first just now

    def __init__(self, model: Model, clock: Callable[[], float] = time.monotonic) -> None:
        self.model, self.clock = model, clock
        self.lock, self.news = RLock(), News()
        self.problem: Explained | None = None
        self.finished = 0  # answers since it was begun or resumed
        self._going = self._closed = False
        self._worked, self._since = 0.0, 0.0
        self._thread: Thread | None = None

    @abstractmethod
    def counts(self) -> JobCounts:
        """How many answers are in which state; called with the lock held."""

    @abstractmethod
    def line_up(self, retry: bool) -> None:
        """Say what is to be asked, with `retry` only what failed; called with the lock held.

        Explained where it cannot go on.
        """

    @abstractmethod
    def keep_finished(self) -> None:
        """Keep the answers that are finished. Explained where they cannot be kept, or nothing more can be asked."""

    @abstractmethod
    def ask_more(self) -> None:
        """Ask as many as may be asked at once; called with the lock held."""

    @abstractmethod
    def let_go(self) -> None:
        """Stop what is still running; called with the lock held."""

    @property
    def progress(self) -> JobProgress:
        """How far the job is, with the seconds that are left."""
        with self.lock:
            seconds, counts = self._worked + (self.clock() - self._since if self._thread else 0.0), self.counts()
            remaining = seconds / self.finished * (counts.left + counts.running) if self.finished else None
            return JobProgress(
                self._state(counts), counts.done, counts.failed, counts.total, counts.running, seconds, remaining,
                self.problem,
            )  # fmt: skip

    @property
    def at_work(self) -> bool:
        """Whether it asks, waits for people, or still finishes what was begun before a pause."""
        with self.lock:
            return self._thread is not None

    @property
    def going(self) -> bool:
        """Whether it asks on, or will when people have their answers; not so from the moment it is paused."""
        with self.lock:
            return self._thread is not None and self._going

    def resume(self, retry: bool = False) -> None:
        """Begin, or go on where it was left; with `retry` only what failed is tried, and that anew.

        Explained where the model cannot be asked.
        """
        self.model.check()
        with self.lock:
            self.line_up(retry)
            self._going, self._closed, self.problem = True, False, None
            if self._thread is None:
                self._worked, self.finished, self._since = 0.0, 0, self.clock()
                self._thread = Thread(target=self._work, name="job", daemon=True)
                self._thread.start()
        self.news.set()

    def pause(self, problem: Explained | None = None) -> None:
        """Ask nothing new; what is being answered is still finished and kept. `problem` is why, where nobody asked."""
        with self.lock:
            self._going, self.problem = False, problem or self.problem
        self.news.set()

    def close(self) -> None:
        """Stop at once; answers that are not finished are asked anew when it is resumed."""
        with self.lock:
            self._going, self._closed, thread = False, True, self._thread
        self.news.set()
        if thread is not None:
            thread.join()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is paused or done, or so many seconds; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return not self.at_work

    def _state(self, counts: JobCounts) -> JobState:
        if self._thread is not None and self._going:
            return "waiting" if self.waiting else "working"
        return "paused" if counts.running or counts.done + counts.failed < counts.total else "done"

    def _work(self) -> None:
        problem = None
        try:
            while self._turn():
                self.news.wait(TICK_S)
                self.news.clear()
        except Explained as error:
            problem = error
        finally:
            self._end(problem)

    def _turn(self) -> bool:
        """Keep what is finished, ask what can be asked; whether there is more to do."""
        self.keep_finished()
        with self.lock:
            if self._going:
                self.ask_more()
            counts = self.counts()
            if self._closed or not (counts.running or (self._going and counts.left)):
                self._end(None)  # within the lock, so that whoever resumes finds either this thread or none
            return self._thread is current_thread()

    def _end(self, problem: Explained | None) -> None:
        """The thread's last act: nothing is left running behind it."""
        with self.lock:
            if self._thread is not current_thread():
                return
            self.let_go()
            self._worked += self.clock() - self._since
            self._thread, self._going, self.waiting = None, False, False
            self.problem = problem or self.problem


J = TypeVar("J", bound=Job)


class Jobs(Generic[J]):
    """The jobs of one kind that this server has begun or resumed. None goes on by itself after a restart."""

    def __init__(self, acquire: Callable[[str], Model]) -> None:
        self.acquire = acquire
        self.lock = RLock()
        self.open: dict[str, J] = {}

    def find(self, id: str) -> J | None:
        """The job with this id, for its progress and to pause it; None where this server has begun none."""
        return self.open.get(id)

    def go_on(self, id: str, make: Callable[[], J], retry: bool = False) -> J:
        """The job with this id, going: the one at work, or one made anew. Explained where it cannot go on."""
        with self.lock:
            job = self.open.get(id)
            if job is None or not job.at_work:
                job = make()
            job.resume(retry)
            self.open[id] = job
            return job

    def close(self) -> None:
        """Stop all of them; they can be resumed."""
        for job in tuple(self.open.values()):
            job.close()

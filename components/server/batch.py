"""Batch: records the prompts of a pack with one model, behind everybody who asks it something themselves."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event as News
from threading import RLock, Thread, current_thread
from typing import Literal

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt, content_id
from components.layers.failure.words import words_for
from components.models.generation import Generation
from components.models.model import Model
from components.models.record import record
from components.store import Begun, Result, Store

TICK = 0.2  # seconds between looks at who else is asking
IN_A_ROW = 5  # failures after which the batch pauses: the model is not there, and asking on would help nobody
State = Literal["working", "waiting", "paused", "done"]
Items = Sequence[tuple[str, Prompt]]
Key = tuple[str, int]  # an item's id and the attempt


@dataclass(frozen=True)
class Progress:
    """How far a batch is. Of `total` answers so many are `done`, have `failed` and are `running` just now.

    "waiting": people are asking the model, and come first. "paused" with some `running`: those are still finished.
    "done": everything was tried. `seconds` were worked since it was begun or resumed, `remaining` is how many more it
    will take (None before there is anything to go by), `problem` is why it paused by itself.
    """

    state: State
    done: int
    failed: int
    total: int
    running: int
    seconds: float
    remaining: float | None
    problem: Explained | None


class Batch:
    """One pack and one model, `at_once` answers at a time. What is done stays done, also when the server restarts.

    With more than one at once the recordings say so on their cards: words come slower when a model shares its time.
    """

    def __init__(
        self, begun: Begun, items: Items, model: Model, store: Store, at_once: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.begun, self.model, self.store, self.at_once, self.clock = begun, model, store, max(1, at_once), clock
        self._card = model.card if at_once == 1 else shared(model.card, at_once)
        self._lock = RLock()
        self._news = News()
        self._thread: Thread | None = None
        self._tasks = {(id, n): replace(prompt, attempt=n) for n in range(begun.attempts) for id, prompt in items}
        known = [result for result in store.results(begun.id) if (result.item, result.attempt) in self._tasks]
        self._done = {(each.item, each.attempt) for each in known if not each.trouble}
        self._failed = {(each.item, each.attempt): each for each in known if each.trouble}
        self._left: deque[Key] = deque()
        self._making: dict[Generation, Key] = {}
        self._stopped: set[Generation] = set()  # ours, to make room
        self._served: set[Generation] = set()  # theirs, for whom room was made
        self._going = self._waiting = self._closed = False
        self._problem: Explained | None = None
        self._worked, self._since, self._finished, self._in_a_row = 0.0, 0.0, 0, 0

    @property
    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            seconds = self._worked + (self.clock() - self._since if self._thread else 0.0)
            left = len(self._left) + len(self._making)
            return Progress(
                self._state(), len(self._done), len(self._failed), len(self._tasks), len(self._making), seconds,
                seconds / self._finished * left if self._finished else None, self._problem,
            )  # fmt: skip

    @property
    def failures(self) -> tuple[Result, ...]:
        """What failed when it was last tried, with a plain sentence each."""
        with self._lock:
            return tuple(self._failed.values())

    @property
    def at_work(self) -> bool:
        """Whether it asks, waits for people, or still finishes what was begun before a pause."""
        with self._lock:
            return self._thread is not None

    def go_on(self, retry: bool = False) -> None:
        """Begin or resume; with `retry` only what failed is tried, and that anew. Explained where it cannot be asked.

        The model must be the one that the batch was begun with.
        """
        self.model.check()
        if content_id(self.model.card.to_json()) != content_id(self.begun.card.to_json()):
            raise Explained(
                "This batch was begun with another model, or with other settings.",
                "What it recorded is kept.",
                "Begin a new batch with the model as it is now.",
            )
        with self._lock:
            busy = set(self._making.values()) | self._done
            keys = self._failed if retry else [key for key in self._tasks if key not in self._failed]
            self._left = deque(key for key in keys if key not in busy)
            self._going, self._closed, self._problem, self._in_a_row = True, False, None, 0
            if self._thread is None:
                self._worked, self._finished, self._since = 0.0, 0, self.clock()
                self._thread = Thread(target=self._work, name="batch", daemon=True)
                self._thread.start()
        self._news.set()

    def pause(self) -> None:
        """Ask nothing new; what is being answered is still finished and kept."""
        with self._lock:
            self._going = False
        self._news.set()

    def close(self) -> None:
        """Stop at once; answers that are not finished are asked anew when it is resumed."""
        with self._lock:
            self._going, self._closed, thread = False, True, self._thread
        self._news.set()
        if thread is not None:
            thread.join()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is paused or done, or so many seconds; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return not self.at_work

    def _state(self) -> State:
        if self._thread is not None and self._going:
            return "waiting" if self._waiting else "working"
        tried = len(self._done) + len(self._failed)
        return "paused" if self._making or tried < len(self._tasks) else "done"

    def _work(self) -> None:
        problem = None
        try:
            while self._turn():
                self._news.wait(TICK)
                self._news.clear()
        except Explained as error:
            problem = error
        finally:
            self._end(problem)

    def _turn(self) -> bool:
        """Keep what is finished, ask what can be asked; whether there is more to do."""
        for generation in [made for made in self._making if made.done]:
            self._keep(generation)
        with self._lock:
            if self._going:
                self._ask()
            more = bool(self._making) or (self._going and bool(self._left))
            if self._closed or not more:
                self._end(None)  # within the lock, so that whoever resumes finds either this thread or none
            return self._thread is current_thread()

    def _end(self, problem: Explained | None) -> None:
        """The thread's last act: nothing is left running behind it."""
        with self._lock:
            if self._thread is not current_thread():
                return
            for generation in self._making:
                generation.stop()
            self._making.clear()
            self._worked += self.clock() - self._since
            self._thread, self._going, self._waiting = None, False, False
            self._problem = problem or self._problem

    def _ask(self) -> None:
        """Ask as many as may be asked at once, unless somebody else is asking."""
        others = [made for made in self.model.making if made not in self._making]
        self._waiting = bool(others)
        self._served.intersection_update(others)
        if others:
            self._make_room({made for made in others if made.state.place > 0})
            return
        while self._left and len(self._making) < self.at_once:
            key = self._left.popleft()
            generation = self.model.ask(self._tasks[key])
            self._making[generation] = key
            generation.on_change(self._news.set)

    def _make_room(self, waiting: set[Generation]) -> None:
        """Stop one answer of ours for each that waits in the queue, and all of ours that wait there themselves.

        Those that began last lose least; they are asked again.
        """
        begun = [made for made in self._making if made.began is not None and made not in self._stopped]
        latest = sorted(begun, key=lambda made: made.began or 0.0, reverse=True)[: len(waiting - self._served)]
        self._served |= waiting
        ours = [made for made in self._making if made.began is None and waiting]
        for generation in (*ours, *latest):
            self._stopped.add(generation)
            generation.stop()

    def _keep(self, generation: Generation) -> None:
        """Keep what came of an answer; one that was stopped is asked again."""
        key, events = self._making[generation], generation.events
        if events[-1].data.get("reason") == "stopped":
            with self._lock:
                self._left.appendleft(key)
                self._let_go(generation)
            return
        trouble, recording = trouble_of(events), generation.kept
        if not recording and any(event.kind == "token" for event in events):
            made = datetime.now(UTC).date().isoformat()
            recording = self.store.keep_recording(record(events, generation.prompt, self._card, made))
        result = self.store.keep_result(self.begun.id, *key, recording, trouble)
        with self._lock:
            self._let_go(generation)
            self._finished += 1
            self._in_a_row = self._in_a_row + 1 if trouble else 0
            if trouble:
                self._failed[key] = result
            else:
                self._done.add(key)
                self._failed.pop(key, None)
            if self._in_a_row == IN_A_ROW:
                self._going, self._problem = False, in_a_row(trouble)

    def _let_go(self, generation: Generation) -> None:
        del self._making[generation]
        self._stopped.discard(generation)


def trouble_of(events: Sequence[Event]) -> str:
    """What went wrong with an answer in a plain sentence, "" where nothing did."""
    last = events[-1]
    if last.kind == "error":
        return str(last.data.get("what") or words_for(last.data.get("fault")).plain)
    return "" if any(event.kind == "token" for event in events) else words_for("empty").plain


def in_a_row(trouble: str) -> Explained:
    """Why a batch paused by itself."""
    return Explained(
        f"{IN_A_ROW} answers in a row failed. The last one: {trouble}",
        "Everything recorded is kept, and what failed is listed.",
        "Test the model, then retry what failed.",
    )


def shared(card: Card, at_once: int) -> Card:
    """The card of a model that made several answers at once, which tells in its words' times."""
    return replace(card, settings={**card.settings, "at_once": at_once})

"""Batch jobs: record the prompts of a pack with one model, behind everybody who asks it something themselves."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.faults import fault_of_end
from components.core.prompt import Prompt, content_id
from components.layers.failure.fault_words import fault_words
from components.models.generation import Generation
from components.models.make_recording import make_recording
from components.models.model import Model
from components.server.jobs.job_runner import Job, JobCounts, Jobs
from components.store import BatchRecord, BatchResult, Store

MAX_FAILURES_IN_A_ROW = 5  # then the batch pauses: the model is not there, and asking on would help nobody
BatchItems = Sequence[tuple[str, Prompt]]
AttemptKey = tuple[str, int]  # an item's id and the attempt

UNKNOWN_BATCH = Explained("This run over a pack is not known here.", "What it recorded is kept.", "Begin a new one.")
OTHER_BATCH = Explained(
    "Another prompt pack is being recorded with this model.",
    "It goes on.",
    "Wait until it is done, or pause it, then try again.",
)
OTHER_MODEL = Explained(
    "This run over a prompt pack was begun with another model, or with other settings.",
    "What it recorded is kept.",
    "Begin a new one with the model as it is now.",
)


class BatchJob(Job):
    """One pack and one model, `at_once` answers at a time. What is done stays done, also when the server restarts.

    With more than one at once the recordings say so on their cards: words come slower when a model shares its time.
    """

    def __init__(
        self, batch: BatchRecord, items: BatchItems, model: Model, store: Store, at_once: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        super().__init__(model, clock)
        self.record, self.store, self.at_once = batch, store, max(1, at_once)
        self._card = model.card if at_once == 1 else shared_card(model.card, at_once)
        self._tasks = {(id, n): replace(prompt, attempt=n) for n in range(batch.attempts) for id, prompt in items}
        tried = [result for result in store.results(batch.id) if (result.item, result.attempt) in self._tasks]
        self._done = {(result.item, result.attempt) for result in tried if not result.trouble}
        self._failed = {(result.item, result.attempt): result for result in tried if result.trouble}
        self._left: deque[AttemptKey] = deque()
        self._making: dict[Generation, AttemptKey] = {}
        self._stopped: set[Generation] = set()  # ours, to make room
        self._served: set[Generation] = set()  # theirs, for whom room was made
        self._in_a_row = 0

    @property
    def failures(self) -> tuple[BatchResult, ...]:
        """What failed when it was last tried, with a plain sentence each."""
        with self.lock:
            return tuple(self._failed.values())

    def counts(self) -> JobCounts:
        """How many answers are in which state."""
        return JobCounts(len(self._done), len(self._failed), len(self._tasks), len(self._making), len(self._left))

    def line_up(self, retry: bool) -> None:
        """What was never tried, or with `retry` what failed. Explained where the model is another one by now."""
        if content_id(self.model.card.to_json()) != content_id(self.record.card.to_json()):
            raise OTHER_MODEL
        busy = set(self._making.values()) | self._done
        keys = self._failed if retry else [key for key in self._tasks if key not in self._failed]
        self._left, self._in_a_row = deque(key for key in keys if key not in busy), 0

    def keep_finished(self) -> None:
        """Keep what came of every answer that is finished."""
        for generation in [generation for generation in self._making if generation.done]:
            self._keep(generation)

    def ask_more(self) -> None:
        """Ask as many as may be asked at once, unless somebody else is asking."""
        others = [generation for generation in self.model.making if generation not in self._making]
        self.waiting = bool(others)
        self._served.intersection_update(others)
        if others:
            self._make_room({generation for generation in others if generation.state.queue_position > 0})
            return
        while self._left and len(self._making) < self.at_once:
            key = self._left.popleft()
            generation = self.model.ask(self._tasks[key])
            self._making[generation] = key
            generation.on_change(self.news.set)

    def let_go(self) -> None:
        """Stop every answer of ours."""
        for generation in self._making:
            generation.stop()
        self._making.clear()

    def _make_room(self, waiting: set[Generation]) -> None:
        """Stop one answer of ours for each that waits in the queue, and all of ours that wait there themselves.

        Those that began last lose least; they are asked again.
        """
        begun = [
            generation
            for generation in self._making
            if generation.began is not None and generation not in self._stopped
        ]
        latest = sorted(begun, key=lambda generation: generation.began or 0.0, reverse=True)[
            : len(waiting - self._served)
        ]
        self._served |= waiting
        ours = [generation for generation in self._making if generation.began is None and waiting]
        for generation in (*ours, *latest):
            self._stopped.add(generation)
            generation.stop()

    def _keep(self, generation: Generation) -> None:
        """Keep what came of an answer; one that was stopped is asked again."""
        key, events = self._making[generation], generation.events
        if events[-1].data.get("reason") == "stopped":
            with self.lock:
                self._left.appendleft(key)
                self._forget(generation)
            return
        trouble, recording = failure_sentence(events), generation.recording_id
        if not recording and any(event.kind == "token" for event in events):
            today = datetime.now(UTC).date().isoformat()
            recording = self.store.keep_recording(make_recording(events, generation.prompt, self._card, today))
        result = self.store.keep_result(self.record.id, *key, recording, trouble)
        with self.lock:
            self._forget(generation)
            self.finished += 1
            self._in_a_row = self._in_a_row + 1 if trouble else 0
            if trouble:
                self._failed[key] = result
            else:
                self._done.add(key)
                self._failed.pop(key, None)
            if self._in_a_row == MAX_FAILURES_IN_A_ROW:
                self.pause(failing_on(trouble))

    def _forget(self, generation: Generation) -> None:
        del self._making[generation]
        self._stopped.discard(generation)


class BatchJobs(Jobs[BatchJob]):
    """Batches by their ids in the store, at most one at work for each model."""

    def __init__(self, acquire: Callable[[str], Model], store: Callable[[], Store]) -> None:
        super().__init__(acquire)
        self.store = store

    def begin(self, model_id: str, pack: str, items: BatchItems, attempts: int = 1, at_once: int = 1) -> BatchJob:
        """Record a pack's prompts, (item id, prompt), each so many times, with the model of this id in the store.

        Explained where the model cannot be asked, or another batch is at work with it.
        """
        with self.lock:
            self._require_free(model_id)
            model = self.acquire(model_id)
            model.check()
            id = self.store().keep_batch(model_id, model.card, pack, attempts, attempts * len(items))
            return self.resume(id, items, at_once)

    def resume(self, id: str, items: BatchItems, at_once: int = 1, retry: bool = False) -> BatchJob:
        """Go on with a batch, also one that was begun before a restart; with `retry`, only with what failed.

        Explained as in `begin`, and where the model is not the one it was begun with.
        """
        with self.lock:
            store, batch = self.store(), require_batch(self.store(), id)
            self._require_free(batch.model, id)
            return self.go_on(id, lambda: BatchJob(batch, items, self.acquire(batch.model), store, at_once), retry)

    def _require_free(self, model_id: str, besides: str = "") -> None:
        """Explained where another batch than the one named is at work with this model."""
        if any(job.at_work and job.record.model == model_id for id, job in self.open.items() if id != besides):
            raise OTHER_BATCH


def require_batch(store: Store, id: str) -> BatchRecord:
    """What the store knows of a batch. Explained where it knows none."""
    batch = store.batch(id)
    if batch is None:
        raise UNKNOWN_BATCH
    return batch


def failure_sentence(events: Sequence[Event]) -> str:
    """What went wrong with an answer in a plain sentence, "" where nothing did."""
    last = events[-1]
    if last.kind == "error":
        return str(last.data.get("what") or fault_words(last.data.get("fault")).plain)
    return (
        ""
        if any(event.kind == "token" for event in events)
        else fault_words(fault_of_end(last.data.get("reason"))).plain
    )


def failing_on(trouble: str) -> Explained:
    """An Explained that says why a batch paused by itself."""
    return Explained(
        f"{MAX_FAILURES_IN_A_ROW} answers in a row failed. The last one: {trouble}",
        "Everything recorded is kept, and what failed is listed.",
        "Test the model, then retry what failed.",
    )


def shared_card(card: Card, at_once: int) -> Card:
    """The card of a model that made several answers at once, which tells in its words' times."""
    return replace(card, settings={**card.settings, "at_once": at_once})

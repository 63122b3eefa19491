"""Generation: one answer while it is being made: its place in the queue, its events as they come, and its stop."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Condition
from typing import Literal

from components.core.event import LAST, Event, Stream, in_order
from components.core.prompt import Prompt

GRACE_S = 0.02  # seconds a token may take from the worker to here; a silence never claims the moments after that


@dataclass(frozen=True)
class GenerationState:
    """Where an answer stands. `queue_position`: in the queue, 1 is next; `share`: of the loading, from 0 to 1."""

    name: Literal["loading", "queued", "running", "done"]
    queue_position: int = 0
    share: float = 0.0
    text: str = ""


class Generation:
    """One answer in the making. `events` only grows; their `at` is in seconds since the model began on the prompt."""

    def __init__(self, prompt: Prompt, stop: Callable[["Generation"], None]) -> None:
        self.prompt = prompt
        self.state = GenerationState("queued")
        self.events: list[Event] = []
        self.thoughts: list[tuple[float, str]] = []  # for who watches it think; its next event tells them all again
        self.began: float | None = None  # on this computer's monotonic clock; None until the model begins
        self.recording_id = ""  # the id of the recording that it says again; "" where it is new
        self._stop = stop
        self._changed = Condition()
        self._listeners: list[Callable[[], None]] = []

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return bool(self.events) and self.events[-1].kind in LAST

    @property
    def elapsed(self) -> float:
        """Seconds since the model began on this prompt; 0 before that."""
        return 0.0 if self.began is None else time.monotonic() - self.began

    def stop(self) -> None:
        """Make no more of it. What came is kept, and its end says that it was stopped."""
        self._stop(self)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is done, or so many seconds; whether it is done."""
        with self._changed:
            return self._changed.wait_for(lambda: self.done, seconds)

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call this after every change of events or state, from another thread; it must return at once.

        What is given back takes the callback off again.
        """
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback) if callback in self._listeners else None

    def set_state(self, state: GenerationState) -> None:
        """Set the state and tell who listens; a finished answer keeps its state."""
        if state != self.state and not self.done:
            self.state = state
            self._tell()

    def begin(self, began: float) -> None:
        """The model began, at this moment of the monotonic clock."""
        self.began = began
        self.set_state(GenerationState("running"))

    def add(self, event: Event) -> None:
        """One more event; the last one makes it done."""
        if self.done:
            return
        self.events.append(event)
        if self.done:
            self.state = GenerationState("done")
        self._tell()

    def think(self, thoughts: Iterable[tuple[float, str]]) -> None:
        """What the model thought before its next event, each with its seconds since it began on the prompt."""
        self.thoughts += thoughts
        self._tell()

    def stream(self) -> Stream:
        """The events so far and then as they come; a `silence` whenever nothing new has come, with what was thought
        meanwhile: it never waits.
        """
        return in_order(self._so_far())

    def answer(self) -> Stream:
        """The events as they come, waiting between them. Leaving it early stops the model."""
        try:
            count = 0
            while count == 0 or self.events[count - 1].kind not in LAST:
                with self._changed:
                    self._changed.wait_for(lambda count=count: len(self.events) > count)  # type: ignore[misc]
                yield self.events[count]
                count += 1
        finally:
            if not self.done:
                self.stop()

    def _so_far(self) -> Stream:
        count = thought = 0
        while count == 0 or self.events[count - 1].kind not in LAST:
            if len(self.events) > count:
                count += 1
                yield self.events[count - 1]
            else:
                new = self.thoughts[thought:]
                thought += len(new)
                data = {"thoughts": [list(pair) for pair in new]} if new else {}
                yield Event(max(0.0, self.elapsed - GRACE_S), "silence", data=data)

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
        for listener in tuple(self._listeners):
            listener()

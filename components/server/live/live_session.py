"""Live: one generation, played into every pane as it comes, each through its own prototype."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from components.core.event import Event, Stream
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.timeline import without_layer_data
from components.layers.failure.fault_words import KEPT_TEXT, fault_words
from components.layers.weather.instructions import instructed_prompt
from components.models.generation import Generation
from components.models.make_recording import make_recording
from components.models.model import Model
from components.server.live.tickets import Ticket
from components.store import Store

POLL_INTERVAL_S = 0.03  # seconds between looks at the clock while the model says nothing
Message = dict[str, Any]


class LiveSession:
    """One press of Ask. `messages` is what the player hears; `stop` ends the model's work and lets the rest play."""

    def __init__(
        self, ticket: Ticket, prompt: Prompt, model: Model, store: Callable[[], Store],
        to_screen: Callable[[Event], Event] = without_layer_data,
    ) -> None:  # fmt: skip
        self.ticket, self.model, self.store, self.to_screen = ticket, model, store, to_screen
        self.card = model.card  # as it is now: its files may be others when the answer is kept
        self.prompt = replace(prompt, temperature=self.card.temperature)
        self.generations: dict[tuple[str, int, str], Generation] = {}
        self.stopped = False
        self._loop = asyncio.get_running_loop()
        self._changed: list[asyncio.Event] = []

    def answer(self, prompt: Prompt) -> Stream:
        """The model for every pane: the same prompt and attempt is generated once, however many panes ask."""
        key = (prompt.id, prompt.attempt, prompt.partial)
        if key not in self.generations:
            self.generations[key] = self.model.ask(prompt)
            self.generations[key].on_change(self._told)
        for event in self.generations[key].stream():
            if event.kind == "token":  # a layer that hurries must not tell a word before the model did
                thoughts = {"thoughts": event.data["thoughts"]} if "thoughts" in event.data else {}
                yield Event(event.at, "silence", data={"more": True, **thoughts})
            yield event

    def stop(self) -> None:
        """End every generation; what came is kept, and told at once."""
        self.stopped = True
        for generation in self.generations.values():
            generation.stop()
        self._wake()

    async def messages(self) -> AsyncIterator[Message]:
        """All that the player needs, from loading to the id of the recording."""
        try:
            if asking := [proto for _, proto in self.ticket.panes if asks_model(proto, self.prompt)]:
                async for message in self._until_it_begins(asking):
                    yield message
            queue: asyncio.Queue[Message | None] = asyncio.Queue()
            clock = self._clock()
            yield {"kind": "start", "wall": time.time() - clock()}
            panes = [asyncio.create_task(self._pane(key, proto, clock, queue)) for key, proto in self.ticket.panes]
            for _ in panes:
                while (pane_message := await queue.get()) is not None:
                    yield pane_message
            await asyncio.gather(*panes)
            async for message in self._until_it_is_whole():
                yield message
            # in a thread: a database that makes us wait must not hold up others
            if recording_id := await asyncio.to_thread(self.keep):
                yield {"kind": "kept", "recording": recording_id}
            self._explain()
        except Explained as problem:
            yield {"kind": "problem", "what": problem.what, "kept": problem.kept, "do": problem.do}
        finally:
            self.stop()

    def keep(self) -> str:
        """Keep every answer as a recording; the id of the first without instructions, else of the first; "" where the
        model was not asked.
        """
        generations = sorted(
            self.generations.values(), key=lambda generation: generation.prompt.messages != self.prompt.messages
        )
        today = datetime.now(UTC).date().isoformat()
        ids = [
            generation.recording_id
            or self.store().keep_recording(
                make_recording(finished_events(generation), generation.prompt, self.card, today)
            )
            for generation in generations
            if any(event.kind == "token" for event in generation.events)
        ]
        return ids[0] if ids else ""

    async def _until_it_begins(self, asking: Iterable[Prototype]) -> AsyncIterator[Message]:
        """Load and queue before the clock starts, saying how far; each pane's own instructions are asked apart."""
        for prompt in dict.fromkeys(instructed_prompt(prototype, self.prompt) for prototype in asking):
            next(self.answer(prompt))
        generation = next(iter(self.generations.values()))
        changed = self._listen()
        last_state = None
        while generation.began is None and not generation.done:
            state = generation.state
            if state != last_state and state.name == "loading":
                yield {"kind": "loading", "share": state.share, "text": state.text}
            elif state != last_state and state.queue_position:
                yield {"kind": "queued", "place": state.queue_position}
            last_state = state
            await wait_for_change(changed)
        if generation.began is None:
            self._explain()

    async def _until_it_is_whole(self) -> AsyncIterator[Message]:
        """A pane that broke on purpose leaves before the model's end; going on from there needs the rest."""
        changed, has_told = self._listen(), False
        while not self.stopped and not all(generation.done for generation in self.generations.values()):
            if not has_told:
                yield {"kind": "rest"}
            has_told = True
            await wait_for_change(changed)

    def _explain(self) -> None:
        """Explained where the model itself failed: panes tell it in their own ways, some only in its raw words."""
        events = [event for generation in tuple(self.generations.values())[-1:] for event in generation.events]
        if events and events[-1].kind == "error":
            words, data = fault_words(events[-1].data.get("fault")), events[-1].data
            kept_text = KEPT_TEXT if len(events) > 1 else ""
            raise Explained(data.get("what", words.plain), data.get("kept", kept_text), data.get("do", words.do))

    async def _pane(
        self, key: str, prototype: Prototype, clock: Callable[[], float], queue: "asyncio.Queue[Message | None]"
    ) -> None:
        """Play one pane: each event when it is due, looking at the clock while the model is silent."""
        changed = self._listen()
        try:
            for event in prototype.around(self.answer)(self.prompt):
                if event.kind == "silence":
                    if not event.data.get("more"):
                        await wait_for_change(changed)
                    continue
                while (early := event.at - clock()) > 0 and not self.stopped:
                    await wait_for_change(changed, early)
                await queue.put({"pane": key, **self.to_screen(event).to_json()})
        finally:
            await queue.put(None)

    def _clock(self) -> Callable[[], float]:
        """Seconds since the model began, or since now where nobody asked it."""
        began = next(
            (generation.began for generation in self.generations.values() if generation.began is not None),
            time.monotonic(),
        )
        return lambda: time.monotonic() - began

    def _listen(self) -> asyncio.Event:
        self._changed.append(asyncio.Event())
        return self._changed[-1]

    def _told(self) -> None:
        with suppress(RuntimeError):  # the server has closed; nobody listens
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for changed in self._changed:
            changed.set()


async def wait_for_change(changed: asyncio.Event, longest: float = POLL_INTERVAL_S) -> None:
    """Wait until something changed, `longest` seconds at the most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(changed.wait(), longest)
    changed.clear()


def finished_events(generation: Generation) -> tuple[Event, ...]:
    """The events of an answer; one that is left in the middle was stopped."""
    events = tuple(generation.events)
    return events if generation.done else (*events, Event(generation.elapsed, "end", data={"reason": "stopped"}))


def asks_model(prototype: Prototype, prompt: Prompt) -> bool:
    """Whether a prototype asks the model at its start, found by playing it with a model that says nothing."""
    calls = []

    def listens(_: Prompt) -> Stream:
        calls.append(True)
        yield Event(0.0, "silence")

    for _ in islice(prototype.around(listens)(prompt), 8):
        if calls:
            break
    return bool(calls)

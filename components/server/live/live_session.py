"""Live: one question, played into every pane as it is answered, each through its own prototype and by its own model."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
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
from components.layers.weather.instructions import instructed_prompt
from components.models.generation import Generation
from components.models.model import Model
from components.server.live.asked_model import AskedModel
from components.server.live.tickets import Ticket
from components.store import Store

POLL_INTERVAL_S = 0.03  # seconds between looks at the clock while the model says nothing
AT_ONCE_S = 0.25  # models that begin within so many seconds begin together
MAX_HOLD_S = 5.0  # seconds for which a model that begins waits for one that says nothing of itself
HOLD_MESSAGE = {
    "kind": "queued",
    "place": 0,
    "text": "Waiting until every model has begun: all start together.",
}
Message = dict[str, Any]


class LiveSession:
    """One press of Ask. `messages` is what the player hears; `stop` ends the models' work and lets the rest play.

    `others` are the models besides the first, by their ids in the ticket.
    """

    def __init__(
        self, ticket: Ticket, prompt: Prompt, model: Model, store: Callable[[], Store],
        to_screen: Callable[[Event], Event] = without_layer_data, others: Mapping[str, Model] | None = None,
    ) -> None:  # fmt: skip
        self.ticket, self.prompt, self.store, self.to_screen = ticket, prompt, store, to_screen
        models = {**(others or {}), ticket.model: model}
        self.asked = {
            id: AskedModel(models[id], tuple(key for key, _ in ticket.panes if ticket.model_of(key) == id), self._told)
            for id in ticket.models
        }
        self.stopped = False
        self._loop = asyncio.get_running_loop()
        self._changed: list[asyncio.Event] = []
        self._zero: float | None = None  # of the clock of all panes, in seconds; None until it starts

    @property
    def generations(self) -> dict[tuple[str, str, int, str], Generation]:
        """Every answer that was asked for, by the model's id, the prompt's, the attempt and the partial."""
        return {(id, *key): made for id, asked in self.asked.items() for key, made in tuple(asked.generations.items())}

    def stop(self) -> None:
        """End every generation; what came is kept, and told at once."""
        self.stopped = True
        for generation in self.generations.values():
            generation.stop()
        self._wake()

    async def messages(self) -> AsyncIterator[Message]:
        """All that the player needs, from loading to the ids of the recordings."""
        try:
            if asking := [(key, proto) for key, proto in self.ticket.panes if asks_model(proto, self.prompt)]:
                async for message in self._until_they_begin(asking):
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
            if kept := await asyncio.to_thread(self.keep):
                yield {"kind": "kept", **kept}
            self._explain()
        except Explained as problem:
            yield {"kind": "problem", "what": problem.what, "kept": problem.kept, "do": problem.do}
        finally:
            self.stop()

    def keep(self) -> dict[str, Any]:
        """Keep every answer as a recording; the id of the first model's, "" where it gave none, and of several models
        the ids by pane. {} where no words came from any.
        """
        if not any(asked.has_words for asked in self.asked.values()):
            return {}
        today, several = datetime.now(UTC).date().isoformat(), len(self.asked) > 1
        ids = {id: asked.keep(self.store(), self.prompt, today, several)[:1] for id, asked in self.asked.items()}
        first = ids.get(self.ticket.model, next(iter(ids.values())))
        answers = {pane: found[0] for id, found in ids.items() if found for pane in self.asked[id].panes}
        return {"recording": first[0] if first else "", **({"answers": answers} if several else {})}

    async def _until_they_begin(self, asking: Sequence[tuple[str, Prototype]]) -> AsyncIterator[Message]:
        """Load and queue before the clock starts, saying how far; each pane's own instructions are asked apart.

        The clock of all panes starts once every model has begun: loading and queueing are nobody's answer.
        """
        for key, prototype in asking:
            next(self._asked_for(key).answer(instructed_prompt(prototype, self.prompt)))
        changed, last = self._listen(), None
        models = [asked for asked in self.asked.values() if asked.first is not None]
        while waiting := [asked for asked in models if asked.waits]:
            message = next((told for asked in waiting if (told := waiting_message(asked.first))), None)
            held_s = self._held_s(models)
            if message is None and held_s > MAX_HOLD_S:
                break
            message = message or (HOLD_MESSAGE if held_s > AT_ONCE_S else None)
            if message and message != last:
                yield message
            last = message or last
            await wait_for_change(changed)
        if all(asked.began is None for asked in models):
            self._explain()
        if len(models) > 1 and self._held_s(models) > AT_ONCE_S:
            if last is None:
                yield HOLD_MESSAGE  # whoever hears it counts from the start, as the panes do
            self._zero = time.monotonic()

    def _held_s(self, models: Sequence[AskedModel]) -> float:
        """For how many seconds the first model to begin has waited for the others."""
        return max((time.monotonic() - asked.began for asked in models if asked.began is not None), default=0.0)

    async def _until_it_is_whole(self) -> AsyncIterator[Message]:
        """A pane that broke on purpose leaves before the model's end; going on from there needs the rest."""
        changed, has_told = self._listen(), False
        while not self.stopped and not all(generation.done for generation in self.generations.values()):
            if not has_told:
                yield {"kind": "rest"}
            has_told = True
            await wait_for_change(changed)

    def _explain(self) -> None:
        """Explained where a model itself failed; of several, in which panes."""
        for asked in self.asked.values():
            if (problem := asked.problem) is None:
                continue
            if len(self.asked) == 1:
                raise problem
            raise Explained(f"In {' and '.join(asked.panes)}: {problem.what}", problem.kept, problem.do)

    def _asked_for(self, pane: str) -> AskedModel:
        return self.asked[self.ticket.model_of(pane)]

    async def _pane(
        self, key: str, prototype: Prototype, clock: Callable[[], float], queue: "asyncio.Queue[Message | None]"
    ) -> None:
        """Play one pane: each event when it is due, looking at the clock while the model is silent."""
        changed, asked = self._listen(), self._asked_for(key)
        prompt = replace(self.prompt, temperature=asked.card.temperature)
        try:
            for event in prototype.around(asked.answer)(prompt):
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
        """Seconds since the models began, or since now where they were held for each other, or nobody asked any."""
        began = [asked.began for asked in self.asked.values() if asked.began is not None]
        zero = self._zero or max(began, default=time.monotonic())
        return lambda: time.monotonic() - zero

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


def waiting_message(generation: Generation | None) -> Message | None:
    """What is told of an answer that has not begun: how far its model is loaded, or its place; None for neither."""
    if generation is None:
        return None
    state = generation.state
    if state.name == "loading":
        return {"kind": "loading", "share": state.share, "text": state.text}
    return {"kind": "queued", "place": state.queue_position} if state.queue_position else None


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

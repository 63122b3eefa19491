"""One live answer, its model scripted: what stop, a slow database and a person who leaves do to it."""

import asyncio
import threading
import time
from typing import Any

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.fault_words import FAULT_WORDS as WORDS
from components.layers.failure.fault_words import KEPT_TEXT
from components.layers.weather.fault import Fault
from components.layers.weather.instructions import Instructions
from components.layers.weather.latency_profile import LatencyProfile
from components.models.generation import Generation
from components.models.written.scripted_model import scripted_events
from components.server.live.asked_model import finished_events
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Ticket
from components.store import Store

STORY = Prompt.from_typed("Tell me a story.")


class Unfinished:
    """A scripted model that says its words at once and then nothing, until it is stopped."""

    card = Card("Scripted", "scripted")

    def __init__(self, text: str) -> None:
        self.tokens = [event for event in scripted_events(text, first=0.0, gap=0.0) if event.kind == "token"]

    def ask(self, prompt: Prompt) -> Generation:
        made = Generation(prompt, lambda made: made.add(Event(made.elapsed, "end", data={"reason": "stopped"})))
        made.begin(time.monotonic())
        for token in self.tokens:
            made.add(token)
        return made


def run(store: Store, *layers: Any, says: str = "Once upon a time") -> LiveSession:
    panes = Ticket((("A", Prototype("Tried", layers)),))
    return LiveSession(panes, STORY, Unfinished(says), lambda: store)  # type: ignore[arg-type]


def test_a_pane_with_instructions_of_its_own_is_answered_and_kept_apart() -> None:
    store, brief = Store.open(), Instructions("Be brief.")
    panes = (("A", Prototype("Brief", (Streaming(), brief))), ("B", Prototype("Plain", (Streaming(),))))

    async def told() -> list[dict[str, Any]]:
        model = Unfinished("Once upon a time")
        made = LiveSession(Ticket((*panes, ("C", panes[1][1]))), STORY, model, lambda: store)  # type: ignore[arg-type]
        asyncio.get_running_loop().call_later(0.2, made.stop)
        return [message async for message in made.messages()]

    kept = [m["recording"] for m in asyncio.run(asyncio.wait_for(told(), 10)) if m["kind"] == "kept"]
    found = store.recordings_for(STORY.id)
    assert {recording.prompt for recording in found} == {STORY, brief.instruct(STORY)} and len(found) == 2
    assert [recording.id for recording in found if recording.prompt == STORY] == kept
    assert {recording.id for recording in store.recordings_for(brief.instruct(STORY).id)} == {r.id for r in found}


def test_stop_lets_held_and_delayed_words_go_at_once() -> None:
    async def told() -> list[dict[str, Any]]:
        made = run(Store.open(), LatencyProfile(first=20.0), Blocking())
        messages = made.messages()
        said = [await anext(messages) for _ in range(2)]  # it began, and waits
        asyncio.get_running_loop().call_later(0.05, made.stop)
        return said + [message async for message in messages]

    messages = asyncio.run(asyncio.wait_for(told(), 10))
    assert [m["kind"] for m in messages] == ["start", "status", "text", "end", "kept"]
    assert messages[2]["text"] == "Once upon a time" and messages[3]["data"]["reason"] == "stopped"


def test_a_database_that_makes_us_wait_holds_up_nobody_else() -> None:
    free, begun = threading.Event(), threading.Event()

    class Slow:
        def keep_recording(self, recording: Recording) -> str:
            begun.set()
            return recording.id if free.wait(20) else ""

    async def heard() -> list[dict[str, Any]]:
        made = run(Slow(), Streaming())  # type: ignore[arg-type]
        asyncio.get_running_loop().call_later(0.05, made.stop)
        hearing = asyncio.create_task(all_of(made))
        while not begun.is_set():
            await asyncio.sleep(0.005)
        free.set()  # only somebody who was not held up can do this
        return await hearing

    assert asyncio.run(heard())[-1]["recording"]


async def all_of(made: LiveSession) -> list[dict[str, Any]]:
    return [message async for message in made.messages()]


def test_an_answer_that_is_left_is_kept_as_stopped() -> None:
    made = Unfinished("Once upon").ask(STORY)
    kept = Recording(STORY, Unfinished.card, finished_events(made))
    assert kept.text == "Once upon" and not kept.whole and kept.events[-1].data["reason"] == "stopped"
    made.stop()
    assert finished_events(made) == tuple(made.events)


def test_a_pane_that_breaks_on_purpose_leaves_a_whole_recording_to_go_on_from() -> None:
    async def told() -> list[dict[str, Any]]:
        cut = Fault(kind="cut", share=10)
        made, said = run(Store.open(), cut, Streaming(), says="Once upon a time there"), []
        async for message in made.messages():
            said.append(message)
            if message["kind"] == "rest":
                [generation] = made.generations.values()
                generation.add(Event(1.0, "token", " was"))
                generation.add(Event(1.1, "end", data={"reason": "stop"}))
        return said

    messages = asyncio.run(asyncio.wait_for(told(), 10))
    assert [m["kind"] for m in messages] == ["start", *["text"] * 4, "error", "rest", "kept"]
    recording = Store.open().recording(messages[-1]["recording"])
    assert recording is not None and recording.whole and recording.text == "Once upon a time there was"


@pytest.mark.parametrize("kind", ["cut", "malformed", "loop", "garbled"])
def test_every_pane_of_a_live_answer_breaks_at_the_same_token_however_fast_it_came(kind: str) -> None:
    fault = Fault(kind=kind, share=10)
    arms = {"A": Streaming(), "B": Streaming(unit="sentence"), "C": Blocking()}

    async def told() -> dict[str, list[Event]]:
        panes = Ticket(tuple((key, Prototype("", (fault, arm))) for key, arm in arms.items()))
        model: Any = Unfinished(" ".join(f"w{n}" for n in range(30)))
        made = LiveSession(panes, STORY, model, Store.open, to_screen=lambda event: event)
        heard: dict[str, list[Event]] = {key: [] for key in arms}
        async for message in made.messages():
            if "pane" in message:
                heard[message["pane"]].append(Event.from_json(message))
            elif message["kind"] in ("start", "rest"):
                [generation] = made.generations.values()
                generation.add(Event(0.1, "end", data={"reason": "stop"}))
        return heard

    heard = asyncio.run(asyncio.wait_for(told(), 10))
    tokens = [[token for event in events for token in event.tokens] for events in heard.values()]
    assert tokens[0] == tokens[1] == tokens[2]
    assert [token["text"] for token in tokens[0][:4]] == ["w0", " w1", " w2", " w3"]
    assert [bool(token.get("made_up")) for token in tokens[0][:5]][:5] == [False] * 4 + [True] * (len(tokens[0]) > 4)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"fault": "worker", "what": "It died.", "kept": "All.", "do": "Again."}, ["It died.", "All.", "Again."]),
        ({"fault": "context"}, [WORDS["context"].plain, KEPT_TEXT, WORDS["context"].do]),
    ],
)
def test_what_really_went_wrong_is_told_beside_the_panes(data: dict[str, str], said: list[str]) -> None:
    async def told() -> list[dict[str, Any]]:
        made = run(Store.open(), Streaming())
        messages = made.messages()
        first = [await anext(messages)]
        [generation] = made.generations.values()
        generation.add(Event(1.0, "error", "Raw", data))
        return first + [message async for message in messages]

    *_, kept, problem = asyncio.run(asyncio.wait_for(told(), 10))
    assert kept["kind"] == "kept" and [problem[part] for part in ("what", "kept", "do")] == said

"""One question to two models at once: each in its own pane, from the same moment, and one that fails does so alone."""

import asyncio
import threading
import time
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.own_model import model_of_card
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers.delivery.streaming import Streaming
from components.layers.weather.instructions import Instructions
from components.models.generation import Generation, GenerationState
from components.models.written.unavailable_model import UnavailableModel
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Ticket
from components.store import Store

STORY = Prompt.from_typed("Tell me a story.")
PLAIN = Prototype("Plain", (Streaming(),))
OTHER = PLAIN.with_own_model(model_of_card(Card("Two", "local")))


class Says:
    """A model that is loaded for `load` seconds, then says its words at once; each time that it is asked is kept."""

    def __init__(self, name: str, text: str, load: float = 0.0) -> None:
        self.card, self.text, self.load = Card(name, "local"), text, load
        self.asked: list[Prompt] = []

    def ask(self, prompt: Prompt) -> Generation:
        """Loads, then answers."""
        self.asked.append(prompt)
        made = Generation(prompt, lambda made: made.add(Event(made.elapsed, "end", data={"reason": "stopped"})))
        if self.load:
            made.set_state(GenerationState("loading", share=0.5, text=f"Loading {self.card.name}"))
            threading.Timer(self.load, self.answer, (made,)).start()
        else:
            self.answer(made)
        return made

    def answer(self, made: Generation) -> None:
        """All words at once."""
        made.begin(time.monotonic())
        for event in (Event(0.0, "token", self.text), Event(0.01, "end", data={"reason": "stop"})):
            made.add(event)


def heard(one: Any, two: Any, *panes: tuple[str, Prototype]) -> list[dict[str, Any]]:
    ticket = Ticket(panes or (("A", PLAIN), ("B", OTHER)), "one", (("B", "two"),))

    async def told() -> list[dict[str, Any]]:
        made = LiveSession(ticket, STORY, one, Store.open, others={"two": two})
        return [{**message, "heard": time.monotonic()} async for message in made.messages()]

    return asyncio.run(asyncio.wait_for(told(), 20))


def said(messages: list[dict[str, Any]], pane: str) -> str:
    return "".join(m.get("text", "") for m in messages if m.get("pane") == pane and m["kind"] == "text")


def test_each_pane_hears_its_own_model_and_both_answers_are_kept() -> None:
    one, two = Says("One", "First."), Says("Two", "Second.")
    messages = heard(one, two, ("A", PLAIN), ("B", OTHER), ("C", PLAIN))
    assert [said(messages, pane) for pane in "ABC"] == ["First.", "Second.", "First."]
    assert len(one.asked) == len(two.asked) == 1
    kept, store = messages[-1], Store.open()
    assert kept["kind"] == "kept" and kept["recording"] == kept["answers"]["A"] == kept["answers"]["C"]
    found = [store.recording(kept["answers"][pane]) for pane in "AB"]
    assert [(r.card.name, r.text) for r in found if r] == [("One", "First."), ("Two", "Second.")]


def test_all_panes_begin_once_the_slower_model_is_loaded() -> None:
    messages = heard(Says("One", "First."), Says("Two", "Second.", load=0.6))
    kinds = [message["kind"] for message in messages]
    assert kinds.index("loading") < kinds.index("start")
    words = {m["pane"]: m for m in messages if m["kind"] == "text"}
    assert words["A"]["at"] == words["B"]["at"] == 0.0
    assert abs(words["A"]["heard"] - words["B"]["heard"]) < 0.3


def test_a_model_that_cannot_be_asked_fails_in_its_own_pane_alone() -> None:
    gone = UnavailableModel(Card("Two", "local"), Explained("It is not there.", "All is kept.", "Start it."))
    messages = heard(Says("One", "First."), gone)
    *_, kept, problem = messages
    assert said(messages, "A") == "First." and problem["what"] == "In B: It is not there."
    broken = Store.open().recording(kept["answers"]["B"])
    assert broken is not None and broken.broke and broken.card.name == "Two"


def test_where_no_model_answers_nothing_is_kept_and_the_problem_is_told() -> None:
    problem = Explained("It is not there.")
    one, two = (UnavailableModel(Card(name, "local"), problem) for name in ("One", "Two"))
    messages = heard(one, two)
    assert messages[-1]["kind"] == "problem" and not any(message["kind"] == "kept" for message in messages)


def test_instructions_of_a_pane_are_told_to_its_own_model_alone() -> None:
    brief = Instructions("Be brief.")
    one, two = Says("One", "First."), Says("Two", "Second.")
    heard(one, two, ("A", PLAIN), ("B", OTHER.with_weather(brief)))
    assert (one.asked, two.asked) == ([STORY], [brief.instruct(STORY)])

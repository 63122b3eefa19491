"""A live answer whose score asks the model again: the words come at once, the badge when the model is done."""

import asyncio
import threading
import time
from typing import Any

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers.confidence.badge import Badge
from components.layers.confidence.score import OWN_ESTIMATE, SAMPLE_COUNT, SELF_CONSISTENCY
from components.layers.confidence.score_by_asking import CONFIDENCE_PROMPT
from components.layers.delivery.streaming import Streaming
from components.models.generation import Generation
from components.models.written.scripted_model import scripted_events
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Ticket
from components.store import Store

ASKED = Prompt.from_typed("What is the capital of Peru?")


class Opinions:
    """A scripted model: Lima first and at every other attempt, each answer whole a little later than the one before."""

    card = Card("Scripted", "scripted")

    def __init__(self, slow: float = 0.02) -> None:
        self.slow = slow

    def ask(self, prompt: Prompt) -> Generation:
        sure = prompt.conversation[-1].text == CONFIDENCE_PROMPT
        made = Generation(prompt, lambda made: made.add(Event(made.elapsed, "end", data={"reason": "stopped"})))
        made.begin(time.monotonic())
        text = "80 %" if sure else "Cusco" if prompt.attempt % 2 else "Lima"

        def say() -> None:
            for event in scripted_events(text, first=0.0, gap=0.0):
                made.add(event.with_time(made.elapsed))

        threading.Timer(self.slow * prompt.attempt, say).start()
        return made


@pytest.mark.parametrize(
    ("source", "more", "level"), [(SELF_CONSISTENCY, SAMPLE_COUNT, "low"), (OWN_ESTIMATE, 1, "high")]
)
def test_the_words_come_first_and_the_badge_when_the_model_was_asked_again(source: str, more: int, level: str) -> None:
    async def told() -> tuple[list[dict[str, Any]], int]:
        store, panes = Store.open(), Ticket((("A", Prototype("Sure", (Streaming(), Badge(source=source)))),))
        run = LiveSession(panes, ASKED, Opinions(), lambda: store)  # type: ignore[arg-type]
        said = [message async for message in run.messages()]
        return said, len(run.generations)

    messages, asked = asyncio.run(asyncio.wait_for(told(), 20))
    seen = [m for m in messages if "pane" in m]
    assert [m["kind"] for m in seen] == ["text", "badge", "end"]
    assert seen[1]["data"]["level"] == level and asked == 1 + more
    kept = Store.open().recordings_for(ASKED.id)
    assert len(kept) == asked


def test_stop_while_it_is_asked_again_leaves_the_words_and_no_badge() -> None:
    async def told() -> list[dict[str, Any]]:
        store, panes = Store.open(), Ticket((("A", Prototype("Sure", (Streaming(), Badge(source=SELF_CONSISTENCY)))),))
        run, said = LiveSession(panes, ASKED, Opinions(slow=1.0), lambda: store), []  # type: ignore[arg-type]
        async for message in run.messages():
            said.append(message)
            if message["kind"] == "text":
                asyncio.get_running_loop().call_later(0.01, run.stop)
        return said

    kinds = [m["kind"] for m in asyncio.run(asyncio.wait_for(told(), 20)) if "pane" in m]
    assert kinds == ["text", "notice", "end"]

"""Every pattern works on a live answer as it does on a recording: it ends, once, in order, and the answer is kept."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from components.core.card import Card
from components.core.event import LAST
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.layers.delivery.streaming import Streaming
from components.layers.weather.latency_profile import LatencyProfile
from components.models.generation import Generation
from components.models.written.scripted_model import scripted_events
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Ticket
from components.store import Store

PATTERNS = [kind for kind in ALL_PATTERNS.values() if kind.__name__ != "Fault"]
ASKED = Prompt.from_typed("Tell me briefly why the sky is blue, please, and nothing else.")


class Quick:
    """A scripted model that says everything at once, whatever it is asked."""

    card = Card("Scripted", "scripted")

    def ask(self, prompt: Prompt) -> Generation:
        made = Generation(prompt, lambda _: None)
        made.begin(time.monotonic())
        for event in scripted_events("Because air scatters blue light. That is all.", first=0.0, gap=0.0):
            made.add(event)
        return made


async def told(kind: type[Layer], store: Store) -> list[dict[str, Any]]:
    layers = (kind(),) if kind.releases or kind is LatencyProfile else (Streaming(), kind())
    run = LiveSession(Ticket((("A", Prototype("Tried", layers)),)), ASKED, Quick(), lambda: store)  # type: ignore[arg-type]
    return [message async for message in run.messages()]


@pytest.mark.parametrize("kind", PATTERNS, ids=lambda kind: kind.__name__)
def test_a_pattern_ends_once_in_order_on_a_live_answer(kind: type[Layer], tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    messages = asyncio.run(asyncio.wait_for(told(kind, store), 30))
    assert not [message for message in messages if message["kind"] == "problem"]
    events = [message for message in messages if "pane" in message]
    assert [event["kind"] in LAST for event in events] == [False] * (len(events) - 1) + [True]
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    assert events[-1]["kind"] == "question" or any(message["kind"] == "kept" for message in messages)

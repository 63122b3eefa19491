"""Record: keeps an answer for good, from a model that has given it or is giving it now."""

from collections.abc import Iterable
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording

DECIMAL_PLACES, MAX_KEPT_ALTERNATIVES = 4, 5


def make_recording(events: Iterable[Event], prompt: Prompt, card: Card, made: str) -> Recording:
    """The recording of an answer; `made` is an ISO date. Silences are not part of it, numbers keep 4 decimals."""
    recorded_events = (event for event in events if event.kind in ("token", "error", "end"))
    return Recording(prompt, card, tuple(round_event(event) for event in recorded_events), made)


def round_event(event: Event) -> Event:
    """The event with no more decimals than the clocks and sums behind it are good for."""
    data: dict[str, Any] = dict(event.data)
    if event.kind == "token" and "logprob" in data:
        data["logprob"] = round(data["logprob"], DECIMAL_PLACES)
        likely = data.get("alternatives", ())[:MAX_KEPT_ALTERNATIVES]
        data["alternatives"] = [[text, round(logprob, DECIMAL_PLACES)] for text, logprob in likely]
    return Event(round(event.at, DECIMAL_PLACES), event.kind, event.text, data)

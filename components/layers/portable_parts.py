"""Portable parts: the steps of patterns that only say something of their own, taken from what they say when played."""

from itertools import takewhile

from components.core.event import Event
from components.core.layer import Layer
from components.core.portable import Portable, portable_step
from components.core.prompt import Message, Prompt

ANY_PROMPT = Prompt((Message("user", "?"),))
LONG_WAIT_S = 3600.0  # seconds
SLOW_ANSWER = (Event(0.0, "silence"), Event(LONG_WAIT_S, "silence"), Event(LONG_WAIT_S, "token", "."))
SHORT_ANSWER = (Event(0.0, "text", "."), Event(0.0, "end"))


def opening_step(layer: Layer, once: bool = True) -> Portable:
    """What the layer says before an answer, as a step; no step where it says nothing."""
    played = takewhile(lambda event: not event.carries_words, layer.play(ANY_PROMPT, lambda _: iter(SHORT_ANSWER)))
    events = [event.to_json() for event in played if not event.data.get("remark")]
    return portable_step("before", events=events, once=once) if events else Portable()


def waiting_step(layer: Layer) -> Portable:
    """The signs that the layer shows while a live answer has no words yet, as a step."""
    played = layer.play(ANY_PROMPT, lambda _: iter(SLOW_ANSWER))
    return portable_step("signs", signs=[event.to_json() for event in played if event.kind == "status"])


def closing_step(
    layer: Layer, on: tuple[str, ...] = ("end", "question"), whole: bool = True, attempts: int | None = None
) -> Portable:
    """What the layer says below an answer, as a step; no step where it says nothing."""
    played = tuple(layer.play(ANY_PROMPT, lambda _: iter(SHORT_ANSWER)))[1:-1]
    events = [event.to_json() for event in played]
    values = {"events": events, "on": list(on), "whole": whole, "attempts": attempts}
    return portable_step("after", **values) if events else Portable()

"""Verdict: what is said about an answer's words once they are all there."""

from collections.abc import Callable, Mapping
from typing import Any

from components.core.event import LAST, Event, Stream
from components.layers.confidence.score import mean_probability, no_score


def with_verdict(stream: Stream, verdict: Callable[[float], Event]) -> Stream:
    """The stream with the verdict on its words' mean probability before the last event, where words were shown.

    Where the model gave no probabilities, a notice says so instead.
    """
    tokens: list[Mapping[str, Any]] = []
    for event in stream:
        if event.kind == "revise":
            tokens = []
        if event.words:
            tokens.extend(event.tokens or ({"text": event.text},))
        if event.kind in LAST and tokens:
            score = mean_probability(tokens)
            yield no_score(event.at) if score is None else verdict(score).moved(event.at)
        yield event

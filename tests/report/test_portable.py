"""The runtime of the code hand-off does event by event what the layers do."""

import json
import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import parallax_events as runtime
import pytest
from parallax_runtime import prototype_from

from components.core.event import Event, Stream
from components.core.layer import Layer
from components.core.portable import STEP_KINDS, NotPortable
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.layers.clarification.ask_one_question import AskOneQuestion
from components.layers.clarification.clarification_layer import MISSING, Clarification
from components.layers.clarification.options import Options
from components.layers.delivery.draft_then_final import DraftThenFinal
from components.layers.delivery.streaming import Streaming
from components.layers.transparency.step_log import StepLog
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.report.handoff.program import Program
from tests.report.portable_cases import (
    Case,
    alone_cases,
    asked_cases,
    carried_patterns,
    mixed_cases,
    models,
    steps_of,
    template_cases,
    variants,
)

CARRIED = 47  # patterns, at the least


@cache
def loaded(prototype: Prototype) -> Any:
    """The prototype, as the runtime reads it from its file."""
    return prototype_from(json.loads(json.dumps(Program(prototype).to_json())))


@cache
def answering(name: str) -> runtime.Answer:
    """A model of the cases, as the runtime asks it."""
    model = json.loads(json.dumps(models()[name].to_json()))
    replies, attempts = (
        {ask: [*map(runtime.event_from, events)] for ask, events in model["replies"].items()},
        [[*map(runtime.event_from, events)] for events in model["attempts"]],
    )

    def answer(prompt: runtime.Prompt) -> runtime.Stream:
        last = prompt.choices[-1].option if prompt.choices else ""
        yield from replies.get(last, attempts[min(prompt.attempt, len(attempts) - 1)])

    return answer


def played(case: Case, asked: list[Any]) -> list[runtime.Event]:
    """What the runtime makes of a case, but for its remarks; what it asks the model goes to `asked`."""
    values = case.prompt.to_json()
    prompt = runtime.Prompt(
        tuple(runtime.Message(**message) for message in values["messages"]),
        tuple(runtime.Choice(**choice) for choice in values["choices"]),
        values["attempt"], values["partial"], case.is_hidden,
    )  # fmt: skip

    def model(prompt: runtime.Prompt) -> runtime.Stream:
        asked.append(([tuple(message) for message in prompt.conversation], prompt.attempt, prompt.partial))
        return answering(case.model)(prompt)

    return [event for event in loaded(case.prototype).around(model)(prompt) if not event.data.get("remark")]


def layered(case: Case, asked: list[Any]) -> list[Event]:
    """What the layers make of a case, but for their remarks; what they ask the model goes to `asked`."""

    def model(prompt: Prompt) -> Stream:
        asked.append(
            ([(message.role, message.text) for message in prompt.conversation], prompt.attempt, prompt.partial)
        )
        return models()[case.model](prompt)

    return [event for event in case.prototype.around(model)(case.prompt) if not event.data.get("remark")]


def same(case: Case) -> bool:
    """Whether both show the same events and ask the model the same in the same order."""
    heard, expected_heard = list[Any](), list[Any]()
    found, expected = played(case, heard), layered(case, expected_heard)
    return (
        heard == expected_heard
        and len(found) == len(expected)
        and all(
            math.isclose(one.at, other.at, abs_tol=1e-5)
            and (one.kind, one.text, one.data) == (other.kind, other.text, other.data)
            for one, other in zip(found, expected, strict=True)
        )
    )


def wrong(cases: Iterable[Case]) -> list[str]:
    return [case.name for case in cases if not same(case)]


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_a_pattern_has_steps_of_the_vocabulary_or_says_why_it_has_none(kind: type[Layer]) -> None:
    for layer in variants(kind):
        part = layer.portable()
        if isinstance(part, NotPortable):
            assert part.reason.endswith(".") and len(part.reason.split()) > 5
        for step in steps_of(layer):
            assert set(step.values) == set(STEP_KINDS[step.kind].fields)
            assert json.loads(json.dumps(step.to_json())) == step.to_json()


def test_most_patterns_have_steps_and_weather_has_none() -> None:
    carried = carried_patterns()
    assert len(carried) >= CARRIED
    assert {Fault, LatencyProfile}.isdisjoint(carried)


def test_of_a_pattern_that_has_steps_only_what_packs_know_has_none() -> None:
    layers = [layer for kind in carried_patterns() for layer in variants(kind)]
    without = {layer for layer in layers if isinstance(layer.portable(), NotPortable)}
    assert {type(layer) for layer in without} == {AskOneQuestion, Options, StepLog}
    assert all(layer.when == MISSING for layer in without if isinstance(layer, Clarification))
    assert not any(layer.own.strip() for layer in without if isinstance(layer, StepLog))


def test_each_pattern_by_itself_is_played_as_its_layer_plays() -> None:
    assert wrong(alone_cases(every_model=True)) == []


def test_each_template_is_played_as_its_layers_play() -> None:
    assert wrong(template_cases(every_model=True)) == []


def test_a_draft_that_is_streamed_again_is_played_as_its_layers_play() -> None:
    prototype = Prototype("drafted", (DraftThenFinal(), Streaming(cursor=False)))
    assert wrong(asked_cases(prototype, models())) == []


def test_patterns_thrown_together_are_played_as_their_layers_play() -> None:
    assert wrong(mixed_cases(120)) == []

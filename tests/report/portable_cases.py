"""Prototypes, prompts and answers on which the runtimes of the code hand-off are compared with the layers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from components.core.event import Event, Stream
from components.core.hidden_turn import HIDDEN_TURN_ENDING, is_hidden_turn
from components.core.layer import Dial, Family, Layer, carried_fields, dials_of
from components.core.portable import NotPortable
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.layers.added_content import BEFORE_ANSWER
from components.layers.confidence.score_by_asking import CONFIDENCE_PROMPT
from components.layers.delivery.streaming import Streaming
from components.ui.design.templates import load_templates
from components.ui.shared.samples import starting_prototypes

PLAIN = Prompt.from_typed("Is it so, and who says that it has to be so in every case?")
SHORT, STAKES, PERSON = map(
    Prompt.from_typed, ("Is it so?", "Cancel my flight, please, and tell them that I want the money back.",
                  "This does not help. I want to talk to a real person")
)  # fmt: skip
LIST = (
    "1. **For**: It is said so?\n- Against: It was not.\n* for: It has been | long | so\n\n2 eggs | no\nAgainst: Not so"
)
SURE = "I am about 80 % sure."
OTHERS = (
    "It is so. Or not.",
    "Perhaps, but only on Mondays in May.",
    "It is never so.",
    "It is so.",
    "So it is. Always.",
)
DECLINES = "I'm sorry, but I can't help with that. Ask somebody else, or ask me something else."
LONG = (
    "It is so. First, it *has* been so for years: who knows why? In 1,500 cases of 2,000, Zoë says it’s so.\n\n"
    "你好。 好的！ Or not."
)
STEPS_APART = (0.0, 0.2, 0.2, 0.1, 1.7, 0.05, 0.3)  # seconds between tokens, over and over
LOGPROBS = (-0.02, -0.4, -2.5, -0.9, -0.1, -3.0, -0.3)


@dataclass(frozen=True)
class Model:
    """A model that says what stands in a table: replies by the last thing it was asked, or answers by attempt."""

    attempts: tuple[tuple[Event, ...], ...]
    replies: Mapping[str, tuple[Event, ...]]

    def __call__(self, prompt: Prompt) -> Stream:
        last = prompt.choices[-1].option if prompt.choices else ""
        yield from self.replies.get(last, self.attempts[min(prompt.attempt, len(self.attempts) - 1)])

    def to_json(self) -> dict[str, Any]:
        """A JSON object that a runtime in any language can answer from."""
        replies = {ask: [event.to_json() for event in events] for ask, events in self.replies.items()}
        return {"replies": replies, "attempts": [[event.to_json() for event in events] for events in self.attempts]}


@dataclass(frozen=True)
class Case:
    """One prototype asked one thing of one model."""

    prototype: Prototype
    prompt: Prompt
    model: str

    @property
    def name(self) -> str:
        """What a failing test is told by."""
        return f"{self.prototype.layers} {self.prompt} {self.model}"

    @property
    def is_hidden(self) -> bool:
        """Whether it is a turn of which nobody sees the answer."""
        return is_hidden_turn(self.prompt)

    def expected(self) -> list[Event]:
        """What the layers make of it, silences too; what Parallax remarks to the designer is no part of a product."""
        played = self.prototype.around(models()[self.model])(self.prompt)
        return [event for event in played if not event.data.get("remark")]


def spoken(
    text: str, live: bool = False, end: Event | None = None, logprobs: Sequence[float] = LOGPROBS
) -> tuple[Event, ...]:
    """The words of a text as tokens, then an end or something else; a live answer has silences between."""
    events, at = ([Event(0.0, "silence")] if live else []), 0.6
    parts = [part for word in text.split(" ") for part in (word[:4], word[4:] + " ") if part]
    for place, part in enumerate(parts):
        at = round(at + STEPS_APART[place % len(STEPS_APART)], 3)
        if live and place % 3 == 0:
            events.append(Event(round(at - 0.04, 3), "silence"))
        data = {"logprob": logprobs[place % len(logprobs)], "alternatives": []} if logprobs else {}
        events.append(Event(at, "token", part, data))
    return (*events, (end or Event(0.0, "end")).with_time(round(at + 0.1, 3)))


def broken(fault: str) -> Event:
    return Event(0.0, "error", f"SomeError: {fault}", {"fault": fault})


@cache
def models() -> dict[str, Model]:
    """Models that answer whole, break, say nothing, decline, doubt or change their minds."""
    later = tuple(spoken(text) for text in OTHERS)
    asks = sorted(asked_of_models())
    replies = {ask: spoken(LIST) for ask in asks} | {CONFIDENCE_PROMPT: spoken(SURE)}
    live = {ask: spoken(LIST, live=True) for ask in asks} | {CONFIDENCE_PROMPT: spoken("Very sure.", live=True)}
    sulking = {ask: spoken("", end=broken("server")) for ask in replies}
    half, end = LONG[: len(LONG) // 2], Event(0.0, "end", "", {"reason": "stopped"})
    lives = tuple(spoken(text, live=True) for text in (LONG, *OTHERS))
    firsts = {
        "whole": spoken(LONG), "sure": spoken(LONG, logprobs=(-0.01,)), "unsure": spoken("It is so.", logprobs=(-2.0,)),
        "unknown": spoken(LONG, logprobs=()), "empty": (Event(1.2, "end"),), "stopped": spoken(half, end=end),
        "declines": spoken(DECLINES), "blank": spoken(" "), "cut": spoken(half, end=broken("cut")),
        "cut at once": spoken("It", end=broken("cut")), "nothing": (Event(9.0, "error", "", {"fault": "timeout"}),),
        "busy": spoken("", end=broken("rate")), "too long": spoken("", end=broken("context")),
        "strange": spoken("It is so. Or", end=broken("something new")),
    }  # fmt: skip
    found = {name: Model((first, *later), replies) for name, first in firsts.items()}
    cut = spoken(half, live=True, end=broken("cut"))
    return found | {
        "live": Model(lives, live), "live cut": Model((cut, *lives[1:]), live), "live cuts": Model((cut,), sulking),
        "always cut": Model((firsts["cut"],), sulking), "always empty": Model((firsts["empty"],), sulking),
        "same": Model((firsts["unsure"],), replies),
        "few": Model((firsts["whole"], *later[:3], firsts["cut"]), replies),
        "fewer": Model((firsts["whole"], *later[:2], firsts["cut"]), replies),
    }  # fmt: skip


def asked_of_models() -> set[str]:
    """Everything that a pattern asks a model for."""
    steps = [step for kind in ALL_PATTERNS.values() for layer in variants(kind) for step in steps_of(layer)]
    contents = [step.values["content"] for step in steps if step.values.get("content")]
    return {content["ask"] for content in contents if content["ask"]}


def steps_of(layer: Layer) -> Sequence[Any]:
    part = layer.portable()
    return () if isinstance(part, NotPortable) else part.steps


def carried_patterns() -> list[type[Layer]]:
    """The patterns that have steps, with their dials turned one way at least."""
    return [
        kind
        for kind in ALL_PATTERNS.values()
        if not all(isinstance(layer.portable(), NotPortable) for layer in variants(kind))
    ]


def variants(kind: type[Layer]) -> tuple[Layer, ...]:
    """The pattern as it comes, and with each of its dials turned by itself, calibrated too."""
    return variants_of(kind.__name__)


@cache
def variants_of(name: str) -> tuple[Layer, ...]:
    kind = ALL_PATTERNS[name]
    changes: list[dict[str, Any]] = [{spec.name: value} for spec in dials_of(kind) for value in values(spec)]
    if "calibration" in carried_fields(kind):
        [calibration] = [
            layer.calibration for layer in starting_prototypes()[2].layers if hasattr(layer, "calibration")
        ]
        rising = replace(calibration, points=((0.1, 0.05), (0.5, 0.4), (0.9, 0.95)), slope=1.0, shift=0.0)
        looks = {0, getattr(kind(), "token_limit", 0)}
        changes += [{"calibration": replace(each, look=look)} for each in (calibration, rising) for look in looks]
    return tuple(dict.fromkeys([kind(), *(replace(kind(), **change) for change in changes)]))


def values(spec: Dial) -> Iterable[Any]:
    """Some values of a dial beside its own."""
    if spec.choices:
        return spec.choices
    if isinstance(spec.default, bool):
        return (True, False)
    if isinstance(spec.default, int | float):
        assert spec.low is not None and spec.high is not None
        kind = type(spec.default)
        return (kind(spec.low), kind(spec.high), kind(min(spec.high, max(spec.low, 1))))
    return ("", " ", "First, this: so\n- Then | that | has been so\n2. First, this: so", "{prompt}")


def prompts(prototype: Prototype) -> Iterator[Prompt]:
    """Turns of a conversation with it: the first, later attempts, and what follows from each question."""
    yield from (
        PLAIN,
        SHORT,
        STAKES,
        PERSON,
        PLAIN.next_attempt(),
        PLAIN.next_attempt().next_attempt().next_attempt(),
        PLAIN.going_on("It is so"),
    )
    yield PLAIN.with_choice(BEFORE_ANSWER, f"Anything? {HIDDEN_TURN_ENDING}")
    for prompt in (PLAIN, STAKES):
        steps = [prompt]
        for _ in range(3):
            steps = [after for step in steps[:3] for after in answered(prototype, step)]
            yield from steps


def answered(prototype: Prototype, prompt: Prompt) -> Iterator[Prompt]:
    """The turns after a question, if the prototype asks one."""
    last = Case(prototype, prompt, "whole").expected()[-1:]
    for event in last:
        if event.kind == "question":
            yield from (
                prompt.with_choice(event.text, option) for option in (*event.data["options"][:2], "My own words")
            )


def knows_time(prototype: Prototype) -> bool:
    """Whether it says how long an answer takes, which is known of a recording and of no live answer."""
    return any(spec.name == "usual" for layer in prototype.layers for spec in dials_of(type(layer)))


def asked_cases(prototype: Prototype, names: Iterable[str]) -> Iterator[Case]:
    """The prototype asked everything of these models."""
    for prompt in dict.fromkeys(prompts(prototype)):
        yield from (Case(prototype, prompt, name) for name in names if "live" in name or not knows_time(prototype))


def alone_cases(every_model: bool) -> Iterator[Case]:
    """Every pattern by itself around streamed words; with its dials turned on a few of the models only."""
    for kind in carried_patterns():
        few = ("live", "sure", "unsure") if every_model and "calibration" in carried_fields(kind) else ("live",)
        for number, layer in enumerate(variants(kind)):
            layers = (layer,) if kind.family <= Family.DELIVERY else (Streaming(), layer)
            names = few if number or not every_model else models()
            yield from asked_cases(Prototype(kind.__name__, layers), names)


def template_cases(every_model: bool) -> Iterator[Case]:
    """The ten templates, and what Compare begins with."""
    for prototype in map(in_calm, (*(template.prototype for template in load_templates()), *starting_prototypes())):
        yield from asked_cases(prototype, models() if every_model else ("whole", "live cut"))


def in_calm(prototype: Prototype) -> Prototype:
    """The same prototype without weather, which is no part of a product."""
    return prototype.with_layers(layer for layer in prototype.layers if layer.family != Family.WEATHER)


def mixed_cases(count: int) -> Iterator[Case]:
    """Patterns thrown together. Each is drawn by its own name, so that a new one changes only the throws it is in."""
    for number in range(count):
        drawn = sorted((Random(f"{number} {kind.__name__}").random(), kind.__name__) for kind in carried_patterns())
        random = Random(number)
        names = [name for _, name in drawn[: random.randint(2, 7)]]
        layers = tuple(Random(f"{number} {name}").choice(variants_of(name)) for name in names)
        every = list(asked_cases(Prototype("mixed", layers), models()))
        yield from random.sample(every, 12)

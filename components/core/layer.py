"""Layer: one pattern around an answer, with the dials a designer can turn."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any, ClassVar

from components.core.card import Card
from components.core.dial_words import dial_title
from components.core.event import Stream
from components.core.explained import Explained
from components.core.hidden_turn import is_hidden_turn
from components.core.portable import NotPortable, Portable
from components.core.prompt import Prompt
from components.core.remark import Remark

Answer = Callable[[Prompt], Stream]  # a model, a replay, a prototype


class Family(IntEnum):
    """What a layer is about, in the order in which layers are put around a model."""

    WEATHER = 0
    DELIVERY = 1
    CONFIDENCE = 2
    CLARIFICATION = 3
    FAILURE = 4
    EXPECTATION = 5
    TRANSPARENCY = 6
    CONTROL = 7

    @property
    def label(self) -> str:
        """The family's name on a page."""
        return self.name.capitalize()


PEOPLE_UNKNOWN = 0  # people: a study that does not say in its abstract how many took part


@dataclass(frozen=True)
class Evidence:
    """What a study found about a pattern: never a number without a source.

    `n` is how many people took part, PEOPLE_UNKNOWN where they were not counted in what was read of it, None where
    nobody was studied: an argument, a guideline, or nothing found. `link` leads to the source.
    """

    finding: str
    n: int | None = None
    source: str = ""
    link: str = ""

    @property
    def citation(self) -> str:
        """The number of people and the source, as in “n = 203, Ashktorab 2019”; "" where neither is known."""
        people = "" if self.n is None else f"n = {self.n}" if self.n else "n not known"
        return ", ".join(part for part in (people, self.source) if part)


@dataclass(frozen=True)
class Example:
    """How a pattern shows best, and on which written scenario.

    `dials` are those that are turned for it, `fault` is the kind that breaks the answer first ("" for none), and where
    `again`, it is shown on the next attempt at the question. `scenario` is the name of the file of the scenario that
    suits it ("" for any); it is shown on that one's right answer, or where `wrong`, on its wrong one.
    """

    dials: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    again: bool = False
    scenario: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class Dial:
    """How one field of a layer is shown and bounded."""

    name: str
    default: Any
    help: str
    low: float | None = None
    high: float | None = None
    step: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    title: str = ""  # its name on a page, where the field's own name says too little

    @property
    def label(self) -> str:
        """The dial's name on a page."""
        return self.title or dial_title(self.name)

    def check(self, value: Any) -> Any:
        """The value in the dial's own type. Explained where it is out of range."""
        number = isinstance(value, int | float) and isinstance(self.default, int | float)
        try:
            checked = type(self.default)(value) if number else value
        except (ValueError, OverflowError):
            checked = None
        fits = type(checked) is type(self.default) and checked == value
        fits = fits and (not self.choices or checked in self.choices)
        if fits and self.low is not None and self.high is not None:
            fits = self.low <= checked <= self.high
        if not fits:
            raise Explained(f"“{self.label}” cannot be {value!r}.", do=f"Choose {self.range_text}.")
        return checked

    @property
    def range_text(self) -> str:
        """The values that the dial takes, in words, with the unit."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.low is not None:
            return f"{self.low:g} to {self.high:g} {self.unit}".strip()
        return "another value"


def dial(
    default: Any,
    help: str,
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    unit: str = "",
    choices: tuple[str, ...] = (),
    title: str = "",
) -> Any:
    """A field of a layer that a designer can turn; numbers give `low`, `high` and `step`, seconds the unit "s".

    `title` is its name on a page; without one, the field's name is read as words.
    """
    spec = {"help": help, "low": low, "high": high, "step": step, "unit": unit, "choices": choices, "title": title}
    return field(default=default, metadata={"dial": spec})


@dataclass(frozen=True)
class Layer:
    """A pattern around an answer: a frozen dataclass whose fields are its dials.

    A field that is no dial names in its metadata the kind of value it holds ("carried"), which is kept as JSON too.

    A layer is pure (no clock, no sleep, no store, no page), lazy (it asks only when its own stream is read) and
    passes every `silence` on, so that a live answer never waits for it. A class that only other patterns are made
    from says so: `class Scored(Layer, base=True)`.
    """

    base: ClassVar[bool] = True  # no pattern by itself
    family: ClassVar[Family]
    moves: ClassVar[tuple[str, ...]] = ()
    evidence: ClassVar[tuple[Evidence, ...]] = ()
    example: ClassVar[Example] = Example()
    rivals: ClassVar[Mapping[str, str]] = {}  # classes that contradict it, each with the remark; this one has to go
    cures: ClassVar[str] = ""  # what a prototype may lack (one of LACKS) and has once this pattern is added
    quiet: ClassVar[Mapping[str, str]] = {}  # dials that take its button from under every answer, with their values
    rank: ClassVar[int] = 0  # within a family, a lower rank is closer to the model
    releases: ClassVar[bool] = False  # a delivery pattern that decides when words are shown
    waits: ClassVar[bool] = False  # fills the time until the first words with a sign of its own
    replaces: ClassVar[bool] = False  # may put other words, or none, in the place of the model's, by design
    retries: ClassVar[bool] = False  # asks again by itself, and hands the last error on
    joins_hidden_turns: ClassVar[bool] = False  # also plays what a pattern asks for itself, and nobody sees
    for_all_panes: ClassVar[bool] = False  # chosen once for a whole comparison, not in one of its panes

    def __init_subclass__(cls, base: bool = False) -> None:
        super().__init_subclass__()
        cls.base = base

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer to `prompt`, seen through this layer; `at` in seconds since Send, never backwards."""
        raise NotImplementedError

    def among(self, others: Sequence["Layer"]) -> "Layer":  # noqa: ARG002
        """The layer as it plays in a stack with these others: itself, unless it shares with one of them."""
        return self

    def around(self, answer: Answer) -> Answer:
        """An answer that plays `answer` through this layer."""

        def played(prompt: Prompt) -> Stream:
            passes = is_hidden_turn(prompt) and not self.joins_hidden_turns
            return answer(prompt) if passes else self.play(prompt, answer)

        return played

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:  # noqa: ARG002
        """What a designer should know about this layer by itself, in front of the model of this card."""
        return ()

    def to_json(self) -> dict[str, Any]:
        """The layer's name, its dials and what it carries, as JSON values."""
        values: dict[str, Any] = {"layer": type(self).__name__}
        for spec in dials_of(type(self)):
            value = getattr(self, spec.name)
            values[spec.name] = float(value) if isinstance(spec.default, float) else value  # 2 and 2.0 are one dial
        carried = {name: getattr(self, name) for name in carried_fields(type(self))}
        return values | {name: value.to_json() for name, value in carried.items() if value is not None}

    def portable(self) -> Portable | NotPortable:
        """What this layer does as steps that a program without Parallax can play, or why it has none."""
        return NotPortable("This pattern was not told in steps.")


def pattern_title(layer: type[Layer]) -> str:
    """The pattern's name on a page: KeepPartial is "Keep partial"."""
    return name_as_words(layer.__name__).capitalize()


def name_as_words(name: str) -> str:
    """A class's name as words: RefusalWithAPath is "refusal with a path"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).lower()


def pattern_description(layer: type[Layer]) -> str:
    """What the pattern does, in its docstring's words."""
    return " ".join((layer.__doc__ or "").split())


def dials_of(layer: type[Layer]) -> tuple[Dial, ...]:
    """The dials of a pattern, in the order in which they are shown."""
    turned = (f for f in fields(layer) if "dial" in f.metadata)
    return tuple(Dial(name=f.name, default=f.default, **f.metadata["dial"]) for f in turned)


def format_value(value: object, unit: str = "") -> str:
    """A dial's value in words: yes or no, a number with its unit, the lines of a text between points, or "nothing"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g} {unit}".rstrip()
    return " · ".join(line.strip() for line in str(value).splitlines() if line.strip()) or "nothing"


def carried_fields(layer: type[Layer]) -> dict[str, Any]:
    """The type of each field that is saved with a layer but is no dial, by the field's name."""
    return {f.name: f.metadata["carried"] for f in fields(layer) if "carried" in f.metadata}


def layer_from_json(values: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> Layer:
    """The layer that `to_json` wrote. Explained where the pattern is unknown or a dial is out of range."""
    name = str(values.get("layer", ""))
    if name not in patterns:
        raise Explained(f"This version of Parallax has no pattern called “{name}”.", do="Choose another pattern.")
    dial_values = {d.name: d.check(values[d.name]) for d in dials_of(patterns[name]) if d.name in values}
    try:
        carried = {
            field: kind.from_json(values[field])
            for field, kind in carried_fields(patterns[name]).items()
            if field in values
        }
    except (KeyError, TypeError, ValueError) as error:
        raise Explained(f"What “{name}” carries cannot be read.", do="Choose the pattern anew.") from error
    return patterns[name](**dial_values, **carried)

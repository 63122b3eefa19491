"""History: what is being designed, one step back, one forward; and what changed between two prototypes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from components.core.layer import Layer, dials_of, format_value, pattern_title
from components.core.prototype import Prototype

MAX_UNDO_STEPS = 50  # steps that can be taken back
T = TypeVar("T")


@dataclass(frozen=True)
class History(Generic[T]):
    """Every state of one thing in order; `index` is that of the one on screen.

    `numbers` are those under which the states are kept, 0 for one that is not kept yet. `unsaved`: the state on screen
    is another one than was kept under its number.
    """

    steps: tuple[T, ...]
    index: int = 0
    numbers: tuple[int, ...] = ()
    unsaved: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", self.numbers or (0,) * len(self.steps))

    @property
    def current(self) -> T:
        """The state on screen."""
        return self.steps[self.index]

    @property
    def number(self) -> int:
        """The number under which the state on screen is kept, 0 where it is not kept yet."""
        return self.numbers[self.index]

    def with_step(self, changed: T) -> "History[T]":
        """The history with one more state after the one on screen; undone states are dropped. No step where nothing
        changed.
        """
        if changed == self.current:
            return self
        steps = (*self.steps[: self.index + 1], changed)[-MAX_UNDO_STEPS:]
        numbers = (*self.numbers[: self.index + 1], 0)[-MAX_UNDO_STEPS:]
        return History(steps, len(steps) - 1, numbers, True)

    def with_current(self, changed: T) -> "History[T]":
        """The history with the state on screen replaced; undone states are dropped."""
        unsaved = self.unsaved or changed != self.current
        return History((*self.steps[: self.index], changed), self.index, self.numbers[: self.index + 1], unsaved)

    def with_number(self, number: int) -> "History[T]":
        """The history whose state on screen is kept under this number now."""
        numbers = (*self.numbers[: self.index], number, *self.numbers[self.index + 1 :])
        return replace(self, numbers=numbers, unsaved=False)

    def with_earlier(self, state: T, number: int) -> "History[T]":
        """The history with one state before all others, which is on screen."""
        return History((state, *self.steps), 0, (number, *self.numbers))

    @property
    def back(self) -> "History[T]":
        """The history with the state before on screen; at the first state, the same."""
        return replace(self, index=max(0, self.index - 1))

    @property
    def forward(self) -> "History[T]":
        """The history with the state after on screen; at the last state, the same."""
        return replace(self, index=min(len(self.steps) - 1, self.index + 1))


def diff_prototypes(before: Prototype, after: Prototype) -> tuple[str, ...]:
    """What changed from one prototype to the other, a line each in a designer's words."""
    old, new = layers_by_title(before), layers_by_title(after)
    lines = [f"Renamed from “{before.name}” to “{after.name}”"] if before.name != after.name else []
    lines += ["Described anew"] if before.about != after.about else []
    lines += changed_author(before, after)
    lines += [f"Took away {name}" for name in old if name not in new]
    lines += [f"Added {name}" for name in new if name not in old]
    lines += [line for name in new if name in old for line in changed_dials(name, old[name], new[name])]
    return tuple(lines)


def changed_author(before: Prototype, after: Prototype) -> Iterator[str]:
    """A line where another model answers in the pane."""
    old, new = before.own_model, after.own_model
    if (old.name if old else "") != (new.name if new else ""):
        yield f"Answered by {quote_text(new.name)}" if new else "Answered by the same model as the other panes"


def layers_by_title(prototype: Prototype) -> dict[str, Layer]:
    """The patterns of a prototype by their titles, without the model that answers."""
    own = prototype.own_model
    return {pattern_title(type(layer)): layer for layer in prototype.layers if layer is not own}


def changed_dials(name: str, before: Layer, after: Layer) -> Iterator[str]:
    """A line for each dial whose value differs between two layers of one pattern: name, old and new value, unit."""
    for spec in dials_of(type(after)):
        old, new = getattr(before, spec.name), getattr(after, spec.name)
        if old != new:
            change = f"{quote_text(format_value(old))} → {quote_text(format_value(new, spec.unit))}"
            yield f"{name}, {spec.label.lower()}: {change}"


def quote_text(text: str) -> str:
    """A text in one line; the beginning of a long one, as a quotation."""
    return f"“{text[:40]}…”" if len(text) > 40 else text

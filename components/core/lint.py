"""Lint: what a designer should know about a prototype before people see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from components.core.layer import Family, Layer, spaced, title
from components.core.prototype import Prototype
from components.core.recording import Card

CALM = ("CauseAndNextStep",)


@dataclass(frozen=True)
class Lint:
    """One remark on a prototype: which family it is about, and whether it is a "warning" or a "note".

    Where one step cures it, `without` and `plus` name the patterns to take away and to add.
    """

    family: Family
    text: str
    level: str = "warning"
    without: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()

    @property
    def cure(self) -> str:
        """The step in a few words; "" where there is none."""
        return " and ".join(
            f"{verb} {' and '.join(map(spaced, found))}"
            for verb, found in (("take away", self.without), ("add", self.plus))
            if found
        )


def cured(prototype: Prototype, remark: Lint, known: Mapping[str, type[Layer]]) -> Prototype:
    """The prototype after the step that cures a remark."""
    kept = [layer for layer in prototype.layers if type(layer).__name__ not in remark.without]
    return prototype.wearing((*kept, *(known[name]() for name in remark.plus)))


def lint(prototype: Prototype, card: Card | None = None) -> tuple[Lint, ...]:
    """Every remark on a prototype in front of the model of this card; none of them stops it from playing."""
    each = (remark for layer in prototype.layers for remark in layer.remarks(card))
    remarks = (*delivery(prototype), *each, *failure(prototype), *control(prototype))
    return tuple(sorted(remarks, key=lambda remark: remark.family))


def delivery(prototype: Prototype) -> tuple[Lint, ...]:
    """Exactly one pattern decides when the words are shown, and one sign at the most fills the wait."""
    releases = [layer for layer in prototype.layers if layer.releases]
    signs = [layer for layer in prototype.layers if layer.waits]
    remarks = []
    if not releases:
        text = "No delivery pattern: the words are shown as the model gives them. Choose how they arrive."
        remarks.append(Lint(Family.DELIVERY, text, plus=("Streaming",)))
    if len(releases) > 1:
        text = f"{names(releases)} both decide when words are shown. The slower one wins; keep one of them."
        remarks.append(Lint(Family.DELIVERY, text, without=kinds(releases[:-1])))
    if len(signs) > 1:
        text = f"{names(signs)} share one wait. Only {names(signs[-1:])} will be seen; keep one of them."
        remarks.append(Lint(Family.DELIVERY, text, without=kinds(signs[:-1])))
    return tuple(remarks)


def failure(prototype: Prototype) -> tuple[Lint, ...]:
    """Some pattern takes over when the answer breaks, also after the last attempt."""
    layers = prototype.of(Family.FAILURE)
    if any(not layer.retries for layer in layers):
        return ()
    if layers:
        text = f"{names(list(layers))} has nothing after it: when the last attempt fails, people see the raw error. "
        return (Lint(Family.FAILURE, text + "Add a failure pattern.", plus=CALM),)
    return (Lint(Family.FAILURE, "No failure pattern: when the answer breaks, people see the raw error.", plus=CALM),)


def control(prototype: Prototype) -> tuple[Lint, ...]:
    """Another answer on demand, and the same one every time, contradict each other."""
    worn = {type(layer).__name__ for layer in prototype.layers}
    if not {"Regenerate", "StableAnswer"} <= worn:
        return ()
    text = "Regenerate offers another answer, and Stable answer gives the same one again. Keep one of them."
    return (Lint(Family.CONTROL, text, without=("StableAnswer",)),)


def names(layers: list[Layer]) -> str:
    """The patterns' names in one phrase."""
    return " and ".join(title(type(layer)) for layer in layers)


def kinds(layers: list[Layer]) -> tuple[str, ...]:
    """The patterns' class names."""
    return tuple(type(layer).__name__ for layer in layers)

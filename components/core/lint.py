"""Lint: what a designer should know about a prototype before people see it."""

from dataclasses import dataclass

from components.core.layer import Family, Layer, title
from components.core.prototype import Prototype
from components.core.recording import Card


@dataclass(frozen=True)
class Lint:
    """One remark on a prototype: which family it is about, and whether it is a "warning" or a "note"."""

    family: Family
    text: str
    level: str = "warning"


def lint(prototype: Prototype, card: Card | None = None) -> tuple[Lint, ...]:
    """Every remark on a prototype in front of the model of this card; none of them stops it from playing."""
    each = (remark for layer in prototype.layers for remark in layer.remarks(card))
    return tuple(sorted((*delivery(prototype), *each, *failure(prototype)), key=lambda remark: remark.family))


def delivery(prototype: Prototype) -> tuple[Lint, ...]:
    """Exactly one pattern decides when the words are shown, and one sign at the most fills the wait."""
    releases = [layer for layer in prototype.layers if layer.releases]
    signs = [layer for layer in prototype.layers if layer.waits]
    remarks = []
    if not releases:
        remarks.append("No delivery pattern: the words are shown as the model gives them. Choose how they arrive.")
    if len(releases) > 1:
        remarks.append(f"{names(releases)} both decide when words are shown. The slower one wins; keep one of them.")
    if len(signs) > 1:
        remarks.append(f"{names(signs)} share one wait. Only {names(signs[-1:])} will be seen; keep one of them.")
    return tuple(Lint(Family.DELIVERY, remark) for remark in remarks)


def failure(prototype: Prototype) -> tuple[Lint, ...]:
    """Some pattern takes over when the answer breaks, also after the last attempt."""
    layers = prototype.of(Family.FAILURE)
    if any(not layer.retries for layer in layers):
        return ()
    if layers:
        text = f"{names(list(layers))} has nothing after it: when the last attempt fails, people see the raw error. "
        return (Lint(Family.FAILURE, text + "Add a failure pattern."),)
    return (Lint(Family.FAILURE, "No failure pattern: when the answer breaks, people see the raw error."),)


def names(layers: list[Layer]) -> str:
    """The patterns' names in one phrase."""
    return " and ".join(title(type(layer)) for layer in layers)

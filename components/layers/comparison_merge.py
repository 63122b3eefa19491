"""Comparison merge: what two people changed in the same comparison at once, put together dial by dial."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from components.core.comparison import PANE_KEYS
from components.core.explained import Explained
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.design.history import diff_prototypes
from components.layers.compare import CUSTOM_WEATHER, NO_FAULT, Comparison


@dataclass(frozen=True)
class ThreeWay:
    """One thing in three states: as both began, as one left it, as the other left it. What both changed is mine."""

    base: Any
    mine: Any
    theirs: Any

    @property
    def winner(self) -> Any:
        """The state that stands, taken whole."""
        return self.theirs if self.mine == self.base else self.mine

    def part(self, name: str) -> "ThreeWay":
        """The same of one attribute."""
        return ThreeWay(getattr(self.base, name), getattr(self.mine, name), getattr(self.theirs, name))


def merged_comparison(base: Comparison, mine: Comparison, theirs: Comparison) -> Comparison:
    """`theirs` with all that `mine` changed since `base`: dial by dial, pane by pane.

    Where both changed the same dial, mine stands. Panes that were added, taken away or moved by one of the two stay
    so, with what the other turned in them.
    """
    whole = ThreeWay(base, mine, theirs)
    values = {f.name: whole.part(f.name).winner for f in fields(Comparison) if f.name != "prototypes"}
    return replace(theirs, prototypes=merged_panes(whole.part("prototypes")), **values)


def merged_panes(panes: ThreeWay) -> tuple[Prototype, ...]:
    """The panes of a comparison: in the order of who changed the order, each with what both turned in it."""
    base, mine, theirs = panes.base, panes.mine, panes.theirs
    if not is_reordered(base, theirs):
        turned = with_turns(base, mine, theirs) if is_reordered(base, mine) else None
        return turned or tuple(merged_prototype(ThreeWay(*three)) for three in zip(base, mine, theirs, strict=True))
    return with_both_orders(base, mine, theirs) if is_reordered(base, mine) else with_turns(base, theirs, mine)


def is_reordered(before: Sequence[Prototype], after: Sequence[Prototype]) -> bool:
    """Whether panes were added, taken away or moved, and not only turned or exchanged in their places."""
    if len(before) != len(after):
        return True
    moved = [pane for pane, old in zip(after, before, strict=True) if pane != old]
    return len(moved) > 1 and all(pane in before for pane in moved)


def with_both_orders(
    base: Sequence[Prototype], mine: Sequence[Prototype], theirs: Sequence[Prototype]
) -> tuple[Prototype, ...]:
    """The panes of `mine` without those that the other took away, and with those that the other added."""
    remaining = [pane for pane in mine if pane in theirs or pane not in base]
    added = [pane for pane in theirs if pane not in base and pane not in mine]
    return tuple([*remaining, *added][: len(PANE_KEYS)]) or tuple(mine)


def with_turns(
    base: Sequence[Prototype], order: Sequence[Prototype], turned: Sequence[Prototype]
) -> tuple[Prototype, ...]:
    """The panes of `order`; those that stand in `base` as the other left them, who kept the places."""
    changed = list(zip(base, turned, strict=True))
    found = []
    for pane in order:
        place = next((n for n, (before, _) in enumerate(changed) if before == pane), None)
        found.append(pane if place is None else changed.pop(place)[1])
    return tuple(found)


def merged_prototype(pane: ThreeWay) -> Prototype:
    """One pane with what both turned in it; whole where one of the two put another prototype there."""
    if is_exchanged(pane.base, pane.mine) or is_exchanged(pane.base, pane.theirs):
        exchanged: Prototype = pane.winner
        return exchanged
    layers = {name: ThreeWay(*(by_pattern(side).get(name) for side in (pane.base, pane.mine, pane.theirs)))
              for name in {**by_pattern(pane.theirs), **by_pattern(pane.mine)}}  # fmt: skip
    stack = [merged_layer(layer) for layer in layers.values()]
    theirs: Prototype = pane.theirs
    return replace(
        theirs,
        name=pane.part("name").winner, about=pane.part("about").winner, work=pane.part("work").winner,
        layers=tuple(layer for layer in stack if layer is not None),
    )  # fmt: skip


def is_exchanged(before: Prototype, after: Prototype) -> bool:
    """Whether another prototype stands there now."""
    if before.work and after.work:
        return before.work != after.work
    return before.name != after.name and not set(before.layers) & set(after.layers)


def merged_layer(layer: ThreeWay) -> Layer | None:
    """One pattern with what both turned in it; None where it was taken away and not turned meanwhile."""
    base: Layer | None = layer.base
    mine: Layer | None = layer.mine
    theirs: Layer | None = layer.theirs
    if base is None or mine is None or theirs is None:
        taken_away = base is not None and base in (mine, theirs)
        return None if taken_away else mine or theirs
    try:
        return replace(theirs, **{f.name: layer.part(f.name).winner for f in fields(theirs) if f.init})
    except Explained:  # what each of them set does not go together
        whole: Layer = layer.winner
        return whole


def by_pattern(prototype: Prototype) -> Mapping[str, Layer]:
    """The patterns of a prototype by the names of their classes: each stands in it at most once."""
    return {type(layer).__name__: layer for layer in prototype.layers}


def comparison_changes(before: Comparison, after: Comparison) -> tuple[str, ...]:
    """What changed from one comparison to the other, a line each in a designer's words."""
    lines = []
    if before.prompt != after.prompt:
        lines.append(f"Question: “{after.prompt.text}”")
    elif before.recordings != after.recordings:
        lines.append("Another answer to the same question")
    if (before.weather, before.own) != (after.weather, after.own):
        lines.append("Weather: " + (after.weather if after.weather != CUSTOM_WEATHER else "one of their own"))
    if (before.fault, before.breaking) != (after.fault, after.breaking):
        lines.append("Nothing breaks any more" if after.fault == NO_FAULT else f"What breaks: {after.fault}")
    if is_reordered(before.prototypes, after.prototypes):
        names = ", ".join(prototype.name for prototype in after.prototypes)
        return (*lines, f"Panes: {names}")
    for key, prototype in after.panes.items():
        old = before.panes[key]
        if is_exchanged(old, prototype):
            lines.append(f"{key}: {prototype.name} in place of {old.name}")
        else:
            lines += [f"{key}: {line}" for line in diff_prototypes(old, prototype)]
    return tuple(lines)

"""Sweep: one dial of a prototype at several values, everything else the same."""

from collections.abc import Mapping
from dataclasses import replace
from math import floor
from typing import Any

from components.core.layer import Dial, Layer, dials_of, format_value, pattern_title
from components.core.prototype import Prototype

SWEEP_VALUES = 5  # values side by side


def sweep_values(dial: Dial, count: int = SWEEP_VALUES) -> tuple[Any, ...]:
    """Up to `count` values of a dial: its choices, both of a yes-or-no, or numbers on its steps, evenly from `low` to
    `high`.
    """
    if dial.choices:
        return dial.choices[:count]
    if isinstance(dial.default, bool):
        return (False, True)
    if dial.low is None or dial.high is None:
        return ()
    step, kind = dial.step or 1, type(dial.default)
    reach = dial.high - dial.low
    most = floor(reach / step + 1e-9)  # whole steps that fit below `high`, which need not be on one
    steps = (min(round(reach * n / (count - 1) / step), most) for n in range(count))
    return tuple(dict.fromkeys(kind(round(dial.low + n * step, 6)) for n in steps))


def sweep_dial(prototype: Prototype, kind: type[Layer], dial: Dial) -> tuple[Prototype, ...]:
    """One prototype for each value of the dial, named after it; the pattern is added where it is not there."""
    layer = next((layer for layer in prototype.layers if type(layer) is kind), kind())
    others = [layer for layer in prototype.layers if type(layer) is not kind]
    return tuple(
        Prototype(format_value(value, dial.unit), (*others, replace(layer, **{dial.name: value})))
        for value in sweep_values(dial)
    )


def sweepable_dials(kinds: Mapping[str, type[Layer]]) -> dict[str, tuple[type[Layer], Dial]]:
    """(pattern, dial) of every dial with at least two values to sweep, by a label such as “Streaming: unit”."""
    return {
        f"{pattern_title(kind)}: {spec.label.lower()}": (kind, spec)
        for kind in kinds.values()
        for spec in dials_of(kind)
        if len(sweep_values(spec)) > 1
    }

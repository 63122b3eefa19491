"""Sweep: one dial of a prototype at several values, everything else the same."""

from collections.abc import Iterable
from dataclasses import replace
from math import floor
from typing import Any

from components.core.layer import Dial, Layer, dials_of, format_value, pattern_title
from components.core.prototype import Prototype

SWEEP_VALUES = 5  # values side by side, at the most
REACH_BY_UNIT = {"s": 8.0, "tokens/s": 40.0}  # how far a sweep goes at first, in the dial's unit
SLOWEST_TOKENS_PER_S = 5.0  # 0 means as recorded, which is no pace
PROBABILITY_REACH = (0.1, 0.9)  # at 0 and at 1 a threshold is never or always passed
REACH_FACTOR = 4  # times the value that the dial stands at, where neither unit nor bounds say more


def is_number_dial(dial: Dial) -> bool:
    """Whether a dial is turned over numbers, between two bounds."""
    number = isinstance(dial.default, int | float) and not isinstance(dial.default, bool)
    return number and not dial.choices and dial.low is not None and dial.high is not None


def sweep_reach(dial: Dial, value: float) -> tuple[float, float]:
    """From where to where a dial that stands at `value` is swept at first, in its unit: what is worth comparing."""
    low, high = float(dial.low or 0), float(dial.high or 0)
    if (low, high) == (0, 1):
        return PROBABILITY_REACH
    if dial.unit in ("", "%"):
        return low, high
    least = max(low, SLOWEST_TOKENS_PER_S) if dial.unit == "tokens/s" else low
    reach = max(REACH_BY_UNIT[dial.unit], 2 * value) if dial.unit in REACH_BY_UNIT else REACH_FACTOR * max(value, 1)
    return least, min(high, max(reach, least + (dial.step or 1)))


def sweep_values(
    dial: Dial, count: int = SWEEP_VALUES, low: float | None = None, high: float | None = None
) -> tuple[Any, ...]:
    """Up to `count` values of a dial: its choices, both of a yes-or-no, or numbers on its steps, evenly from `low` to
    `high`, its own bounds where they are not given.
    """
    if dial.choices:
        return dial.choices[:count]
    if isinstance(dial.default, bool):
        return (False, True)
    if dial.low is None or dial.high is None:
        return ()
    low, high = dial.low if low is None else low, dial.high if high is None else high
    step, kind = dial.step or 1, type(dial.default)
    reach = high - low
    most = floor(reach / step + 1e-9)  # whole steps that fit below `high`, which need not be on one
    steps = (min(round(reach * n / max(1, count - 1) / step), most) for n in range(count))
    return tuple(dict.fromkeys(kind(round(low + n * step, 6)) for n in steps))


def sweep_dial(prototype: Prototype, kind: type[Layer], dial: Dial, values: Iterable[Any]) -> tuple[Prototype, ...]:
    """One prototype for each value of a dial of one of its patterns, named after it; the one it stands at says so."""
    [layer] = [layer for layer in prototype.layers if type(layer) is kind]
    others = [layer for layer in prototype.layers if type(layer) is not kind]
    now = getattr(layer, dial.name)
    return tuple(
        Prototype(
            format_value(value, dial.unit) + (", as now" if value == now else ""),
            (*others, replace(layer, **{dial.name: value})),
        )
        for value in values
    )


def sweepable_dials(kinds: Iterable[type[Layer]]) -> dict[str, tuple[type[Layer], Dial]]:
    """(pattern, dial) of every dial with at least two values to sweep, by a label such as “Streaming: unit”."""
    return {
        f"{pattern_title(kind)}: {spec.label.lower()}": (kind, spec)
        for kind in kinds
        for spec in dials_of(kind)
        if len(sweep_values(spec)) > 1
    }

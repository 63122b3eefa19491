"""Showing: a pattern in the stack in which it shows best, for a card that plays."""

from collections.abc import Mapping

from components.core.layer import Layer
from components.core.remark import NO_DELIVERY
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile

PACE = LatencyProfile(first=1.4, rate=12.0)  # slow enough for a pattern to be seen at work


def example_stack(kind: type[Layer], patterns: Mapping[str, type[Layer]]) -> tuple[Layer, ...]:
    """The pattern as its example has it: slowed down, with words to act on, and the break it is about."""
    layers: list[Layer] = [] if kind is type(PACE) else [PACE]
    if kind.example.fault:
        layers.append(Fault(kind=kind.example.fault))
    if not kind.releases:
        layers += [other() for other in patterns.values() if other.cures == NO_DELIVERY]
    return (*layers, kind(**kind.example.dials))

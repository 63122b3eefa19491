"""Arm conditions: the named network conditions that an arm of a study is shown under."""

from collections.abc import Mapping, Sequence

from components.core.layer import Layer
from components.layers import WEATHER_PROFILES
from components.layers.weather.latency_profile import LatencyProfile

AS_RECORDED_NAME = "As recorded"
OWN_CONDITIONS_NAME = "Own conditions"
CONDITIONS: Mapping[str, tuple[Layer, ...]] = {
    name: () if profile == LatencyProfile() else (profile,) for name, profile in WEATHER_PROFILES.items()
}


def condition_name(weather: Sequence[Layer]) -> str:
    """What conditions are called: one of CONDITIONS, else OWN_CONDITIONS_NAME."""
    return next((name for name, layers in CONDITIONS.items() if layers == tuple(weather)), OWN_CONDITIONS_NAME)

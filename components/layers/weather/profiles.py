"""Named weather: five latency profiles to start from, and what their numbers rest on."""

from collections.abc import Mapping
from typing import NamedTuple

from components.layers.weather.latency_profile import LatencyProfile

ASSUMED = "These numbers are Parallax's own assumption, not a measurement."


class Weather(NamedTuple):
    """A latency profile with a name, and a note on where its numbers come from."""

    name: str
    profile: LatencyProfile
    note: str


WEATHER = (
    Weather("As recorded", LatencyProfile(), "The model's own times, as they were recorded."),
    Weather("Fast hosted model", LatencyProfile(first=0.4, rate=90.0, jitter=20.0), ASSUMED),
    Weather("Large hosted model at peak", LatencyProfile(first=4.0, rate=25.0, jitter=35.0), ASSUMED),
    Weather("Phone on a train", LatencyProfile(first=2.4, rate=30.0, jitter=50.0, stall=4.0, stall_at=40), ASSUMED),
    Weather("Local CPU", LatencyProfile(first=0.8, rate=12.0, jitter=10.0), ASSUMED),
)

named_weather: Mapping[str, LatencyProfile] = {weather.name: weather.profile for weather in WEATHER}
weather_notes: Mapping[str, str] = {weather.name: weather.note for weather in WEATHER}

"""Named weather: five latency profiles to start from, and what their numbers rest on."""

from collections.abc import Mapping
from typing import NamedTuple

from components.layers.weather.latency_profile import LatencyProfile

FAST_NOTE = (
    "After J. Wrede, “TTFT varies 13x across LLM providers” (2026): Gemini 2.0 Flash, medians of 17 hourly probes, "
    "0.41 s and 203 tokens/s. The jitter is Parallax's own assumption."
)
PEAK_NOTE = (
    "Limits, not a measurement: the slowest that MLPerf Inference lets 99 of 100 answers of Llama 3.1 405B on a server "
    "be, 6 s and 175 ms a token. The jitter is Parallax's own assumption."
)
TRAIN_NOTE = (
    "Parallax's own assumption. Measured is that connections on fast trains are slower and vary more: Xiao 2014, “TCP "
    "performance over mobile networks in high-speed mobility scenarios”."
)
LOCAL_NOTE = (
    "Measured: SmolLM2 135M, the bundled model, with 8-bit weights on two CPU cores; medians of the nine answers that "
    "Compare comes with."
)


class Weather(NamedTuple):
    """A latency profile with a name, and a note on where its numbers come from."""

    name: str
    profile: LatencyProfile
    note: str


WEATHER = (
    Weather("As recorded", LatencyProfile(), "The model's own times, as they were recorded."),
    Weather("Fast hosted model", LatencyProfile(first=0.4, rate=200.0, jitter=20.0), FAST_NOTE),
    Weather("Large hosted model at peak", LatencyProfile(first=6.0, rate=5.7, jitter=35.0), PEAK_NOTE),
    Weather("Phone on a train", LatencyProfile(first=2.4, rate=30.0, jitter=50.0, stall=4.0, stall_at=40), TRAIN_NOTE),
    Weather("Local CPU", LatencyProfile(first=0.15, rate=34.0, jitter=17.0), LOCAL_NOTE),
)

WEATHER_PROFILES: Mapping[str, LatencyProfile] = {weather.name: weather.profile for weather in WEATHER}
WEATHER_NOTES: Mapping[str, str] = {weather.name: weather.note for weather in WEATHER}

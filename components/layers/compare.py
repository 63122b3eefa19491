"""Compare: a comparison in its weather and with its fault, as they were chosen for it."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from components.core.comparison import PaneComparison
from components.core.layer import Layer
from components.layers.weather.fault import PLACED, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.layers.weather.weather_profiles import named_weather

RECORDED, CUSTOM, NOTHING = "As recorded", "My own", "nothing"


@dataclass(frozen=True)
class Compare(PaneComparison):
    """A comparison with the same weather and the same fault around every pane."""

    weather: str = RECORDED
    own: LatencyProfile = field(default=LatencyProfile(first=2.0, rate=30.0))
    fault: str = NOTHING
    breaking: Fault = field(default=Fault(patience=5.0))  # how, whatever the kind

    @cached_property
    def surroundings(self) -> tuple[Layer, ...]:
        """The weather and the fault, the same around every pane; nothing for as recorded and unbroken."""
        profile = self.own if self.weather == CUSTOM else named_weather.get(self.weather, LatencyProfile())
        layers: list[Layer] = [] if profile == LatencyProfile() else [profile]
        return (*layers, self.broken) if self.broken else tuple(layers)

    @property
    def broken(self) -> Fault | None:
        """The fault as it is played: only the dials that matter to its kind are turned."""
        if self.fault == NOTHING:
            return None
        how = Fault(kind=self.fault, patience=self.breaking.patience)
        if self.fault in PLACED:
            return replace(how, share=self.breaking.share)
        return replace(how, words=self.breaking.words) if self.fault == "wrong" else how

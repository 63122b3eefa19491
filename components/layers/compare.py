"""Compare: a comparison in its weather and with its fault, as they were chosen for it."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from components.core.comparison import PaneComparison
from components.core.layer import Layer
from components.layers.weather.fault import MIDWAY_KINDS, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.layers.weather.weather_profiles import WEATHER_PROFILES

AS_RECORDED, CUSTOM_WEATHER, NO_FAULT = "As recorded", "My own", "nothing"


@dataclass(frozen=True)
class Comparison(PaneComparison):
    """A comparison with the same weather and the same fault around every pane."""

    weather: str = AS_RECORDED
    own: LatencyProfile = field(default=LatencyProfile(first=2.0, rate=30.0))
    fault: str = NO_FAULT
    breaking: Fault = field(default=Fault(patience=5.0))  # how, whatever the kind

    @cached_property
    def surroundings(self) -> tuple[Layer, ...]:
        """The weather and the fault around every pane; () where the answer is played as recorded."""
        profile = self.own if self.weather == CUSTOM_WEATHER else WEATHER_PROFILES.get(self.weather, LatencyProfile())
        layers: list[Layer] = [] if profile == LatencyProfile() else [profile]
        return (*layers, self.played_fault) if self.played_fault else tuple(layers)

    @property
    def played_fault(self) -> Fault | None:
        """The fault as it is played, with only the dials that matter to its kind; None where nothing breaks."""
        if self.fault == NO_FAULT:
            return None
        how = Fault(kind=self.fault, patience=self.breaking.patience)
        if self.fault in MIDWAY_KINDS:
            return replace(how, share=self.breaking.share)
        return replace(how, words=self.breaking.words) if self.fault == "wrong" else how

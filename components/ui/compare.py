"""Compare: which answer is played through which prototypes, in which weather, with which fault."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from components.core.layer import Layer
from components.core.prompt import Prompt, content_id
from components.core.prototype import Prototype
from components.core.recording import Recording, found, replay
from components.core.shelf import read_recording, shelf
from components.core.timeline import Timeline, timeline
from components.layers import KNOWN, named_weather
from components.layers.weather.fault import PLACED, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.theme import ASSETS

KEYS = "ABCD"
RECORDED, CUSTOM, NOTHING = "As recorded", "My own", "nothing"
FAULTS = {
    NOTHING: "Nothing", "timeout": "Time-out", "cut": "Cut in the middle", "empty": "Empty answer",
    "server": "Model error",
}  # fmt: skip
FURTHER = {
    "The connection": {
        "refused": "Connection refused", "rate": "Too many questions", "malformed": "Unreadable in the middle",
    },
    "The words": {
        "refusal": "Refusal", "wrong": "Wrong answer, scripted", "loop": "Goes round in circles",
        "garbled": "Broken letters",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Compare:
    """One comparison. `recordings` holds the answer on screen first, then the branches of its conversation."""

    recordings: tuple[Recording, ...]
    prototypes: tuple[Prototype, ...]
    weather: str = RECORDED
    own: LatencyProfile = field(default=LatencyProfile(first=2.0, rate=30.0))
    fault: str = NOTHING
    breaking: Fault = field(default=Fault(patience=5.0))  # how, whatever the kind
    keys: str = KEYS  # the panes' letters, and so their colours

    @property
    def recording(self) -> Recording:
        """The answer that every pane plays."""
        return self.recordings[0]

    @property
    def prompt(self) -> Prompt:
        """What every pane is asked at the start, before any choice or second attempt."""
        return self.recording.prompt.root

    @property
    def known(self) -> tuple[Recording, ...]:
        """Every recording, the answer on screen last: it wins over others of the same prompt."""
        return (*self.recordings[1:], self.recording)

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

    @cached_property
    def id(self) -> str:
        """The hash of the prototypes and the weather: plays of the same comparison share it."""
        weather = [layer.to_json() for layer in self.surroundings]
        return content_id({"prototypes": [prototype.id for prototype in self.prototypes], "weather": weather})

    @cached_property
    def panes(self) -> Mapping[str, Prototype]:
        """Each prototype by its pane's key."""
        return dict(zip(self.keys, self.prototypes, strict=False))

    @cached_property
    def timelines(self) -> Mapping[str, Timeline]:
        """What each pane shows and when, and what follows each of its buttons."""
        model = replay(self.known)
        return {
            key: timeline(prototype.within(*self.surroundings), self.prompt, model)
            for key, prototype in self.panes.items()
        }

    def turned(self, key: str, prototype: Prototype) -> "Compare":
        """The same comparison with another prototype in one pane."""
        changed = {**self.panes, key: prototype}
        return replace(self, prototypes=tuple(changed[k] for k in self.panes))

    def only(self, key: str) -> "Compare":
        """One pane of it, in its own colour."""
        return replace(self, prototypes=(self.panes[key],), keys=key)

    def plus(self, prototype: Prototype) -> "Compare":
        """With one more pane, as long as there is room."""
        return replace(self, prototypes=(*self.prototypes, prototype)[: len(KEYS)])

    def without(self, key: str) -> "Compare":
        """With one pane less; the last one stays."""
        kept = tuple(prototype for other, prototype in self.panes.items() if other != key)
        return replace(self, prototypes=kept or self.prototypes)


@cache
def samples() -> tuple[Recording, ...]:
    """The recordings that come with Parallax, made by the bundled model; the first is on screen at the start."""
    listed = json.loads((ASSETS / "prompts" / "samples.json").read_text())
    names = [sample["name"] for sample in listed]
    files = sorted((ASSETS / "recordings").glob("*.json"), key=lambda file: (order(file.stem, names), file.stem))
    return tuple(read_recording(json.loads(file.read_text())) for file in files)


def order(name: str, names: list[str]) -> int:
    """Where a file stands in the list of samples; branches stand behind all of them."""
    return names.index(name) if name in names else len(names)


@cache
def starters() -> tuple[Prototype, ...]:
    """The three prototypes on the first screen."""
    values = json.loads((ASSETS / "prototypes" / "compare.json").read_text())
    return tuple(Prototype.from_json(prototype, KNOWN) for prototype in values)


def first() -> Compare:
    """What the first screen shows: the first sample in the three starting prototypes."""
    sample = samples()[0]
    return Compare((sample, *branches(sample, shipped())), starters())


def shipped() -> tuple[Recording, ...]:
    """Every recording that comes with Parallax."""
    return (*samples(), *shelf())


def begun(recording: Recording, known: tuple[Recording, ...]) -> Recording | None:
    """The first answer of a recording's conversation; where none is kept, the choices count as said before it."""
    first = recording.prompt.root
    if recording.prompt == first:
        return recording
    alone = None if recording.prompt.partial else replace(recording, prompt=Prompt(recording.prompt.conversation))
    return found(known, first) or alone


def branches(recording: Recording, known: tuple[Recording, ...]) -> tuple[Recording, ...]:
    """The recordings that follow in the same conversation: after a choice, or of a further attempt."""
    asked = recording.prompt
    return tuple(other for other in known if other.prompt.messages == asked.messages and other.prompt != asked)

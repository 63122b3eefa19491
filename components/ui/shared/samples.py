"""Samples: the recordings and the prototypes that come with Parallax, and the first screen that is made of them."""

import json
from functools import cache

from components.core.comparison import branches
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import KNOWN
from components.layers.compare import Compare
from components.prompts.bundled_recordings import read_recording, shelf
from components.ui.shared.theme import ASSETS


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

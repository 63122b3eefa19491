"""Samples: the recordings and the prototypes that come with Parallax, and the first screen that is made of them."""

import json
from functools import cache

from components.core.comparison import branch_recordings
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.prompts.bundled_recordings import bundled_recordings, read_recording
from components.ui.shared.theme import ASSETS_FOLDER


@cache
def sample_recordings() -> tuple[Recording, ...]:
    """The recordings that come with Parallax, made by the bundled model; the first is on screen at the start."""
    listed = json.loads((ASSETS_FOLDER / "prompts" / "samples.json").read_text())
    names = [sample["name"] for sample in listed]
    files = sorted(
        (ASSETS_FOLDER / "recordings").glob("*.json"), key=lambda file: (sample_position(file.stem, names), file.stem)
    )
    return tuple(read_recording(json.loads(file.read_text())) for file in files)


def sample_position(name: str, names: list[str]) -> int:
    """The position of a file in the list of samples; its length for branches, which come last."""
    return names.index(name) if name in names else len(names)


@cache
def starting_prototypes() -> tuple[Prototype, ...]:
    """The three prototypes of the first screen."""
    values = json.loads((ASSETS_FOLDER / "prototypes" / "compare.json").read_text())
    return tuple(Prototype.from_json(prototype, ALL_PATTERNS) for prototype in values)


def first_comparison() -> Comparison:
    """The comparison on the first screen: the first sample in the three starting prototypes."""
    sample = sample_recordings()[0]
    return Comparison((sample, *branch_recordings(sample, shipped_recordings())), starting_prototypes())


def shipped_recordings() -> tuple[Recording, ...]:
    """Every recording that comes with Parallax."""
    return (*sample_recordings(), *bundled_recordings())

"""Samples: the answers and the prototypes that come with Parallax, and the first screen that is made of them."""

import json
from functools import cache

from components.core.comparison import branch_recordings
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.core.scenario import RIGHT, WRONG
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.prompts.bundled_recordings import bundled_recordings, read_recording
from components.prompts.scenarios import SCENARIOS_FOLDER, bundled_scenarios, read_scenario_file
from components.ui.shared.theme import ASSETS_FOLDER


@cache
def sample_recordings() -> tuple[Recording, ...]:
    """The bundled model's answers to the first questions that there were, and what follows the first one's options."""
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


@cache
def example_recordings() -> tuple[Recording, ...]:
    """The written answers that are offered to try; the first is on screen at the start."""
    names = json.loads((ASSETS_FOLDER / "prompts" / "examples.json").read_text("utf-8"))
    return tuple(read_scenario_file(SCENARIOS_FOLDER / f"{name}.json").recordings()[0] for name in names)


@cache
def written_recordings() -> tuple[Recording, ...]:
    """Every answer that was written for the scenarios that come with Parallax, right ones and wrong ones."""
    both = ((scenario.recordings(RIGHT), scenario.recordings(WRONG)) for scenario in bundled_scenarios())
    return tuple(recording for right, wrong in both for recording in (*right, *wrong))


def first_comparison() -> Comparison:
    """The comparison on the first screen: the first example in the three starting prototypes."""
    example = example_recordings()[0]
    return Comparison((example, *branch_recordings(example, shipped_recordings())), starting_prototypes())


def shipped_recordings() -> tuple[Recording, ...]:
    """Every recording that comes with Parallax."""
    return (*written_recordings(), *sample_recordings(), *bundled_recordings())

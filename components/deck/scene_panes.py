"""Scene panes: what plays in a scene, worked out from what differs between its panes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from components.core.comparison import PANE_KEYS
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.scenario import RIGHT, WRONG
from components.deck.deck import MAX_SCENE_PANES, MAX_SEQUENCE, Scene
from components.layers.compare import NO_FAULT, Comparison
from components.layers.weather.latency_profile import LatencyProfile
from components.study.study import Task

UNKNOWN = ""  # the outcome of an answer of which nobody said whether it is right


@dataclass(frozen=True)
class ScenePane:
    """One pane of a scene: its letter, the name that the reveal tells, and what plays in it.

    `outcome` is "right", "wrong", or "" where that is not known.
    """

    key: str
    name: str
    prototype: Prototype
    question: str
    recording: str
    outcome: str
    weather: tuple[Layer, ...] = ()


def scene_panes(scene: Scene) -> tuple[ScenePane, ...]:
    """The panes of a scene from left to right, or one after the other; () where it lacks what it plays."""
    varies = scene.kind_row.varies
    if not varies or not scene.prototypes or not scene.tasks:
        return ()
    around = Comparison((), (), weather=scene.weather, fault=scene.fault).surroundings
    panes = PANE_MAKERS[varies](scene)
    limit = MAX_SEQUENCE if varies == "sequence" else MAX_SCENE_PANES
    keys = [str(number) for number in range(1, limit + 1)] if varies == "sequence" else PANE_KEYS
    return tuple(
        replace(pane, key=key, weather=(*pane.weather, *around)) for key, pane in zip(keys, panes[:limit], strict=False)
    )


def task_pane(name: str, prototype: Prototype, task: Task, outcome: str = "", broken: bool = False) -> ScenePane:
    """A pane that plays the answer with this outcome, the right one where there is it; what breaks is neither."""
    wanted = outcome or (RIGHT if task.right else WRONG)
    recording = task.right if wanted == RIGHT else task.wrong
    return ScenePane("", name, prototype, task.question, recording, UNKNOWN if broken else wanted)


def prototype_panes(scene: Scene) -> list[ScenePane]:
    """Each prototype on the same answer."""
    broken = scene.fault != NO_FAULT
    return [task_pane(one.name, one, scene.tasks[0], broken=broken) for one in scene.prototypes]


def wait_panes(scene: Scene) -> list[ScenePane]:
    """One prototype with each of the waits."""
    prototype, task = scene.prototypes[0], scene.tasks[0]
    return [
        replace(task_pane(f"{wait:g} s to the first word", prototype, task), weather=(LatencyProfile(first=wait),))
        for wait in scene.waits
    ]


def question_panes(scene: Scene) -> list[ScenePane]:
    """One prototype on each of the questions."""
    names = ("Clean", "Messy") if len(scene.tasks) == 2 else tuple(f"Question {n + 1}" for n in range(len(scene.tasks)))
    broken = scene.fault != NO_FAULT
    pairs = zip(names, scene.tasks, strict=True)
    return [task_pane(name, scene.prototypes[0], task, broken=broken) for name, task in pairs]


def outcome_panes(scene: Scene) -> list[ScenePane]:
    """One prototype on the right and on the wrong answer to the same question."""
    task = scene.tasks[0]
    both = (("The right answer", RIGHT, task.right), ("The wrong answer", WRONG, task.wrong))
    return [task_pane(name, scene.prototypes[0], task, outcome) for name, outcome, recording in both if recording]


def sequence_panes(scene: Scene) -> list[ScenePane]:
    """One prototype on one question after the other."""
    return [task_pane(scene.prototypes[0].name, scene.prototypes[0], task) for task in scene.tasks]


PANE_MAKERS: Mapping[str, Callable[[Scene], list[ScenePane]]] = {
    "prototype": prototype_panes, "wait": wait_panes, "question": question_panes, "outcome": outcome_panes,
    "sequence": sequence_panes,
}  # fmt: skip

"""A study for tests: three prototypes, every written scenario, right and wrong."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from components.core.prototype import Prototype
from components.core.recording import Recording
from components.core.scenario import RIGHT, WRONG
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.prompts.scenarios import bundled_scenarios
from components.study.frozen_study import FrozenStudy, freeze_study
from components.study.study import Study, StudyArm, Task

ARMS = (
    StudyArm("a", Prototype("Streams", (Streaming(),))),
    StudyArm("b", Prototype("Waits", (Blocking(),))),
    StudyArm("c", Prototype("Bare")),
)


@cache
def written_conversations() -> dict[str, tuple[Recording, ...]]:
    """Each written answer, right or wrong, by its id, with what may follow it."""
    both = [scenario.recordings(outcome) for scenario in bundled_scenarios() for outcome in (RIGHT, WRONG)]
    return {conversation[0].id: conversation for conversation in both if conversation}


def find_written(id: str) -> Sequence[Recording]:
    """The written answer with this id and what may follow it; () where there is none."""
    return written_conversations().get(id, ())


@cache
def made_tasks() -> tuple[Task, ...]:
    """Every written scenario as a question with its two answers."""
    return tuple(
        Task(
            scenario.question, scenario.recordings(RIGHT)[0].id, *(found.id for found in scenario.recordings(WRONG)[:1])
        )
        for scenario in bundled_scenarios()
    )


def made_study(**changes: object) -> Study:
    """A study of three arms with three questions each, one of them answered wrongly."""
    study = Study(ARMS, made_tasks(), trials=3, wrong_share=1 / 3, seed="seed")
    return replace(study, **changes)  # type: ignore[arg-type]


def frozen(**changes: object) -> FrozenStudy:
    """The same study, frozen."""
    return freeze_study(made_study(**changes), find_written, "0")

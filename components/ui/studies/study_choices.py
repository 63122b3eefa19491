"""Study choices: the prototypes and the questions that a study can be made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.core.scenario import RIGHT, WRONG, Scenario
from components.layers import ALL_PATTERNS
from components.prompts.scenarios import bundled_scenarios
from components.store import WorkQuery
from components.store.works import COMPARISON, PROTOTYPE
from components.study.study import StudyArm, Task
from components.ui.design.templates import load_templates
from components.ui.shared import state
from components.ui.shared.example_rows import own_scenarios, read_own_scenario
from components.ui.shared.samples import starting_prototypes
from components.ui.shared.work_content import stored_prototype

MAX_LISTED_WORKS, MAX_LISTED_ANSWERS = 60, 60


@dataclass(frozen=True)
class ArmChoice:
    """A prototype that can be shown, and where it is from."""

    prototype: Prototype
    source: str


@dataclass(frozen=True)
class TaskChoice:
    """A question that can be asked, with its answers, and where it is from."""

    task: Task
    source: str


def numbered_arms(prototypes: Iterable[Prototype], first: int = 1) -> tuple[StudyArm, ...]:
    """Prototypes as arms with keys of their own."""
    return tuple(StudyArm(f"arm{number}", prototype) for number, prototype in enumerate(prototypes, start=first))


def arm_choices() -> tuple[ArmChoice, ...]:
    """What is on Compare, what was made, the templates, and the first screen's prototypes; each design once."""
    here = state.page_state()
    on_screen = here.history.current.prototypes if here.history else ()
    listed = [
        *(ArmChoice(prototype, "on Compare now") for prototype in on_screen),
        *(ArmChoice(prototype, "made here") for prototype in made_prototypes()),
        *(ArmChoice(prototype, "first screen") for prototype in starting_prototypes()),
        *(ArmChoice(template.prototype, "template") for template in load_templates()),
        *(
            ArmChoice(Prototype(pattern.__name__, (pattern(**pattern.example.dials),)), "one pattern")
            for pattern in ALL_PATTERNS.values()
            if not pattern.for_all_panes
        ),
    ]
    return tuple({choice.prototype.id: choice for choice in reversed(listed)}.values())[::-1]


def made_prototypes() -> tuple[Prototype, ...]:
    """The prototypes of the works that this person can see, the last changed first; none where they cannot be read."""
    store, found = state.shared_store(), []
    try:
        for kind in (PROTOTYPE, COMPARISON):
            for work in store.find_works(WorkQuery(state.rater_id(), kind=kind, limit=MAX_LISTED_WORKS)).works:
                step = store.work_step(work.id, work.step)
                panes = step.content.get("panes", ()) if step else ()
                found += [prototype for pane in panes if (prototype := stored_prototype(pane)) is not None]
    except (Explained, KeyError, TypeError):
        return tuple(found)
    return tuple(found)


@cache
def bundled_tasks() -> tuple[Task, ...]:
    """Every scenario that comes along as a question."""
    return tuple(scenario_task(scenario) for scenario in bundled_scenarios())


def scenario_task(scenario: Scenario) -> Task:
    """A scenario as a question with its answers."""
    wrong = scenario.recordings(WRONG)
    return Task(scenario.question, scenario.recordings(RIGHT)[0].id, wrong[0].id if wrong else "")


def task_choices() -> tuple[TaskChoice, ...]:
    """The scenarios of this person and the team, those that come along, and answers that were recorded."""
    listed = [
        *(TaskChoice(task, "your scenario") for task in own_tasks()),
        *(TaskChoice(task, "scenario") for task in bundled_tasks()),
        *recorded_choices(),
    ]
    return tuple({choice.task.right: choice for choice in reversed(listed)}.values())[::-1]


def own_tasks() -> tuple[Task, ...]:
    """The scenarios of this person and the team as questions; their answers are kept, to be found again."""
    store, tasks = state.shared_store(), []
    for work in own_scenarios():
        try:
            scenario = read_own_scenario(work.id)
        except Explained:
            continue  # it is not whole yet
        for recording in (*scenario.recordings(RIGHT), *scenario.recordings(WRONG)):
            store.keep_recording(recording)
        tasks.append(scenario_task(scenario))
    return tuple(tasks)


def recorded_choices() -> tuple[TaskChoice, ...]:
    """The questions that were answered by models lately, with a wrong answer too where somebody has judged one so."""
    try:
        rows = state.shared_store().search(limit=MAX_LISTED_ANSWERS).rows
    except Explained:
        return ()
    found: dict[str, TaskChoice] = {}
    for row in rows:
        if row.scripted or not row.whole or row.right == "wrong" or row.root in found:
            continue
        wrong = next((other.id for other in rows if other.root == row.root and other.right == "wrong"), "")
        found[row.root] = TaskChoice(Task(row.text, row.id, wrong), f"answered by {row.model}")
    return tuple(found.values())

"""Trial plan: for each place of a study, which arm shows which question, with a right or a wrong answer."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from components.study.sequences import permuted_blocks, shuffled_squares, williams_square
from components.study.study import Study, StudyArm, Task


@dataclass(frozen=True)
class Trial:
    """One trial: the arms in its panes, from left to right, the question, and whether its answer is wrong."""

    arms: tuple[StudyArm, ...]
    task: Task
    wrong: bool = False


@dataclass(frozen=True)
class Slot:
    """A place in a study: the order in which its person sees the arms, as numbers, block of trials after block.

    A block has one arm, or a pair side by side. `rotation` says which questions go to which block: over all the slots
    of one order each block gets each part of the questions equally often.
    """

    number: int
    blocks: tuple[tuple[int, ...], ...]
    rotation: int

    @property
    def sequence(self) -> str:
        """The order as letters: "A-B-C", or "AB-BC" for pairs."""
        return "-".join("".join(chr(ord("A") + arm) for arm in block) for block in self.blocks)


def slot_plan(study: Study, people: int = 0) -> tuple[Slot, ...]:
    """The places of a study, for so many people or as many as are wanted, in the order in which they are given away."""
    people = people or study.wanted
    rows = block_rows(study, people)
    taken: dict[tuple[tuple[int, ...], ...], int] = {}
    slots = []
    for number, row in enumerate(rows):
        taken[row] = taken.get(row, -1) + 1
        slots.append(Slot(number, row, taken[row]))
    return tuple(slots)


def block_rows(study: Study, people: int) -> Sequence[tuple[tuple[int, ...], ...]]:
    """The blocks of each place: Williams squares, permuted blocks, or pairs that change sides."""
    arms = len(study.shown_arms)
    if study.design == "between":
        return tuple(((arm,),) for arm in permuted_blocks(arms, people, study.seed))
    if study.design == "within":
        rows = tuple(tuple((arm,) for arm in row) for row in williams_square(arms))
        return shuffled_squares(rows, people, study.seed)
    pairs = tuple(combinations(range(arms), 2))
    orders = williams_square(len(pairs)) if pairs else ()
    sided = tuple(
        tuple(pairs[place] if (place + side) % 2 else pairs[place][::-1] for place in order)
        for side in (0, 1)
        for order in orders
    )
    return shuffled_squares(sided, people, study.seed)


def trials_of(study: Study, slot: Slot) -> tuple[tuple[Trial, ...], ...]:
    """The trials of one place, block by block. In each block they come in an order of their own, drawn by the seed.

    A block gets a part of the questions, with the wrong answers that belong to it, and over the rotations each part
    comes to each block: so every arm with the same share of wrong answers has the same wrong answers.
    """
    arms, parts = study.shown_arms, question_parts(study)
    planned = []
    for number, block in enumerate(slot.blocks):
        shown = tuple(arms[arm] for arm in block)
        wrong = max(study.wrong_count(arm) for arm in shown)
        part = parts[(number + slot.rotation) % len(parts)]
        trials = [Trial(shown, task, place < wrong) for place, task in enumerate(part)]
        random.Random(f"{study.seed}/slot {slot.number}/block {number}").shuffle(trials)
        planned.append(tuple(trials))
    return tuple(planned)


def question_parts(study: Study) -> tuple[tuple[Task, ...], ...]:
    """The questions in parts of as many as one arm has trials, those that may be answered wrongly first in each.

    As many parts as can be made without using a question twice; one, with questions that come again, where none can.
    """
    tasks, needed = shuffled_tasks(study), max((study.wrong_count(arm) for arm in study.shown_arms), default=0)
    risky, safe = [task for task in tasks if task.wrong], [task for task in tasks if not task.wrong]
    if not tasks or study.trials < 1:
        return ((),)
    count = min(len(tasks) // study.trials, len(risky) // needed if needed else len(tasks))
    if count < 1:
        few = [*risky, *safe]
        return (tuple(few[place % len(few)] for place in range(study.trials)),)
    rest, others = [*safe, *risky[needed * count :]], study.trials - needed
    return tuple(
        (*risky[needed * part : needed * (part + 1)], *rest[others * part : others * (part + 1)])
        for part in range(count)
    )


def shuffled_tasks(study: Study) -> list[Task]:
    """The questions of a study in an order drawn by its seed."""
    tasks = list(study.tasks)
    random.Random(f"{study.seed}/tasks").shuffle(tasks)
    return tasks


def tasks_needed(study: Study) -> int:
    """How many questions it takes so that nobody sees one twice."""
    arms = len(study.shown_arms)
    blocks = {"between": 1, "within": arms, "side": arms * (arms - 1) // 2}[study.design]
    return blocks * study.trials

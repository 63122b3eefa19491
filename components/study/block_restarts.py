"""Block restarts: a block that was broken off is begun anew, under new ids of its steps, so that nothing counts twice.

A block is an arm with its practice, its trials and the questionnaires after them. What was answered before a restart
stays kept under the id that the step had then, as "trial-05"; the step that is answered now is "trial-05~2".
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from components.study.study_steps import StudyStep

ATTEMPT_MARK = "~"
MAX_BLOCK_ATTEMPTS = 999


@dataclass(frozen=True)
class BlockRestart:
    """That a block was begun anew: its number, from 1, its steps by the ids of the study, and when (ISO, UTC)."""

    block: int
    steps: tuple[str, ...]
    at: str


def attempt_parts(id: str) -> tuple[str, int]:
    """The step of the study that an id stands for, and the attempt at it, from 1. An id that was not made here stands
    for itself.
    """
    step, mark, number = id.partition(ATTEMPT_MARK)
    known = mark and number.isascii() and number.isdecimal() and 1 < int(number[:6]) <= MAX_BLOCK_ATTEMPTS
    return (step, int(number)) if known and number == str(int(number)) else (id, 1)


def attempt_id(step: str, attempt: int) -> str:
    """The id of a step in one attempt at it, from 1."""
    return step if attempt < 2 else f"{step}{ATTEMPT_MARK}{attempt}"


def current_attempts(restarts: Iterable[BlockRestart]) -> Mapping[str, int]:
    """Which attempt at a step counts, by its id in the study; those that are not named were never begun anew."""
    counts = Counter(step for restart in restarts for step in restart.steps)
    return {step: count + 1 for step, count in counts.items()}


def current_ids(steps: Iterable[str], restarts: Iterable[BlockRestart]) -> dict[str, str]:
    """The id under which each step of the study is answered now."""
    attempts = current_attempts(restarts)
    return {step: attempt_id(step, attempts.get(step, 1)) for step in steps}


def broken_block(steps: Sequence[StudyStep], done: Collection[str], restarts: Sequence[BlockRestart]) -> int:
    """The number of the block that somebody is in the middle of; 0 where they are in none."""
    ids = current_ids((step.id for step in steps), restarts)
    for number in sorted({step.block for step in steps} - {0}):
        answered = [ids[step.id] in done for step in steps if step.block == number]
        if any(answered) and not all(answered):
            return number
    return 0


def block_steps(steps: Iterable[StudyStep], block: int) -> tuple[str, ...]:
    """The ids of a block's steps, in order."""
    return tuple(step.id for step in steps if step.block == block)


def restarts_text(restarts: Iterable[BlockRestart]) -> str:
    """Restarts as they are kept."""
    return json.dumps([vars(restart) for restart in restarts], separators=(",", ":"))


def read_restarts(text: str) -> tuple[BlockRestart, ...]:
    """What `restarts_text` wrote."""
    if text == "[]":
        return ()
    return tuple(BlockRestart(one["block"], tuple(one["steps"]), one["at"]) for one in json.loads(text))

"""Study extensions: when more people were taken in than before, and whether outcomes could be seen by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from components.report.results.result_basis import count_with_noun
from components.store.arm_records import ArmChange, closed_arms
from components.store.participation import COMPLETE, Participant
from components.store.study_records import StudyState
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import gather_people

EXTENDED_BUDGET = (
    "More people were taken in after the outcomes could be read. The intervals hold for a number of people that was "
    "fixed beforehand: here they are too narrow, so take what is said as a reason for a new study."
)


@dataclass(frozen=True)
class StudyExtension:
    """More places than before: since when (ISO, UTC), how many, and how many people had completed the study by then,
    and how many more had at some time whose answers were deleted since.

    `seen` says whether outcomes were shown by then where that makes the intervals too narrow.
    """

    at: str
    added: int
    complete: int
    deleted: int
    seen: bool


def study_extensions(
    frozen: FrozenStudy, states: Sequence[StudyState], people: Sequence[Participant], deleted: int = 0,
    changes: Sequence[ArmChange] = (),
) -> tuple[StudyExtension, ...]:  # fmt: skip
    """Every time at which more people were wanted than before, of the states of a study in their order.

    `deleted` people had completed it before their answers were deleted: when, is not kept, so that all of them may
    have been counted by then. `changes` are those of its arms: without an arm fewer people are waited for.
    """
    found = []
    for before, after in pairwise([state for state in states if state.slots]):
        if after.slots <= before.slots:
            continue
        complete = len(completed_by(people, after.at))
        moments = [*(change.at for change in changes if change.at <= after.at), after.at]
        seen = any(could_be_read(frozen, before.slots, people, deleted, changes, at) for at in moments)
        found.append(StudyExtension(after.at, after.slots - before.slots, complete, deleted, seen))
    return tuple(found)


def could_be_read(
    frozen: FrozenStudy, places: int, people: Sequence[Participant], deleted: int, changes: Sequence[ArmChange], at: str
) -> bool:
    """Whether outcomes that stay hidden until all are complete were shown at a moment."""
    done, closed = completed_by(people, at), closed_arms(tuple(change for change in changes if change.at <= at))
    wanted = frozen.wanted_people(places, closed, gather_people(done, ()))
    return frozen.study.stopping == "fixed" and len(done) + deleted >= wanted


def completed_by(people: Sequence[Participant], at: str) -> list[Participant]:
    """Those who had completed a study at a moment."""
    return [person for person in people if person.end == COMPLETE and person.ended <= at]


def extension_sentences(extensions: Sequence[StudyExtension]) -> list[str]:
    """When places for more people were added, and after how many had completed the study."""
    return [
        f"Places for {count_with_noun(one.added, 'more person', 'more people')} were added on "
        f"{one.at[:16].replace('T', ' ')} (UTC), after {count_with_noun(one.complete, 'person', 'people')} had "
        f"completed it{f' and up to {one.deleted} more whose answers were deleted since' if one.deleted else ''}."
        f"{' Outcomes could be read by then.' if one.seen else ''}"
        for one in extensions
    ]

"""More people than before are told with the results, and what that means where outcomes could be read by then."""

from dataclasses import replace

import pytest

from components.report.study.study_extensions import extension_sentences, study_extensions
from components.store.arm_records import ArmChange
from components.store.participation import Participant
from components.store.study_records import StudyState
from components.study.frozen_study import FrozenStudy
from components.study.study import Stopping, Study
from tests.study.made_study import frozen

FIXED = FrozenStudy(Study(wanted=2, stopping="fixed"), {}, {})


def person(number: int, ended: str, end: str = "complete") -> Participant:
    return Participant(f"p{number}", "s", number, "l", "", "2026-11-01", ended, ended, end, "", False, {}, {})


def state(slots: int, at: str) -> StudyState:
    return StudyState("open", slots, "", at)


PEOPLE = (
    person(1, "2026-11-01T10:00"), person(2, "2026-11-01T11:00"), person(3, "2026-11-01T09:00", "failed"),
    person(4, "2026-11-03T09:00"), person(5, "", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "stopping", "told"),
    [
        ("2026-11-01T10:30", "fixed", "after 1 person had completed it."),
        ("2026-11-02T10:30", "fixed", "after 2 people had completed it. Outcomes could be read by then."),
        ("2026-11-02T10:30", "sequential", "after 2 people had completed it."),
    ],
)
def test_more_people_are_told_with_how_many_had_completed_it_by_then(at: str, stopping: Stopping, told: str) -> None:
    states = (StudyState(), state(2, "2026-10-31"), state(2, "2026-11-01"), state(4, at), state(4, "2026-11-05"))
    found = study_extensions(replace(FIXED, study=replace(FIXED.study, stopping=stopping)), states, PEOPLE)
    [sentence] = extension_sentences(found)
    assert sentence == f"Places for 2 more people were added on {at.replace('T', ' ')} (UTC), {told}"


def test_who_was_deleted_after_completing_may_have_been_counted_by_then() -> None:
    states = (state(2, "2026-10-31"), state(4, "2026-11-01T10:30"))
    [sentence] = extension_sentences(study_extensions(FIXED, states, PEOPLE, deleted=1))
    assert sentence.endswith(
        "after 1 person had completed it and up to 1 more whose answers were deleted since. "
        "Outcomes could be read by then."
    )


def test_a_study_as_it_was_opened_tells_of_no_more_people() -> None:
    assert study_extensions(FIXED, (), PEOPLE) == ()
    assert study_extensions(FIXED, (state(2, "2026-10-31"), state(2, "2026-11-02")), PEOPLE) == ()


def test_who_was_waited_for_is_counted_without_the_arms_that_were_closed_by_then() -> None:
    study = frozen(design="between", wanted=6, stopping="fixed")
    done = [number for number in range(6) if study.arm_at(number) != "c"]
    people = [person(number, "2026-11-01T10:00") for number in done]
    states = (state(6, "2026-10-31"), state(9, "2026-11-03"))

    def seen(*changes: ArmChange) -> bool:
        [extension] = study_extensions(study, states, people, changes=changes)
        return extension.seen

    closed, again = ArmChange("s", "c", "closed", "2026-11-02"), ArmChange("s", "c", "open", "2026-11-02T12:00")
    assert not seen() and not seen(replace(closed, at="2026-11-04"))
    assert seen(closed) and seen(closed, again)  # they could be read in between

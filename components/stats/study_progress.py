"""Study progress: how far a study has come, without a word of what people answered."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from statistics import median

from components.store.participation import COMPLETE
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import PersonAnswers
from components.study.quality_flags import is_void_pane, person_signs

SIGN_WORDS: Mapping[str, str] = {
    "trap": "filled in a field that nobody sees", "webdriver": "came from a browser that a program drives",
    "untrusted": "pressed without a pointer or a key", "pastes": "pasted text",
}  # fmt: skip


@dataclass(frozen=True)
class StepProgress:
    """One screen: how many answered it, how many left before it, and how long it was there until it was answered.

    `seconds` is the middle one of all who answered; None where nobody did.
    """

    step: str
    answered: int
    dropped: int
    seconds: float | None


@dataclass(frozen=True)
class OrderProgress:
    """One order of the arms, as letters: how many completed it, and how many are in it now."""

    order: str
    done: int
    active: int


@dataclass(frozen=True)
class StudyProgress:
    """How far a study has come. `done` people completed it with their attention checks passed; `ends` counts people by
    how they ended; `active` are under way, `dropped` no longer. `deleted` are those whose answers were deleted since,
    who are in none of the ends.

    `void` of `trials` do not count for timing. `signs` counts people by what may mean that nobody was there,
    `restarted` those who began a block anew.
    """

    started: int
    done: int
    ends: Mapping[str, int]
    active: int
    dropped: int
    steps: tuple[StepProgress, ...]
    orders: tuple[OrderProgress, ...]
    trials: int
    void: int
    signs: Mapping[str, int]
    restarted: int = 0
    deleted: int = 0


def study_progress(
    study: FrozenStudy, people: Sequence[PersonAnswers], now: str, erased: Collection[str] = ()
) -> StudyProgress:
    """How far it has come at a moment (ISO, UTC). `erased` are the ids of those whose answers were deleted at a request
    or in time: they did not withdraw.
    """
    stale = datetime.fromisoformat(now) - timedelta(minutes=study.study.stale_minutes)
    under_way = [person for person in people if not person.end]
    left = {person.id for person in under_way if datetime.fromisoformat(person.seen) < stale}
    active = {person.id for person in under_way} - left
    void = [is_void for person in people for is_void in void_trials(study, person)]
    return StudyProgress(
        len(people), sum(person.end == COMPLETE for person in people),
        Counter(person.end for person in people if person.end and person.id not in erased), len(active), len(left),
        step_rows(study, people, left), order_rows(study, people, active), len(void), sum(void),
        count_sign_people(people), sum(person.restarts > 0 for person in people),
        sum(person.id in erased for person in people),
    )  # fmt: skip


def void_trials(study: FrozenStudy, person: PersonAnswers) -> list[bool]:
    """For each answered trial of a person, whether it does not count for timing."""
    return [
        any(is_void_pane(person.answers[step.id], pane.key) for pane in step.panes)
        for step in study.steps(person.slot)
        if step.kind == "trial" and step.id in person.answers
    ]


def step_rows(study: FrozenStudy, people: Sequence[PersonAnswers], left: set[str]) -> tuple[StepProgress, ...]:
    """Every screen in the order in which the first place has them; all places have the same ones."""
    waiting: Counter[str] = Counter()
    for person in people:
        if person.id in left:
            waiting[next((s.id for s in study.steps(person.slot) if s.id not in person.answers), "")] += 1
    rows = []
    for step in study.steps(0):
        given = [person.answers[step.id] for person in people if step.id in person.answers]
        seconds = [answer.open_seconds for answer in given]
        known = [value for value in seconds if isfinite(value)]
        rows.append(StepProgress(step.id, len(given), waiting[step.id], median(known) if known else None))
    return tuple(rows)


def order_rows(study: FrozenStudy, people: Sequence[PersonAnswers], active: set[str]) -> tuple[OrderProgress, ...]:
    """Every order that somebody is in, with how full it is."""
    done: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for person in people:
        order = study.slot(person.slot).sequence
        done[order] += person.end == COMPLETE
        now[order] += person.id in active
    return tuple(OrderProgress(order, done[order], now[order]) for order in sorted(done))


def count_sign_people(people: Sequence[PersonAnswers]) -> Counter[str]:
    """How many people showed each sign that no person may have answered, in words."""
    found = [person_signs(person) for person in people]
    return +Counter({words: sum(bool(signs[name]) for signs in found) for name, words in SIGN_WORDS.items()})

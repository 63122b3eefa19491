"""Study progress: how far a study has come, without a word of what people answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from components.store.participation import Participant
from components.store.study_records import StudyAnswer
from components.study.frozen_study import FrozenStudy
from components.study.rating import LATE_S, LATE_SHARE

DONE_ENDS = ("complete", "failed")  # who came to the last screen


@dataclass(frozen=True)
class StepProgress:
    """One kind of screen: how many answered it, how many were last seen right before it, and how long it took.

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
    """How far a study has come. `ends` counts people by how they ended; `active` are under way, `dropped` no longer.

    `void` of `trials` plays do not count for timing. `signs` counts people by what may mean that nobody was there.
    """

    started: int
    ends: Mapping[str, int]
    active: int
    dropped: int
    steps: tuple[StepProgress, ...]
    orders: tuple[OrderProgress, ...]
    trials: int
    void: int
    signs: Mapping[str, int]

    @property
    def done(self) -> int:
        """How many people came to the last screen."""
        return sum(self.ends.get(end, 0) for end in DONE_ENDS)


def study_progress(
    study: FrozenStudy, people: Sequence[Participant], answers: Iterable[StudyAnswer], now: str
) -> StudyProgress:
    """How far it has come at a moment (ISO, UTC)."""
    given: dict[str, dict[str, StudyAnswer]] = defaultdict(dict)
    for answer in answers:
        given[answer.participant][answer.step] = answer
    stale = datetime.fromisoformat(now) - timedelta(minutes=study.study.stale_minutes)
    left = {p.id for p in people if not p.end and datetime.fromisoformat(p.seen) < stale}
    active = {p.id for p in people if not p.end} - left
    plays = [play for by_step in given.values() for step, a in by_step.items() if step.startswith("trial")
             for play in last_plays(a.content)]  # fmt: skip
    return StudyProgress(
        len(people), Counter(p.end for p in people if p.end), len(active), len(left),
        step_rows(study, people, given, left), order_rows(study, people, active), len(plays),
        sum(map(is_void_play, plays)), count_signs_of(given.values()),
    )  # fmt: skip


def last_plays(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The panes of the last play in an answer; [] where there is none."""
    plays = content.get("play") or []
    panes = plays[-1].get("panes", []) if plays and isinstance(plays[-1], Mapping) else []
    return [pane for pane in panes if isinstance(pane, Mapping)]


def is_void_play(pane: Mapping[str, Any]) -> bool:
    """Whether a pane's play does not count for timing: hidden, or painted too far from when it was due."""
    due, painted = pane.get("scheduled") or {}, pane.get("painted") or {}
    pairs = [(due.get(moment), painted.get(moment)) for moment in ("first", "complete")]
    return bool(pane.get("hidden")) or any(
        a is not None and b is not None and abs(b - a) > max(LATE_S, LATE_SHARE * a) for a, b in pairs
    )


def step_rows(
    study: FrozenStudy, people: Sequence[Participant], given: Mapping[str, Mapping[str, StudyAnswer]], left: set[str]
) -> tuple[StepProgress, ...]:
    """Every screen in the order in which the first place has them; all places have the same ones."""
    waiting: Counter[str] = Counter()
    for person in people:
        if person.id in left:
            after = [step.id for step in study.steps(person.slot) if step.id not in given.get(person.id, {})]
            waiting[after[0] if after else ""] += 1
    rows = []
    for step in study.steps(0):
        seconds = [
            took for by_step in given.values() if step.id in by_step
            if (took := answer_seconds(by_step[step.id].content)) is not None
        ]  # fmt: skip
        count = sum(step.id in by_step for by_step in given.values())
        rows.append(StepProgress(step.id, count, waiting[step.id], median(seconds) if seconds else None))
    return tuple(rows)


def answer_seconds(content: Mapping[str, Any]) -> float | None:
    """How long a screen was there until it was answered, in seconds; None where that is not told."""
    took = content.get("took") or {}
    ms = took.get("answered_ms") if isinstance(took, Mapping) else None
    return ms / 1000 if isinstance(ms, int | float) and not isinstance(ms, bool) else None


def order_rows(study: FrozenStudy, people: Sequence[Participant], active: set[str]) -> tuple[OrderProgress, ...]:
    """Every order that somebody is in, with how full it is."""
    done: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for person in people:
        order = study.slot(person.slot).sequence
        done[order] += person.end in DONE_ENDS
        now[order] += person.id in active
    return tuple(OrderProgress(order, done[order], now[order]) for order in sorted(done))


def count_signs_of(answered: Iterable[Mapping[str, StudyAnswer]]) -> Counter[str]:
    """How many people showed each sign that no person may have answered, in words."""
    counts: Counter[str] = Counter()
    for by_step in answered:
        signs = [a.content["signs"] for a in by_step.values() if isinstance(a.content.get("signs"), Mapping)]
        counts["filled in a field that nobody sees"] += any(sign.get("trap") for sign in signs)
        counts["came from a browser that a program drives"] += any(sign.get("webdriver") for sign in signs)
        counts["pressed without a pointer or a key"] += any(sign.get("untrusted") for sign in signs)
        counts["pasted text"] += any(sign.get("pastes") for sign in signs)
    return +counts

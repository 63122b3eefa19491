"""Quality flags: what speaks for and against a participant's care, and who the study's own rule leaves out, and why.

A flag is shown and never leaves anybody out by itself: that is what the rule is for, which was frozen with the study.
Signs that no person answered (keys, pastes, untrusted events, a driven browser, the hidden field) are told beside the
flags and are part of no rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from statistics import fmean, median
from typing import Literal

from components.study.frozen_study import FrozenStudy
from components.study.instruments import load_instruments
from components.study.person_answers import SIGN_COUNTS, PersonAnswers, StepAnswer, browser_number, part_of
from components.study.rating import LATE_S, LATE_SHARE
from components.study.study import ExclusionRule
from components.study.study_steps import StudyStep

FlagKind = Literal["pace", "same", "check", "away"]
MIN_ITEM_SECONDS = 2.0  # for each item of a page; who is faster cannot have read it
MAX_SPEED_INDEX, MAX_PAGE_INDEX = 2.0, 3.0  # of the relative speed index, of one page in it (Leiner 2019)
MIN_PACE_PEOPLE = 10  # from here on the middle time of a page says what is usual
MIN_SAME_ITEMS = 3
MIXED_INSTRUMENTS = ("jian",)  # words for and against, scored apart, so that none of its items is reversed


@dataclass(frozen=True)
class QualityFlag:
    """One flag. Flags of one kind come of one habit and count once."""

    kind: FlagKind
    reason: str


@dataclass(frozen=True)
class PersonQuality:
    """What is known of one participant's care.

    `speed_index` is 1 for the middle pace, 2 for twice as fast, nan where too few people answered to say. `reasons` are
    those for which the study's rule leaves the person out, () where it does not. `signs` are counts and words that
    decide nothing.
    """

    person: str
    flags: tuple[QualityFlag, ...]
    checks_asked: int
    checks_failed: int
    trials: int
    void_trials: int
    speed_index: float
    signs: Mapping[str, int | str]
    reasons: tuple[str, ...] = ()

    @property
    def is_excluded(self) -> bool:
        """Whether the rule leaves the person out of the main result."""
        return bool(self.reasons)

    @property
    def void_share(self) -> float:
        """The share of the trials that are void for timing."""
        return self.void_trials / self.trials if self.trials else 0.0


def judge_people(frozen: FrozenStudy, people: Sequence[PersonAnswers]) -> dict[str, PersonQuality]:
    """The quality of every participant by id. Real and simulated people must not be mixed: paces are compared."""
    usual = usual_seconds([person for person in people if person.reached_end])
    return {person.id: person_quality(frozen, person, usual) for person in people}


def person_quality(frozen: FrozenStudy, person: PersonAnswers, usual: Mapping[str, float]) -> PersonQuality:
    """The quality of one participant, with the usual seconds of every page, by step."""
    steps = [step for step in frozen.steps(person.slot) if step.id in person.answers]
    checks = [
        item.is_passed_by(person.answers[step.id].items.get(item.name))
        for step in steps for item in step.items if item.right and step.id != "before"
    ]  # fmt: skip
    trials = [step for step in steps if step.kind == "trial"]
    void = sum(any(is_void_pane(person.answers[step.id], pane.key) for pane in step.panes) for step in trials)
    index = speed_index(person, usual)
    found = PersonQuality(
        person.id, (*pace_flags(person, steps, index), *same_flags(person, steps), *check_flags(checks),
                    *away_flags(person)),
        len(checks), checks.count(False), len(trials), void, index, person_signs(person),
    )  # fmt: skip
    return PersonQuality(**{**vars(found), "reasons": exclusion_reasons(frozen.study.exclusion, found)})


def exclusion_reasons(rule: ExclusionRule, found: PersonQuality) -> tuple[str, ...]:
    """Why the rule leaves a person out, a sentence each; () where it does not. A number of 0 switches a part off."""
    kinds = dict.fromkeys(flag.kind for flag in found.flags)
    reasons = []
    if rule.checks and found.checks_failed >= rule.checks:
        reasons.append(f"{found.checks_failed} of {found.checks_asked} attention checks failed")
    if rule.flags and len(kinds) >= rule.flags:
        first = [next(flag.reason for flag in found.flags if flag.kind == kind) for kind in kinds]
        reasons.append(f"{len(kinds)} independent flags: {'; '.join(first)}")
    if rule.void_share and found.trials and found.void_share > rule.void_share:
        reasons.append(f"{found.void_trials} of {found.trials} trials void for timing")
    return tuple(reasons)


def pace_flags(person: PersonAnswers, steps: Sequence[StudyStep], index: float) -> tuple[QualityFlag, ...]:
    """Flags of a person who was too fast to have read, on one page or on all."""
    fast = []
    for step in steps:
        answer = person.answers[step.id]
        asked = sum(item.name in answer.items for item in step.items)
        if step.kind in ("trial", "questions") and asked and answer.item_seconds / asked < MIN_ITEM_SECONDS:
            fast.append(step.id)
    told = f"under {MIN_ITEM_SECONDS:g} s for each item on {len(fast)} page{'s' * (len(fast) > 1)} ({', '.join(fast)})"
    slow = f"relative speed index {index:.1f}, over {MAX_SPEED_INDEX:g}"
    return (
        *((QualityFlag("pace", told),) if fast else ()),
        *((QualityFlag("pace", slow),) if index > MAX_SPEED_INDEX else ()),
    )


def same_flags(person: PersonAnswers, steps: Sequence[StudyStep]) -> tuple[QualityFlag, ...]:
    """A flag where every questionnaire with words for and against got one answer to all of its items."""
    known = load_instruments()
    mixed = {name for name, tool in known.items() if tool.reversed or name in MIXED_INSTRUMENTS}
    filled: list[list[object]] = []
    for step in steps:
        items = person.answers[step.id].items
        for name in dict.fromkeys(item.name.partition(".")[0] for item in step.items if "." in item.name):
            if name in mixed:
                filled.append([value for key, value in items.items() if key.partition(".")[0] == name])
    count = sum(map(len, filled))
    if not filled or count < MIN_SAME_ITEMS or any(len(set(map(str, values))) != 1 for values in filled):
        return ()
    return (QualityFlag("same", f"the same answer to all {count} items that are worded for and against"),)


def check_flags(checks: Sequence[bool]) -> tuple[QualityFlag, ...]:
    """A flag where an attention check failed."""
    failed = checks.count(False)
    return (QualityFlag("check", f"{failed} of {len(checks)} attention checks failed"),) if failed else ()


def away_flags(person: PersonAnswers) -> tuple[QualityFlag, ...]:
    """A flag where the tab was hidden while a screen was on it."""
    hides = sum(answer.hide_count for answer in person.answers.values())
    seconds = sum(answer.hidden_seconds for answer in person.answers.values())
    often = "once" if hides == 1 else f"{hides} times"
    return (QualityFlag("away", f"hid the tab {often}, {seconds:.0f} s"),) if hides else ()


def usual_seconds(people: Sequence[PersonAnswers]) -> dict[str, float]:
    """The middle of the seconds that people take for the items of each page; none where there are too few people."""
    by_step: dict[str, list[float]] = {}
    for person in people:
        for step, answer in person.answers.items():
            if answer.item_seconds > 0 and answer.items:
                by_step.setdefault(step, []).append(answer.item_seconds)
    return {step: median(taken) for step, taken in by_step.items() if len(taken) >= MIN_PACE_PEOPLE}


def speed_index(person: PersonAnswers, usual: Mapping[str, float]) -> float:
    """Leiner's relative speed index (2019): the mean over pages of the middle over the own time, at most 3 each."""
    pages = [
        min(MAX_PAGE_INDEX, usual[step] / answer.item_seconds)
        for step, answer in person.answers.items()
        if step in usual and answer.item_seconds > 0
    ]
    return fmean(pages) if pages else nan


def is_void_pane(answer: StepAnswer, pane: str) -> bool:
    """Whether a pane of a trial cannot count for timing: hidden, painted off schedule, or with no report at all."""
    report = answer.pane_report(pane)
    if not report or report.get("hidden"):
        return True
    scheduled, painted = (part_of(report, name) for name in ("scheduled", "painted"))
    for moment in ("first", "complete"):
        due, seen = browser_number(scheduled.get(moment)), browser_number(painted.get(moment))
        if isfinite(due) and isfinite(seen) and abs(seen - due) > max(LATE_S, LATE_SHARE * due):
            return True
    return False


def person_signs(person: PersonAnswers) -> dict[str, int | str]:
    """The signs of all screens together: counts, whether the browser was driven, what stood in the hidden field."""
    each = [answer.signs for answer in person.answers.values()]
    counts = {name: [browser_number(signs.get(name)) for signs in each] for name in SIGN_COUNTS}
    totals = {name: int(sum(value for value in values if isfinite(value))) for name, values in counts.items()}
    trap = next((str(signs["trap"]) for signs in each if signs.get("trap")), "")
    return {**totals, "webdriver": int(any(signs.get("webdriver") is True for signs in each)), "trap": trap}

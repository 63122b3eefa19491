"""Person answers: everything that one participant of a study gave, screen by screen, read with care."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite, nan
from typing import Any

from components.study.block_restarts import attempt_id, attempt_parts, current_attempts

END_REACHED = ("complete", "failed")  # the ends at which every screen was answered
MAX_BROWSER_NUMBER = 1e12  # milliseconds are 30 years
SIGN_COUNTS = ("keys", "pastes", "untrusted")


@dataclass(frozen=True)
class StepAnswer:
    """What a browser sent for one screen, and when it was kept (ISO, UTC). What is missing in it is nan, 0 or empty."""

    data: Mapping[str, Any]
    at: str = ""

    @cached_property
    def items(self) -> Mapping[str, Any]:
        """What was answered, by the items' names; items without an answer are left out."""
        return {name: value for name, value in part_of(self.data, "items").items() if value is not None}

    @cached_property
    def item_seconds(self) -> float:
        """Seconds from when the items were shown to when all were answered; nan where that is not told."""
        took = part_of(self.data, "took")
        return (browser_number(took.get("answered_ms")) - browser_number(took.get("shown_ms"))) / 1000

    @property
    def open_seconds(self) -> float:
        """For how many seconds the screen was there until it was answered; nan where that is not told."""
        return browser_number(part_of(self.data, "took").get("answered_ms")) / 1000

    @property
    def hidden_seconds(self) -> float:
        """For how many seconds the tab was hidden."""
        seconds = browser_number(part_of(self.data, "page").get("hidden_ms")) / 1000
        return seconds if isfinite(seconds) else 0.0

    @property
    def hide_count(self) -> int:
        """How often the tab was hidden."""
        count = browser_number(part_of(self.data, "page").get("hides"))
        return int(count) if isfinite(count) else 0

    @property
    def signs(self) -> Mapping[str, Any]:
        """The signs of whether a person answered."""
        return part_of(self.data, "signs")

    @cached_property
    def plays(self) -> tuple[Mapping[str, Any], ...]:
        """Every play of a trial, in order, as the player reported it."""
        plays = self.data.get("play")
        return tuple(play for play in plays if isinstance(play, Mapping)) if isinstance(plays, list | tuple) else ()

    def pane_report(self, pane: str) -> Mapping[str, Any]:
        """What the last play with this pane reported of it: it is what the answers are about. Empty where none did."""
        for play in reversed(self.plays):
            reports = play.get("panes")
            for report in reports if isinstance(reports, list | tuple) else ():
                if isinstance(report, Mapping) and report.get("pane") == pane:
                    return report
        return {}


@dataclass(frozen=True)
class PersonAnswers:
    """A participant with their answers by step. Moments are ISO, UTC; `end` is "" for who has not come to an end.

    `restarts` is how many blocks were begun anew; `set_aside` are the answers of before, by the ids that the steps had:
    kept, and part of no result.
    """

    id: str
    slot: int
    joined: str = ""
    seen: str = ""
    ended: str = ""
    end: str = ""
    simulated: bool = False
    answers: Mapping[str, StepAnswer] = field(default_factory=dict)
    restarts: int = 0
    set_aside: Mapping[str, StepAnswer] = field(default_factory=dict)

    @property
    def reached_end(self) -> bool:
        """Whether every screen was answered, with or without the attention checks passed."""
        return self.end in END_REACHED

    @cached_property
    def all_items(self) -> Mapping[str, Any]:
        """Every answer of every screen by the item's name; where a name comes again, the last one."""
        return {name: value for answer in self.answers.values() for name, value in answer.items.items()}


def part_of(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The part of an answer with this name; empty where there is none."""
    part = data.get(name)
    return part if isinstance(part, Mapping) else {}


def browser_number(value: object) -> float:
    """A number that a browser sent; nan where it is none, or beyond what any clock or count can be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return nan
    return float(value) if -MAX_BROWSER_NUMBER <= value <= MAX_BROWSER_NUMBER else nan


def gather_people(people: Iterable[Any], answers: Iterable[Any]) -> tuple[PersonAnswers, ...]:
    """Each participant with their answers, from the store: participants (id, slot, joined, seen, ended, end,
    simulated, restarts) and answers (participant, step, content, at). Answers of somebody who is not there are left
    out. Where a block was begun anew, what is answered since then counts, by the steps' ids in the study.

    Where a step was answered twice, which the store never keeps, the first one counts.
    """
    given: dict[str, dict[str, StepAnswer]] = {}
    for answer in answers:
        given.setdefault(answer.participant, {}).setdefault(answer.step, StepAnswer(answer.content, answer.at))
    return tuple(person_answers(person, given.get(person.id, {})) for person in people)


def person_answers(person: Any, given: Mapping[str, StepAnswer]) -> PersonAnswers:
    """A participant with the answers that count, and those of blocks that were begun anew since."""
    counted, set_aside, attempts = {}, {}, current_attempts(person.restarts)
    for id, answer in given.items():
        step, _ = attempt_parts(id)
        if id == attempt_id(step, attempts.get(step, 1)):
            counted[step] = answer
        else:
            set_aside[id] = answer
    return PersonAnswers(
        person.id, person.slot, person.joined, person.seen, person.ended, person.end, person.simulated, counted,
        len(person.restarts), set_aside,
    )  # fmt: skip

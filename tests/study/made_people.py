"""People for tests: what somebody answers to every screen of a study, as a browser would send it."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from components.study.frozen_study import FrozenStudy
from components.study.person_answers import PersonAnswers, StepAnswer
from components.study.study_item import StudyItem
from components.study.study_steps import StudyStep

Answering = Callable[[random.Random, StudyStep, StudyItem], object]  # what is answered to an item of a screen
ITEM_MS = 6_000.0


def answer_plainly(rng: random.Random, step: StudyStep, item: StudyItem) -> object:
    """Something that is an answer, at random; attention checks are passed."""
    if item.right:
        return float(item.right) if item.right.isdigit() else item.right
    match item.kind:
        case "choice":
            return rng.choice(item.options).value
        case "accept":
            return rng.choice(["accept", "change:something else"])
        case "text":
            return "own words"
        case "seconds":
            return rng.randint(2, 20) / 2
        case "scale":
            return item.least + rng.randrange(item.points)
    return float(rng.randint(int(item.least), int(item.most)))


def step_data(step: StudyStep, items: Mapping[str, object], seconds: float = ITEM_MS / 1000) -> dict[str, Any]:
    """What a browser sends for a screen whose items were answered in so many seconds each."""
    shown = 9_000.0 if step.panes else 100.0
    data: dict[str, Any] = {
        "items": dict(items),
        "took": {"shown_ms": shown, "first_ms": shown + 900, "answered_ms": shown + 1000 * seconds * len(items)},
        "page": {"hidden_ms": 0.0, "hides": 0, "pagehides": 0, "resizes": 0, "width": 390, "height": 844, "zoom": 1},
        "signs": {"keys": 3, "pastes": 0, "untrusted": 0, "webdriver": False, "trap": ""},
    }
    if step.panes:
        data["frame_ms"] = 16.7
        data["play"] = [{"play": "p", "panes": [pane_seen(pane.key) for pane in step.panes]}]
    return data


def pane_seen(pane: str, first: float = 0.8, complete: float = 4.0, late: float = 0.01) -> dict[str, Any]:
    """A pane's report, painted so many seconds late."""
    return {
        "pane": pane, "scheduled": {"sign": 0.1, "first": first, "complete": complete},
        "painted": {"sign": 0.1, "first": first + late, "complete": complete + late},
        "freeze": 0.4, "hidden": False, "resized": False, "stopped": False, "broke": False,
    }  # fmt: skip


def made_person(
    frozen: FrozenStudy, slot: int, answering: Answering = answer_plainly, seconds: float = ITEM_MS / 1000
) -> PersonAnswers:
    """Somebody in one place who answered everything."""
    rng, answers = random.Random(slot), {}
    for step in frozen.steps(slot):
        asked = [*step.items, *((step.first,) if step.first else ())]
        given = {item.name: answering(rng, step, item) for item in asked}
        answers[step.id] = StepAnswer(step_data(step, given, seconds), "2026-11-02T10:05:00+00:00")
    return PersonAnswers(
        f"person-{slot}", slot, "2026-11-02T10:00:00+00:00", "2026-11-02T10:09:00+00:00", "2026-11-02T10:09:00+00:00",
        "complete", answers=answers,
    )  # fmt: skip


def with_data(person: PersonAnswers, step: str, **changes: object) -> PersonAnswers:
    """The person with some parts of what was sent for a step changed."""
    data = {**person.answers[step].data, **changes}
    return replace(person, answers={**person.answers, step: StepAnswer(data)})


def made_people(frozen: FrozenStudy, count: int, answering: Answering = answer_plainly) -> Sequence[PersonAnswers]:
    """So many people, each in a place of their own."""
    return [made_person(frozen, slot, answering) for slot in range(count)]

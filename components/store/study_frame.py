"""Study frame: every answer to a trial of a study as one row, with what was shown and what the browser painted.

Columns: participant, slot, sequence (the order of the arms, as letters), simulated, step, number (of the trial, from
1), block, position (of the trial in its block, from 1), pane ("" where it is about the whole screen), arm, arm_name,
level (of a sweep), prototype, recording, left, right (the arms side by side, "" elsewhere), question, wrong, item,
value (a number: seconds, points; 1 for accepted, 0 for changed), choice (an arm's key, "none", "accept" or "change"),
words (own words), judged (1 where own words are right by what is known of the question, 0 where wrong), at,
scheduled_sign, scheduled_first, scheduled_complete, painted_sign, painted_first, painted_complete, freeze, took
(seconds for the items), frame (seconds between two frames), plays, hidden, resized, stopped, broke, void.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import nan
from typing import Any

import pandas as pd

from components.prompts.answer_rules import judge_answer
from components.prompts.packs import find_item
from components.store.tables import MOMENT_COLUMNS
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import PersonAnswers, StepAnswer, browser_number, part_of
from components.study.quality_flags import is_void_pane
from components.study.study_item import StudyItem
from components.study.study_steps import ShownPane, StudyStep

TRIAL_TEXTS = (
    "participant", "sequence", "step", "pane", "arm", "arm_name", "prototype", "recording", "left", "right",
    "question", "item", "choice", "words", "at",
)  # fmt: skip
TRIAL_FLAGS = ("simulated", "wrong", "hidden", "resized", "stopped", "broke", "void")
TRIAL_NUMBERS = ("level", "value", "judged", *MOMENT_COLUMNS, "freeze", "took", "frame")
TRIAL_COUNTS = ("slot", "number", "block", "position", "plays")
TRIAL_COLUMNS = (
    "participant", "slot", "sequence", "simulated", "step", "number", "block", "position", "pane", "arm", "arm_name",
    "level", "prototype", "recording", "left", "right", "question", "wrong", "item", "value", "choice", "words",
    "judged", "at", *MOMENT_COLUMNS, "freeze", "took", "frame", "plays", "hidden", "resized", "stopped", "broke",
    "void",
)  # fmt: skip
REPORT_FLAGS = ("hidden", "resized", "stopped", "broke")


def trial_frame(frozen: FrozenStudy, people: Sequence[PersonAnswers]) -> pd.DataFrame:
    """One row for each participant, trial and item that was answered, practice left out; typed also without rows."""
    rows = [row for person in people for row in person_trials(frozen, person)]
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in TRIAL_COLUMNS})
    types = {
        **dict.fromkeys(TRIAL_TEXTS, "str"), **dict.fromkeys(TRIAL_FLAGS, "bool"),
        **dict.fromkeys(TRIAL_NUMBERS, "float64"), **dict.fromkeys(TRIAL_COUNTS, "int64"),
    }  # fmt: skip
    return frame.astype(types)


def person_trials(frozen: FrozenStudy, person: PersonAnswers) -> Iterator[dict[str, Any]]:
    """The rows of one participant, in the order of the trials."""
    sequence, number, places = frozen.slot(person.slot).sequence, 0, dict[int, int]()
    for step in frozen.steps(person.slot):
        if step.kind != "trial":
            continue
        number, places[step.block] = number + 1, places.get(step.block, 0) + 1
        answer = person.answers.get(step.id)
        if answer is None:
            continue
        about = {
            "participant": person.id, "slot": person.slot, "sequence": sequence, "simulated": person.simulated,
            "step": step.id, "number": number, "block": step.block, "position": places[step.block],
            "question": step.prompt, "wrong": step.wrong, "at": answer.at,
        }  # fmt: skip
        yield from answered_rows(frozen, step, answer, about)


def answered_rows(
    frozen: FrozenStudy, step: StudyStep, answer: StepAnswer, about: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """A row for each item of a trial that was answered."""
    sides = [pane.arm for pane in step.panes] if len(step.panes) > 1 else ["", ""]
    arms = {pane.key: pane.arm for pane in step.panes}
    panes = {pane.key: pane_columns(frozen, pane, answer) for pane in step.panes}
    whole = next(iter(panes.values())) if len(panes) == 1 else whole_columns(panes)
    for item in (*((step.first,) if step.first else ()), *step.items):
        if item.name in answer.items:
            given = value_columns(item, answer.items[item.name], arms, step.prompt)
            name = item.name.removesuffix(f"-{item.pane}") if item.pane else item.name
            yield {
                **about, **panes.get(item.pane, whole), **given, "item": name, "left": sides[0], "right": sides[1],
                "took": answer.item_seconds, "frame": browser_number(answer.data.get("frame_ms")) / 1000,
                "plays": len(answer.plays),
            }  # fmt: skip


def pane_columns(frozen: FrozenStudy, pane: ShownPane, answer: StepAnswer) -> dict[str, Any]:
    """What a pane showed and what the browser painted of it."""
    report, arm = answer.pane_report(pane.key), frozen.arms_by_key[pane.arm]
    clocks = {
        f"{clock}_{moment}": browser_number(part_of(report, clock).get(moment))
        for clock in ("scheduled", "painted")
        for moment in ("sign", "first", "complete")
    }
    return {
        **clocks, **{name: report.get(name) is True for name in REPORT_FLAGS}, "pane": pane.key, "arm": pane.arm,
        "arm_name": arm.name, "level": nan if arm.level is None else arm.level,
        "prototype": frozen.prototype_ids[pane.arm], "recording": pane.recording,
        "freeze": browser_number(report.get("freeze")), "void": is_void_pane(answer, pane.key),
    }  # fmt: skip


def whole_columns(panes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is known of panes together: no arm, no clock, and every flag that one of them has."""
    first = next(iter(panes.values()))
    flags = {name: any(pane[name] for pane in panes.values()) for name in (*REPORT_FLAGS, "void")}
    empty = {name: nan if isinstance(value, float) else "" for name, value in first.items() if name not in flags}
    return {**empty, **flags, "recording": first["recording"]}


def value_columns(item: StudyItem, given: object, arms: Mapping[str, str], question: str) -> dict[str, Any]:
    """What was answered to an item as a number, a choice or words."""
    value, choice, words = nan, "", ""
    if item.kind == "accept":
        choice, _, words = str(given).partition(":")
        value = float(choice == "accept")
    elif item.kind == "choice":
        choice = arms.get(str(given), str(given))
    elif item.kind == "text":
        words = str(given)
    else:
        value = browser_number(given)
    return {"value": value, "choice": choice, "words": words, "judged": judge_words(question, words.strip())}


@cache
def judge_words(question: str, words: str) -> float:
    """1 where own words are right by what is known of a question of a pack, 0 where wrong, nan where nothing is."""
    known = find_item(question) if words else None
    verdict = judge_answer(known, words) if known else None
    return nan if verdict is None else float(verdict)

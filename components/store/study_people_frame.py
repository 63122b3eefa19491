"""Study people: participants and what they answered in questionnaires, as rows, and all frames of a study together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite, nan
from typing import Any

import pandas as pd

from components.store.study_frame import trial_frame
from components.study.frozen_study import FrozenStudy
from components.study.instruments import load_instruments
from components.study.person_answers import PersonAnswers, browser_number
from components.study.quality_flags import PersonQuality, judge_people
from components.study.study_item import StudyItem
from components.study.study_steps import StudyStep

ITEM_COLUMNS = ("participant", "step", "place", "block", "arm", "arm_name", "instrument", "item", "text", "value",
                "turned", "choice", "words")  # fmt: skip
SCORE_COLUMNS = ("participant", "step", "place", "block", "arm", "arm_name", "instrument", "score", "title", "value")
PEOPLE_COLUMNS = (
    "participant", "slot", "sequence", "arm", "simulated", "joined", "seen", "ended", "end", "reached_end", "minutes",
    "answered", "steps", "last_step", "restarts", "flags", "excluded", "reasons", "checks_asked", "checks_failed",
    "trials", "void_trials", "speed_index", "preference", "preference_name", "strength", "honest", "guess", "keys",
    "pastes", "untrusted", "webdriver", "trap",
)  # fmt: skip
OWN_ITEMS = "own"  # the designer's items, where others have the name of a questionnaire
PEOPLE_NUMBERS = ("minutes", "speed_index", "strength")
PEOPLE_COUNTS = ("slot", "answered", "steps", "restarts", "checks_asked", "checks_failed", "trials", "void_trials",
                 "keys", "pastes", "untrusted")  # fmt: skip
PEOPLE_FLAGS = ("simulated", "reached_end", "excluded", "webdriver")


@dataclass(frozen=True)
class StudyFrames:
    """A study as tables: trials (one row an answer), scores, items of questionnaires, people. Real people, or simulated
    ones; never both. `people` has everybody who joined, the others hold what any of them answered.
    """

    trials: pd.DataFrame
    scores: pd.DataFrame
    items: pd.DataFrame
    people: pd.DataFrame

    @property
    def end_reachers(self) -> pd.Series:
        """The ids of those who reached the end, with or without attention checks passed."""
        return pd.Series(self.people.loc[self.people["reached_end"], "participant"])

    @property
    def counted_people(self) -> pd.Series:
        """The ids of those who reached the end and whom the rule does not leave out."""
        kept = self.people["reached_end"] & ~self.people["excluded"]
        return pd.Series(self.people.loc[kept, "participant"])

    def rows_of(self, people: pd.Series) -> "StudyFrames":
        """The same tables with these participants alone."""
        return StudyFrames(*(table[table["participant"].isin(people)] for table in vars(self).values()))


def study_frames(frozen: FrozenStudy, people: Sequence[PersonAnswers], simulated: bool = False) -> StudyFrames:
    """All tables of a study, of the real people or of the simulated ones; who withdrew is left out of them."""
    those = [person for person in people if person.simulated == simulated and person.end != "withdrew"]
    quality = judge_people(frozen, those)
    return StudyFrames(
        trial_frame(frozen, those), score_frame(frozen, those), item_frame(frozen, those),
        people_frame(frozen, those, quality),
    )  # fmt: skip


def item_frame(frozen: FrozenStudy, people: Sequence[PersonAnswers]) -> pd.DataFrame:
    """One row for each answered item of a questionnaire; `turned` is its value with reversed items turned round.

    `instrument` is "own" for the designer's own items and "" for those that belong to every study.
    """
    rows = [row for person in people for step in frozen.steps(person.slot) for row in step_items(frozen, person, step)]
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in ITEM_COLUMNS})
    texts = [name for name in ITEM_COLUMNS if name not in ("block", "value", "turned")]
    return frame.astype({**dict.fromkeys(texts, "str"), "block": "int64", "value": "float64", "turned": "float64"})


def step_items(frozen: FrozenStudy, person: PersonAnswers, step: StudyStep) -> list[dict[str, Any]]:
    """The rows of one questionnaire of a participant."""
    answer = person.answers.get(step.id)
    if step.kind != "questions" or answer is None:
        return []
    about = step_columns(frozen, person, step)
    return [
        {**about, **item_columns(item, answer.items[item.name])} for item in step.items if item.name in answer.items
    ]


def step_columns(frozen: FrozenStudy, person: PersonAnswers, step: StudyStep) -> dict[str, Any]:
    """Whose screen it is, where it stands, and which arm it is about."""
    arm = block_arm(frozen, person.slot, step.block)
    return {
        "participant": person.id, "step": step.id, "block": step.block, "arm": arm,
        "place": "after_arm" if step.block else "before" if step.id == "before" else "at_end",
        "arm_name": frozen.arms_by_key[arm].name if arm else "",
    }  # fmt: skip


def item_columns(item: StudyItem, given: object) -> dict[str, Any]:
    """What was answered to an item of a questionnaire."""
    instrument, dot, name = item.name.partition(".")
    value = browser_number(given)
    known = load_instruments().get(instrument) if dot else None
    return {
        "instrument": instrument if dot else "", "item": name if dot else item.name, "text": item.text, "value": value,
        "turned": known.turn_answer(name, value) if known else value,
        "choice": str(given) if item.kind == "choice" else "", "words": str(given) if item.kind == "text" else "",
    }  # fmt: skip


def score_frame(frozen: FrozenStudy, people: Sequence[PersonAnswers]) -> pd.DataFrame:
    """One row for each participant, questionnaire, block and score; nan where an item of the score has no answer.

    An own item that is answered by a number is a score of its own.
    """
    rows = [row for person in people for step in frozen.steps(person.slot) for row in step_scores(frozen, person, step)]
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in SCORE_COLUMNS})
    texts = [name for name in SCORE_COLUMNS if name not in ("block", "value")]
    return frame.astype({**dict.fromkeys(texts, "str"), "block": "int64", "value": "float64"})


def step_scores(frozen: FrozenStudy, person: PersonAnswers, step: StudyStep) -> Iterator[dict[str, Any]]:
    """The scores of one screen with questionnaires, of those of which an item was answered."""
    answer = person.answers.get(step.id)
    if step.kind != "questions" or answer is None:
        return
    given: dict[str, dict[str, float]] = {}
    about = step_columns(frozen, person, step)
    for item in step.items:
        instrument, dot, name = item.name.partition(".")
        value = browser_number(answer.items.get(item.name))
        if dot and isfinite(value):
            given.setdefault(instrument, {})[name] = value
            if instrument == OWN_ITEMS:
                yield {**about, "instrument": instrument, "score": name, "title": item.text, "value": value}
    for instrument, values in given.items():
        tool = load_instruments().get(instrument)
        for score, found in zip(tool.scores, tool.score(values).values(), strict=True) if tool else ():
            told = {"instrument": instrument, "score": score.name, "title": score.title}
            yield {**about, **told, "value": nan if found is None else found}


def people_frame(
    frozen: FrozenStudy, people: Sequence[PersonAnswers], quality: Mapping[str, PersonQuality]
) -> pd.DataFrame:
    """One row for each participant: how far they came, flags, exclusion and its reasons, what they said at the end."""
    rows = [person_row(frozen, person, quality[person.id]) for person in people]
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in PEOPLE_COLUMNS})
    types = {
        **dict.fromkeys(PEOPLE_COLUMNS, "str"), **dict.fromkeys(PEOPLE_NUMBERS, "float64"),
        **dict.fromkeys(PEOPLE_COUNTS, "int64"), **dict.fromkeys(PEOPLE_FLAGS, "bool"),
    }  # fmt: skip
    return frame.astype(types)


def person_row(frozen: FrozenStudy, person: PersonAnswers, quality: PersonQuality) -> dict[str, Any]:
    """The row of one participant; `arm` is the one of a between design, "" elsewhere."""
    steps = [step.id for step in frozen.steps(person.slot)]
    done = [step for step in steps if step in person.answers]
    said = person.all_items
    preferred = frozen.arms_by_key.get(str(said.get("preference", "")))
    return {
        "participant": person.id, "slot": person.slot, "sequence": frozen.slot(person.slot).sequence,
        "arm": block_arm(frozen, person.slot, 1) if frozen.study.design == "between" else "",
        "simulated": person.simulated, "joined": person.joined, "seen": person.seen, "ended": person.ended,
        "end": person.end, "reached_end": person.reached_end, "minutes": minutes_between(person.joined, person.ended),
        "answered": len(done), "steps": len(steps), "last_step": done[-1] if done else "", "restarts": person.restarts,
        "flags": "; ".join(flag.reason for flag in quality.flags), "excluded": quality.is_excluded,
        "reasons": "; ".join(quality.reasons), "checks_asked": quality.checks_asked,
        "checks_failed": quality.checks_failed, "trials": quality.trials, "void_trials": quality.void_trials,
        "speed_index": quality.speed_index, "preference": preferred.key if preferred else "",
        "preference_name": preferred.name if preferred else "", "strength": browser_number(said.get("strength")),
        "honest": str(said.get("honest", "")), "guess": str(said.get("guess", "")), **quality.signs,
    }  # fmt: skip


def block_arm(frozen: FrozenStudy, slot: int, block: int) -> str:
    """The key of the arm of a block, counted from 1; "" where it has none or two."""
    blocks = frozen.slot(slot).blocks
    shown = blocks[block - 1] if 0 < block <= len(blocks) else ()
    return [*frozen.arms_by_key][shown[0]] if len(shown) == 1 else ""


def minutes_between(first: str, last: str) -> float:
    """The minutes between two moments (ISO); nan where one is missing."""
    try:
        return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() / 60
    except ValueError:
        return nan

"""Study codebook: what every column of a study's tables means, with its unit."""

from collections.abc import Mapping, Sequence

import pandas as pd

from components.store.study_frame import TRIAL_COLUMNS
from components.store.study_people_frame import ITEM_COLUMNS, PEOPLE_COLUMNS, SCORE_COLUMNS

SHARED_COLUMNS: Mapping[str, str] = {
    "participant": "The person's random id", "slot": "The place in the plan, from 0",
    "sequence": "The order of the arms as letters; two letters together stood side by side",
    "simulated": "Whether a program took part in a rehearsal", "step": "The screen's id",
    "block": "The block of trials, from 1; 0 where it belongs to none", "arm": "The arm's key; empty where about none",
    "arm_name": "What the designer calls the arm", "at": "When it was kept, ISO 8601, UTC",
}  # fmt: skip
TRIAL_MEANINGS: Mapping[str, str] = {
    "number": "The trial, from 1", "position": "The trial in its block, from 1",
    "pane": "The pane that it is about, A left or B right; empty where about the whole screen",
    "level": "The level of a sweep: a share of wrong answers from 0 to 1, or seconds",
    "prototype": "The hash of the arm's prototype", "recording": "The hash of the recorded answer",
    "left": "Side by side: the arm on the left", "right": "Side by side: the arm on the right",
    "question": "What was asked", "wrong": "Whether the answer that was shown is wrong",
    "item": "What the person was asked: first, accept, trust (0 to 100), speed (1 to 7), felt_first and felt_complete "
            "(seconds), likely (0 to 100), prefer, faster, why",
    "value": "The answer as a number; accept: 1 used, 0 not used or changed",
    "choice": "The answer as a choice: accept or change, an arm's key, or none for no difference",
    "words": "The answer in own words", 
    "judged": "1 where own words are right by what is known of the question, 0 wrong",
    "scheduled_sign": "Seconds from Send to the first sign of life, as planned",
    "scheduled_first": "Seconds from Send to the first words, as planned",
    "scheduled_complete": "Seconds from Send to the complete answer, as planned",
    "painted_sign": "The same as the browser painted it", "painted_first": "The same as the browser painted it",
    "painted_complete": "The same as the browser painted it", "freeze": "The longest gap between words, seconds",
    "took": "Seconds from when the items were shown to the answer", "frame": "Seconds between two frames",
    "plays": "How often the answer was played", "hidden": "Whether the tab was hidden while it played",
    "resized": "Whether the window changed its size", "stopped": "Whether the person stopped the answer",
    "broke": "Whether the answer ended in a failure",
    "void": "Whether it cannot count for timing: hidden, or painted more than 0.1 s and 5 % off schedule",
}  # fmt: skip
PEOPLE_MEANINGS: Mapping[str, str] = {
    "arm": "Between people: the arm that the person saw; empty elsewhere", "joined": "When the person agreed, UTC",
    "seen": "When the person was last heard of, UTC", "ended": "When the person came to an end, UTC",
    "end": "complete, failed (attention checks), screened, or empty where there is none yet",
    "reached_end": "Whether every screen was answered", "minutes": "From agreeing to the end, minutes",
    "answered": "Screens answered", "steps": "Screens in all", "last_step": "The last screen that was answered",
    "restarts": "Parts that were broken off and begun anew; what was answered in them before is in answers.jsonl alone",
    "flags": "What speaks against care, with reasons", "excluded": "Whether the frozen rule leaves the person out",
    "reasons": "Why", "checks_asked": "Attention checks asked", "checks_failed": "Attention checks failed",
    "trials": "Trials answered", "void_trials": "Trials void for timing",
    "speed_index": "Relative speed index (Leiner 2019): 1 the middle pace, over 2 is flagged",
    "preference": "The arm that the person would rather use", "preference_name": "What the designer calls it",
    "strength": "How much rather, 1 to 7", "honest": "Whether they answered with care: yes, partly or no",
    "guess": "What the person thinks the study was about", "keys": "Keys pressed", "pastes": "Pastes",
    "untrusted": "Events that no hand made", "webdriver": "Whether the browser says that a program drives it",
    "trap": "What stood in a field that nobody sees",
}  # fmt: skip
SCORE_MEANINGS: Mapping[str, str] = {
    "place": "before, after_arm or at_end", "instrument": "The questionnaire; own for the designer's items",
    "score": "The score's name", "title": "The score's title", "value": "The score; empty where an item has no answer",
}  # fmt: skip
ITEM_MEANINGS: Mapping[str, str] = {
    "place": "before, after_arm or at_end",
    "instrument": "The questionnaire; own for the designer's items; empty for items of every study",
    "item": "The item's name", "text": "The item's words", "value": "The answer as a number",
    "turned": "The answer, turned round where the item is reversed", "choice": "The answer as a choice",
    "words": "The answer in own words",
}  # fmt: skip
ENTRY_COLUMNS: Mapping[str, str] = {
    "participant": "The person's random id, as in the other files",
    "code": "The code by which the person can ask for what is kept of them. Leave entry.csv out of what is published",
}
PARAMETER_MEANING = (
    "What the link that the person came by brought under this name, as a recruiter's name for them. It can tell who "
    "they are: leave entry.csv out of what is published"
)
FILE_MEANINGS: Mapping[str, Mapping[str, str]] = {
    "trials.csv": TRIAL_MEANINGS, "people.csv": PEOPLE_MEANINGS, "scores.csv": SCORE_MEANINGS,
    "questionnaires.csv": ITEM_MEANINGS,
}  # fmt: skip


def column_meaning(file: str, column: str) -> str:
    """What a column of a file means. KeyError where it is not told."""
    own = FILE_MEANINGS[file]
    return own[column] if column in own else SHARED_COLUMNS[column]


def codebook_frame(parameters: Sequence[str] = ()) -> pd.DataFrame:
    """One row for each column of each table: file, column, meaning. `parameters` are the columns of entry.csv that
    links brought.
    """
    columns = {"trials.csv": TRIAL_COLUMNS, "people.csv": PEOPLE_COLUMNS, "scores.csv": SCORE_COLUMNS,
               "questionnaires.csv": ITEM_COLUMNS}  # fmt: skip
    rows = [(file, name, column_meaning(file, name)) for file, names in columns.items() for name in names]
    rows += [("entry.csv", name, meaning) for name, meaning in ENTRY_COLUMNS.items()]
    rows += [("entry.csv", name, PARAMETER_MEANING) for name in parameters]
    return pd.DataFrame(rows, columns=["file", "column", "meaning"])

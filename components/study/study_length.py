"""Study length: about how many minutes a person takes, from what is shown and asked."""

from collections.abc import Callable, Mapping

from components.study.study import Study
from components.study.study_item import ItemKind, StudyItem
from components.study.study_steps import StudyStep, study_steps
from components.study.trial_plan import slot_plan

WORDS_PER_MINUTE = 200.0  # silent reading of prose, a little below the mean of 238 (Brysbaert 2019), as people watch it
ITEM_SECONDS: Mapping[ItemKind, float] = {
    "slider": 6.0, "scale": 5.0, "choice": 6.0, "text": 25.0, "seconds": 8.0, "accept": 8.0,
}  # fmt: skip
OPTIONAL_SECONDS = 8.0  # for an item that may stay without an answer
CONSENT_SECONDS, STEP_SECONDS, PRESS_SECONDS = 40.0, 3.0, 2.0  # reading consent; a new screen; finding Send
SLOTS_LOOKED_AT = 6
AnswerSeconds = Callable[[str, str], tuple[float, int]]  # (arm, recording) -> seconds until complete, and its words


def study_minutes(study: Study, answer_seconds: AnswerSeconds) -> float:
    """The minutes of one person, the mean of the first places."""
    slots = slot_plan(study, SLOTS_LOOKED_AT)
    totals = [sum(step_seconds(step, answer_seconds) for step in study_steps(study, slot)) for slot in slots]
    return (CONSENT_SECONDS + sum(totals) / len(totals)) / 60


def step_seconds(step: StudyStep, answer_seconds: AnswerSeconds) -> float:
    """The seconds of one screen: reading, watching, and answering."""
    reading = len(f"{step.text} {step.prompt}".split()) * 60 / WORDS_PER_MINUTE
    watching = [shown_seconds(*answer_seconds(pane.arm, pane.recording)) for pane in step.panes]
    asked = [*step.items, *((step.first,) if step.first else ())]
    return STEP_SECONDS + reading + sum(map(item_seconds, asked)) + (PRESS_SECONDS + sum(watching) if watching else 0)


def shown_seconds(complete: float, words: int) -> float:
    """How long a person looks at an answer: until it is complete, or as long as reading it takes."""
    return max(complete, words * 60 / WORDS_PER_MINUTE)


def item_seconds(item: StudyItem) -> float:
    """How long one item takes."""
    return ITEM_SECONDS[item.kind] if item.required else OPTIONAL_SECONDS

"""Study checks: what stands in the way of a sound study, and what a designer should know before it is frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from components.prompts.spoken_language import is_in_language
from components.study.study import END_KINDS, MAX_ARMS, MAX_PEOPLE, TRIAL_ITEM_NAMES, Study
from components.study.study_language import LANGUAGES
from components.study.trial_plan import question_parts, slot_plan, tasks_needed

Weight = Literal["stop", "warn"]
MIN_WANTED = 2
LONG_MINUTES = 20.0  # from here on people tire, and leave


@dataclass(frozen=True)
class StudyRemark:
    """Something about a study, "stop" where it cannot be frozen like this; `part` is the part of the page meant."""

    text: str
    weight: Weight = "warn"
    part: str = "arms"


def study_remarks(study: Study, minutes: float | None = None) -> tuple[StudyRemark, ...]:
    """Everything that should be said about a study, what stops it first. `minutes`: how long it takes, where known."""
    found = (*arm_remarks(study), *task_remarks(study), *item_remarks(study), *people_remarks(study, minutes))
    return tuple(sorted(found, key=lambda remark: remark.weight != "stop"))


def is_stopped(study: Study) -> bool:
    """Whether something stands in a study's way."""
    return any(remark.weight == "stop" for remark in study_remarks(study))


def arm_remarks(study: Study) -> Iterator[StudyRemark]:
    """What is wrong with the arms."""
    arms, least = study.shown_arms, 1 if study.design == "between" and study.sweep else 2
    if len(arms) < least or len(study.arms) < 1:
        what = "Choose the levels of the sweep." if study.sweep and study.arms else "Choose two prototypes to compare."
        yield StudyRemark(what, "stop")
    if len(arms) > MAX_ARMS:
        yield StudyRemark(f"{len(arms)} versions are too many for one study: {MAX_ARMS} at the most.", "stop")
    alike = len({(arm.prototype.id, arm.weather, study.wrong_count(arm)) for arm in arms}) < len(arms)
    if alike:
        yield StudyRemark("Two of them show the same. Change one of them, or take it out.", "stop")
    if study.design == "side" and study.sweep:
        yield StudyRemark("A sweep shows one level after the other: choose “one after the other”.", "stop")
    if study.design == "side":
        yield StudyRemark("Side by side, two answers compete for attention: good for looks, no claim about waiting.")


def task_remarks(study: Study) -> Iterator[StudyRemark]:
    """What is wrong with the questions."""
    if not study.shown_arms:
        return
    if not study.tasks:
        yield StudyRemark("Choose the questions that people will see.", "stop", "tasks")
        return
    if study.trials < 1:
        yield StudyRemark("Each prototype needs at least one question.", "stop", "tasks")
        return
    wrong = max((study.wrong_count(arm) for arm in study.shown_arms), default=0)
    risky = sum(bool(task.wrong) for task in study.tasks)
    if wrong > risky:
        yield StudyRemark(
            f"Each prototype shows {wrong} wrong answers, and only {risky} questions have one.", "stop", "tasks"
        )
    needed = tasks_needed(study)
    slots = slot_plan(study, 1)
    blocks = len(slots[0].blocks) if slots and study.shown_arms else 0
    if len(question_parts(study)) < blocks:
        short = needed - len(study.tasks)
        say = f"choose {short} more" if short > 0 else "choose more that have a wrong answer"
        yield StudyRemark(
            f"People would see a question more than once: {say}, or fewer for each prototype.", "warn", "tasks"
        )
    spoken = study.language if study.language in LANGUAGES else ""
    if spoken and any(not is_in_language(spoken, task.question) for task in study.tasks):
        yield StudyRemark(
            "Questions are in another language than the study, and so are their answers: choose "
            "scenarios that are written in it.", "warn", "tasks",
        )  # fmt: skip
    if "accept" in study.battery and not wrong:
        yield StudyRemark(
            "Every answer is right: who trusts blindly and who trusts for good reason look the same. "
            "Let some answers be wrong.", "warn", "tasks",
        )  # fmt: skip


def item_remarks(study: Study) -> Iterator[StudyRemark]:
    """What is wrong with what is asked."""
    if not study.battery:
        yield StudyRemark("Nothing is asked after an answer.", "stop", "items")
    if any(name not in TRIAL_ITEM_NAMES for name in study.battery):
        yield StudyRemark("One of the questions after an answer is not known.", "stop", "items")
    names = [(own.place, own.item.name) for own in study.own_items]
    if len(set(names)) < len(names):
        yield StudyRemark("Two of your own items have the same name.", "stop", "items")
    if any(not own.item.text.strip() for own in study.own_items):
        yield StudyRemark("One of your own items has no words.", "stop", "items")
    if any(own.item.kind == "choice" and len(own.item.options) < 2 for own in study.own_items):
        yield StudyRemark("A choice needs two options at least.", "stop", "items")
    if len(study.battery) + study.asks_why > 5:
        yield StudyRemark("More than five questions after each answer tire people.", "warn", "items")
    if study.language in LANGUAGES and study.language != "en" and any(study.instruments.values()):
        yield StudyRemark(
            "The questionnaires are in a translation of ours: only their English words were tried."
            if study.instruments_translated
            else "The questionnaires are in English: their words were tried in that language.",
            "warn", "items",
        )  # fmt: skip


def people_remarks(study: Study, minutes: float | None) -> Iterator[StudyRemark]:
    """What is wrong with how many take part, and what they are told."""
    if not MIN_WANTED <= study.wanted <= MAX_PEOPLE:
        yield StudyRemark(f"Between {MIN_WANTED} and {MAX_PEOPLE:,} people can be wanted.", "stop", "people")
    square = len({slot.blocks for slot in slot_plan(study, 200)}) if study.shown_arms else 0
    if study.design == "within" and square and study.wanted % square:
        yield StudyRemark(
            f"With {len(study.shown_arms)} to see there are {square} orders: with a multiple of {square} people each "
            "comes equally often.", "warn", "people",
        )  # fmt: skip
    if study.language not in LANGUAGES:
        yield StudyRemark("Choose a language that there is.", "stop", "people")
    for kind in END_KINDS:
        page = study.ends.get(kind)
        if page and page.url and not is_web_address(page.url):
            yield StudyRemark("An address that leads back begins with https:// or http://.", "stop", "people")
    if minutes is not None and minutes > LONG_MINUTES:
        yield StudyRemark(f"It takes about {minutes:.0f} minutes: people tire. Fewer questions help.", "warn", "people")


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a browser may be sent to."""
    parts = urlsplit(text.strip())
    return parts.scheme in ("http", "https") and bool(parts.netloc)

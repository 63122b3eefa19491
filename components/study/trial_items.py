"""Trial items: what is asked about an answer right after it was seen."""

from collections.abc import Mapping

from components.study.study import Study
from components.study.study_item import ItemOption, StudyItem
from components.study.study_language import study_language

CHECK_POINTS, CHECK_ANSWERS = 7, ("2", "6")  # of an attention check: its buttons, and the right one of each


def trial_items(study: Study, is_last: bool) -> tuple[StudyItem, ...]:
    """The items after a trial with one pane. `is_last`: whether it is the last one of its person."""
    words, asked = study_language(study.language), [name for name in study.battery if name != "first"]
    if not (study.seconds_announced or is_last):
        asked = [name for name in asked if not name.startswith("felt_")]
    return tuple(battery_item(name, words) for name in asked) + why_item(study, words)


def pair_items(study: Study, panes: str) -> tuple[StudyItem, ...]:
    """The items after a trial with two panes: a choice between them, and what is asked of each."""
    words = study_language(study.language)
    options = (
        ItemOption(panes[0], words["left"]), ItemOption(panes[1], words["right"]), ItemOption("none", words["none"]),
    )  # fmt: skip
    choices = [StudyItem("prefer", "choice", words["side_choice"], options=options)]
    if "speed" in study.battery:
        choices.append(StudyItem("faster", "choice", words["side_speed"], options=options))
    each = [battery_item(name, words) for name in ("trust", "likely") if name in study.battery]
    return (*choices, *(item.about_pane(pane) for pane in panes for item in each), *why_item(study, words))


def first_item(study: Study) -> StudyItem | None:
    """The item before the answer is seen, a first answer of one's own; None where it is not asked."""
    words = study_language(study.language)
    text = words["first_side" if study.design == "side" else "first"]
    return StudyItem("first", "text", text) if "first" in study.battery else None


def battery_item(name: str, words: Mapping[str, str]) -> StudyItem:
    """One item of the battery, in these words."""
    match name:
        case "accept":
            options = (ItemOption("accept", words["accept_yes"]), ItemOption("change", words["accept_no"]))
            return StudyItem(name, "accept", words[name], options=options)
        case "speed":
            return StudyItem(name, "scale", words[name], words["speed_low"], words["speed_high"])
        case "felt_first" | "felt_complete":
            return StudyItem(name, "seconds", words[name])
    return StudyItem(name, "slider", words[name], words[f"{name}_low"], words[f"{name}_high"], least=0)


def why_item(study: Study, words: Mapping[str, str]) -> tuple[StudyItem, ...]:
    """The question for a reason, which may stay without an answer; () where it is not asked."""
    return (StudyItem("why", "text", words["why"], required=False),) if study.asks_why else ()


def attention_check(number: int, study: Study) -> StudyItem:
    """An item that names its own answer. `number` counts from 0."""
    words, answer = study_language(study.language), CHECK_ANSWERS[number % len(CHECK_ANSWERS)]
    return StudyItem(
        f"check-{number + 1}", "scale", words["check"].format(answer=answer), words["trust_low"], words["trust_high"],
        points=CHECK_POINTS, right=answer,
    )  # fmt: skip

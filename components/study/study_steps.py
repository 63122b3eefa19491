"""Study steps: one screen after the other, as the participant in one place of a study gets them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from components.study.instrument_words import spoken_instruments
from components.study.study import Place, Study, StudyArm, Task
from components.study.study_item import ItemOption, StudyItem
from components.study.study_language import chosen_words, study_language
from components.study.trial_items import attention_check, first_item, pair_items, trial_items
from components.study.trial_plan import Slot, Trial, trials_of

StepKind = Literal["text", "practice", "trial", "questions"]
PANE_LETTERS = "AB"


@dataclass(frozen=True)
class ShownPane:
    """A pane of a trial: the arm that it shows, what participants call it, and the recording that is played."""

    key: str
    arm: str
    label: str
    recording: str


@dataclass(frozen=True)
class StudyStep:
    """One screen. `block` counts the arms from 1, 0 where it belongs to none; `wrong`: whether its answer is wrong."""

    id: str
    kind: StepKind
    title: str = ""
    text: str = ""
    items: tuple[StudyItem, ...] = ()
    first: StudyItem | None = None
    prompt: str = ""
    panes: tuple[ShownPane, ...] = ()
    block: int = 0
    wrong: bool = False


def study_steps(study: Study, slot: Slot) -> tuple[StudyStep, ...]:
    """Every screen after consent, for one place, in order."""
    words = study_language(study.language)
    blocks = trials_of(study, slot)
    last = sum(len(block) for block in blocks)
    steps: list[StudyStep] = [*before_steps(study, words)]
    done = 0
    for number, trials in enumerate(blocks, start=1):
        arms = trials[0].arms if trials else ()
        labels = arm_labels(study, slot, number)
        if study.practice:
            steps.append(shown_step(f"practice-{number}", study, Trial(arms, study.practice), labels, number, False))
        for trial in trials:
            done += 1
            steps.append(shown_step(f"trial-{done:02}", study, trial, labels, number, done == last))
        steps += after_steps(study, words, number, labels)
    return with_checks(study, (*steps, *end_steps(study, slot, words)))


def arm_labels(study: Study, slot: Slot, block: int) -> tuple[str, ...]:
    """What the arms of a block are called: letters in the order in which this person meets them."""
    words = study_language(study.language)
    met: list[int] = []
    for shown in slot.blocks:
        met += [arm for arm in shown if arm not in met]
    return tuple(words["assistant"].format(letter=chr(ord("A") + met.index(arm))) for arm in slot.blocks[block - 1])


def before_steps(study: Study, words: Mapping[str, str]) -> tuple[StudyStep, ...]:
    """What comes before the first answer: questions about the person, and how it works."""
    asked = placed_items(study, "before")
    told = chosen_words(study, "instructions")
    if study.seconds_announced and any(name.startswith("felt_") for name in study.battery):
        told = f"{told}\n\n{words['instructions_seconds']}"
    questions = (StudyStep("before", "questions", words["before_title"], items=asked),) if asked else ()
    return (*questions, StudyStep("instructions", "text", words["instructions_title"], told))


def shown_step(
    id: str, study: Study, trial: Trial, labels: Sequence[str], block: int, is_last: bool
) -> StudyStep:  # fmt: skip
    """A trial, or a practice for one, which asks the same and is not counted."""
    recording = trial.task.wrong if trial.wrong else trial.task.right
    panes = tuple(
        ShownPane(key, arm.key, label, recording)
        for key, arm, label in zip(PANE_LETTERS, trial.arms, labels, strict=False)
    )
    is_pair = len(panes) > 1
    items = pair_items(study, PANE_LETTERS) if is_pair else trial_items(study, is_last)
    practice = id.startswith("practice")
    if practice:
        items = tuple(item for item in items if not item.name.startswith("felt_"))
    return StudyStep(
        id, "practice" if practice else "trial", study_language(study.language)["practice_title"] if practice else "",
        items=items, first=first_item(study), prompt=trial.task.question, panes=panes, block=block, wrong=trial.wrong,
    )  # fmt: skip


def after_steps(
    study: Study, words: Mapping[str, str], block: int, labels: Sequence[str]
) -> tuple[StudyStep, ...]:  # fmt: skip
    """The questionnaires about one arm, after its trials; none about a pair."""
    asked = placed_items(study, "after_arm")
    if not asked or len(labels) != 1:
        return ()
    title, text = (words[name].format(assistant=labels[0]) for name in ("block_title", "block_text"))
    return (StudyStep(f"after-{block}", "questions", title, text, asked, block=block),)


def end_steps(study: Study, slot: Slot, words: Mapping[str, str]) -> tuple[StudyStep, ...]:
    """What comes after the last answer: a choice, honesty, a guess; then what it was about."""
    asked = [*placed_items(study, "at_end")]
    met = {
        arm: label
        for number, shown in enumerate(slot.blocks, start=1)
        for arm, label in zip(shown, arm_labels(study, slot, number), strict=True)
    }
    if study.asks_preference and study.design == "within" and len(met) > 1:
        arms = study.shown_arms
        options = tuple(ItemOption(arms[arm].key, label) for arm, label in met.items())
        asked += [
            StudyItem("preference", "choice", words["preference"], options=options),
            StudyItem("strength", "scale", words["strength"], words["strength_low"], words["strength_high"]),
        ]
    honest = tuple(ItemOption(value, words[f"honest_{value}"]) for value in ("yes", "partly", "no"))
    asked += [
        StudyItem("guess", "text", words["guess"], required=False),
        StudyItem("honest", "choice", words["honest"], options=honest),
    ]
    told = chosen_words(study, "debrief")
    if study.plants_faults:
        told = f"{told}\n\n{words['debrief_planted']}"
    return (
        StudyStep("end", "questions", words["end_title"], items=tuple(asked)),
        StudyStep("debrief", "text", words["debrief_title"], told),
    )


def placed_items(study: Study, place: Place) -> tuple[StudyItem, ...]:
    """The items of the instruments at one place, named by instrument, then the designer's own."""
    known = spoken_instruments(study)
    chosen = [known[name] for name in study.instruments.get(place, ()) if name in known]
    return (
        *(replace(item, name=f"{instrument.name}.{item.name}") for instrument in chosen for item in instrument.items),
        *(replace(own.item, name=f"own.{own.item.name}") for own in study.own_items if own.place == place),
    )


def with_checks(study: Study, steps: Sequence[StudyStep]) -> tuple[StudyStep, ...]:
    """The steps with the attention checks in the middle of questionnaires, as far from each other as they can be."""
    spots = [step.id for step in steps if step.kind == "questions" and step.id != "before"]
    wanted = min(study.attention_checks, len(spots))
    chosen = {spots[place * (len(spots) - 1) // max(1, wanted - 1)]: place for place in range(wanted)}
    checked = []
    for step in steps:
        if step.id in chosen:
            middle = (len(step.items) + 1) // 2
            check = attention_check(chosen[step.id], study)
            step = replace(step, items=(*step.items[:middle], check, *step.items[middle:]))
        checked.append(step)
    return tuple(checked)


def page_json(step: StudyStep, number: int, total: int, timelines: Mapping[tuple[str, str], str],
              hashes: Mapping[str, str]) -> dict[str, Any]:  # fmt: skip
    """A step as the participant's page gets it: trial `number` of `total`, with the addresses of its timelines.

    It does not say which answers are right, or what the designer calls the arms.
    """
    shown: dict[str, Any] = {"id": step.id, "kind": step.kind}
    shown |= {name: value for name in ("title", "text", "prompt") if (value := getattr(step, name))}
    if step.kind == "text":
        return shown
    if step.kind == "questions":
        return shown | {"items": [item.to_json() for item in step.items]}
    panes = [
        {"key": pane.key, "label": pane.label, "timeline": timelines[pane.arm, pane.recording],
         "prototype": hashes[pane.arm], "recording": pane.recording}
        for pane in step.panes
    ]  # fmt: skip
    first = {"first": step.first.to_json()} if step.first else {}
    return shown | first | {
        "number": number, "of": total, "layout": "side" if len(panes) > 1 else "one", "panes": panes,
        "after": [item.to_json() for item in step.items],
    }  # fmt: skip


def shown_recordings(study: Study) -> tuple[tuple[StudyArm, Task, str], ...]:
    """Every arm with every answer that it may play: (arm, task, recording)."""
    tasks = (*study.tasks, *((study.practice,) if study.practice else ()))
    return tuple(
        (arm, task, recording)
        for arm in study.shown_arms
        for task in tasks
        for recording in dict.fromkeys((task.right, task.wrong))
        if recording
    )

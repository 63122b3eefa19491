"""Study form: who sees what, and which questions they see, drawn; the study that stands in the fields comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.core.layer import Layer
from components.layers import WEATHER_NOTES
from components.study.arm_conditions import CONDITIONS, condition_name
from components.study.study import DESIGNS, SWEEPS, Design, Study, StudyArm, Sweep, Task
from components.study.trial_plan import slot_plan, tasks_needed
from components.ui.shared import theme
from components.ui.shared.problems import defer_problems
from components.ui.studies import study_choices
from components.ui.studies.open_study import OpenStudy, put_study, with_task
from components.ui.studies.study_choices import ArmChoice, TaskChoice

DESIGN_LABELS: Mapping[Design, str] = {
    "within": "Everybody sees all of them", "between": "Each person sees one", "side": "Two at a time, side by side",
}  # fmt: skip
DESIGN_TEXTS: Mapping[Design, str] = {
    "within": "One after the other, in balanced orders. Needs the fewest people, and is best for claims about waiting.",
    "between": "For first impressions, and where seeing one would give the other away. Needs many more people.",
    "side": "For looks. Two answers that come at once compete for attention: no claim about waiting rests on it.",
}
SWEEP_LABELS: Mapping[Sweep, str] = {
    "": "Which prototype", "errors": "How often it is wrong", "latency": "How long it takes",
}  # fmt: skip
SWEEP_TEXTS: Mapping[Sweep, str] = {
    "": "The prototypes below are compared with each other.",
    "errors": "One prototype at several shares of wrong answers: how many it may have and still be trusted.",
    "latency": "One prototype at several waits for the first word: how long it may take and still be liked.",
}
START_LEVELS: Mapping[Sweep, tuple[float, ...]] = {"": (), "errors": (0.0, 0.25, 0.5), "latency": (1.0, 4.0, 12.0)}
MAX_TRIALS = 12


def show_arms(shown: OpenStudy) -> Study:
    """What is compared, and how, drawn."""
    study, frozen = shown.study, shown.record is not None
    key = field_key(shown)
    sweep = st.segmented_control(
        "What is different between them?", list(SWEEPS), default=study.sweep, required=True, disabled=frozen,
        format_func=lambda sweep: SWEEP_LABELS[sweep], key=key("sweep"),
    )  # fmt: skip
    st.caption(SWEEP_TEXTS[sweep])
    designs = [design for design in DESIGNS if not (sweep and design == "side")]
    design = st.segmented_control(
        "Who sees them?", designs, default=study.design if study.design in designs else designs[0], required=True,
        format_func=lambda design: DESIGN_LABELS[design], disabled=frozen, key=key("design"),
    )  # fmt: skip
    st.caption(DESIGN_TEXTS[design])
    levels = study.levels if sweep == study.sweep else START_LEVELS[sweep]
    hoped = study.hoped if sweep == study.sweep else None
    study = replace(study, sweep=sweep, design=design, levels=levels, hoped=hoped)
    if sweep:  # it tells a level, and no difference that could matter
        study = replace(study, levels=show_levels(shown, study), margin=None)
    st.markdown("**The prototype**" if sweep else "**The prototypes**")
    seen = 1 if sweep else len(study.arms)
    arms = [show_arm(shown, arm, number, sweep) for number, arm in enumerate(study.arms[:seen])]
    study = replace(study, arms=(*arms, *study.arms[seen:]))
    if not frozen:
        show_arm_choice(shown, study)
    st.caption("Participants read “Assistant A”, “Assistant B” …, in the order in which they meet them.")
    return study


def field_key(shown: OpenStudy) -> Callable[[str], str]:
    """Keys for the fields of this study as it was put into them last."""
    return lambda name: f"study-{shown.work.id}-{shown.afresh}-{name}"


def show_levels(shown: OpenStudy, study: Study) -> tuple[float, ...]:
    """The levels of the sweep, drawn; those that stand in the field."""
    percent = study.sweep == "errors"
    label = "Wrong answers, in per cent" if percent else "Seconds until the first word"
    scale = 100 if percent else 1
    typed = st.text_input(
        label, ", ".join(f"{level * scale:g}" for level in study.levels), disabled=shown.record is not None,
        key=field_key(shown)(f"levels-{study.sweep}"), help="Numbers with commas between them, two at the least.",
    )  # fmt: skip
    numbers = [part.strip().removesuffix("%").strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    try:
        levels = tuple(dict.fromkeys(sorted(float(number) / scale for number in numbers)))
    except ValueError:
        levels = ()
    most = 1.0 if percent else 120.0
    if len(levels) < 2 or levels[0] < 0 or levels[-1] > most:
        st.warning(f"Type two to eight numbers from 0 to {most * scale:g}. The levels stay as they were.")
        return study.levels
    if percent:
        told = sorted({round(level * study.trials) for level in levels})
        st.caption(f"With {study.trials} questions at each level that is {', '.join(map(str, told))} wrong answers.")
    return levels


def show_arm(shown: OpenStudy, arm: StudyArm, number: int, sweep: Sweep) -> StudyArm:
    """One prototype with its conditions and the buttons that show it again and take it out, drawn."""
    frozen = shown.record is not None
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"study-arm-{shown.work.id}-{arm.key}"):  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(f"**{theme.inert_label(arm.prototype.name)}**")
            st.caption(theme.inert_label(arm.prototype.summary or "words as they come"))
            arm = arm if sweep == "latency" else replace(arm, weather=choose_conditions(shown, arm, frozen))
        if not frozen:
            with st.container(horizontal=True, gap="xsmall", width="content"):
                if not sweep:
                    st.button(
                        "Add again", key=f"study-arm-again-{arm.key}-{number}", on_click=add_arm_again, type="tertiary",
                        args=(shown, arm.key), help="The same prototype under other conditions.",
                    )  # fmt: skip
                st.button(
                    "Take out", key=f"study-arm-out-{arm.key}-{number}", on_click=take_arm_out, args=(shown, arm.key),
                    type="tertiary",
                )  # fmt: skip
    return arm


def choose_conditions(shown: OpenStudy, arm: StudyArm, frozen: bool) -> tuple[Layer, ...]:
    """The conditions that a prototype is shown under, from the list that is drawn here."""
    now = condition_name(arm.weather)
    names = [*CONDITIONS, *([now] if now not in CONDITIONS else [])]
    chosen = st.selectbox(
        "Conditions", names, names.index(now), key=field_key(shown)(f"conditions-{arm.key}"), disabled=frozen,
        help=WEATHER_NOTES.get(now, ""),
    )  # fmt: skip
    return CONDITIONS.get(chosen, arm.weather)


@defer_problems()
def add_arm_again(shown: OpenStudy, key: str) -> None:
    """Add a prototype of the study once more, under conditions that it is not shown under yet."""
    arm = next((arm for arm in shown.study.arms if arm.key == key), None)
    if arm is None:
        return
    used = {other.weather for other in shown.study.arms if other.prototype.id == arm.prototype.id}
    weather = next((layers for layers in CONDITIONS.values() if layers not in used), arm.weather)
    new = replace(arm, key=next_arm_key(shown.study), weather=weather)
    put_study(shown, replace(shown.study, arms=(*shown.study.arms, new)))


def next_arm_key(study: Study) -> str:
    """A key that no arm of the study has."""
    taken = [int(arm.key.removeprefix("arm")) for arm in study.arms if arm.key.removeprefix("arm").isdecimal()]
    return f"arm{max(taken, default=0) + 1}"


@defer_problems()
def take_arm_out(shown: OpenStudy, key: str) -> None:
    """Take a prototype out of the study."""
    put_study(shown, replace(shown.study, arms=tuple(arm for arm in shown.study.arms if arm.key != key)))


def show_arm_choice(shown: OpenStudy, study: Study) -> None:
    """The list of prototypes that can be added, drawn."""
    held = {arm.prototype.id for arm in study.arms}
    choices = [choice for choice in study_choices.arm_choices() if choice.prototype.id not in held]
    key = field_key(shown)("arm-choice")
    st.selectbox(
        "Add a prototype" if not study.sweep or not study.arms else "Take another prototype", choices, index=None,
        key=key, format_func=lambda choice: f"{choice.prototype.name} · {choice.source}",
        placeholder="What is on Compare, what you made, a template, or one pattern",
        on_change=add_chosen_arm, args=(shown, key),
    )  # fmt: skip


@defer_problems()
def add_chosen_arm(shown: OpenStudy, key: str) -> None:
    """Add the prototype that was chosen; of a sweep, it takes the place of the one that was there."""
    from components.ui.shared import state

    choice = state.read_widget(key)
    if not isinstance(choice, ArmChoice):
        return
    arms = () if shown.study.sweep else shown.study.arms
    put_study(shown, replace(shown.study, arms=(*arms, StudyArm(next_arm_key(shown.study), choice.prototype))))


def show_tasks(shown: OpenStudy) -> Study:
    """The questions, how many each person gets, and how many answers are wrong, drawn."""
    study, frozen, key = shown.study, shown.record is not None, field_key(shown)
    left, right = st.columns(2)
    trials = left.number_input(
        "Questions for each" + (" level" if study.sweep else " prototype"), 1, MAX_TRIALS, study.trials,
        key=key("trials"), disabled=frozen,
    )  # fmt: skip
    study = replace(study, trials=int(trials))
    if study.sweep != "errors":
        wrong = round(study.wrong_share * study.trials)
        chosen = right.number_input(
            "Of these, answered wrongly", 0, study.trials, min(wrong, study.trials), key=key(f"wrong-{study.trials}"),
            disabled=frozen, help="The same for each, so that who trusts everything and who trusts with reason differ.",
        )  # fmt: skip
        study = replace(study, wrong_share=int(chosen) / study.trials)
    needed = tasks_needed(study)
    blocks = len(slot_plan(study, 1)[0].blocks) if study.shown_arms else 0
    st.caption(
        f"Each person sees {blocks * study.trials} answers. With {needed} questions nobody sees one twice; you have "
        f"{len(study.tasks)}."
    )
    choices = listed_tasks(study)
    if frozen:
        for task in study.tasks:
            st.markdown(f"- {theme.inert_label(task.question)}")
        return study
    for choice in choices:
        show_task(shown, choice, choice.task.right in {task.right for task in study.tasks})
    return replace(study, practice=show_practice(shown, choices))


def listed_tasks(study: Study) -> Sequence[TaskChoice]:
    """What the study has, first, and all else that it could have."""
    choices = study_choices.task_choices()
    known = {choice.task.right: choice for choice in choices}
    held = [known.get(task.right, TaskChoice(task, "kept with the study")) for task in study.tasks]
    return (*held, *(choice for choice in choices if choice.task.right not in {task.right for task in study.tasks}))


def show_task(shown: OpenStudy, choice: TaskChoice, held: bool) -> None:
    """One question with the box that takes it in, drawn."""
    both = "right and wrong answer" if choice.task.wrong else "one answer"
    st.checkbox(
        f"{theme.inert_label(choice.task.question[:110])}  :gray[· {both}, {theme.inert_label(choice.source)}]", held,
        key=f"study-task-{shown.work.id}-{shown.afresh}-{choice.task.right[:16]}", on_change=toggle_task,
        args=(shown, choice.task),
    )  # fmt: skip


@defer_problems()
def toggle_task(shown: OpenStudy, task: Task) -> None:
    """Take a question in, or out."""
    put_study(shown, with_task(shown.study, task))


def show_practice(shown: OpenStudy, choices: Sequence[TaskChoice]) -> Task | None:
    """Which question is shown first for practice, drawn; None for none."""
    tasks = {choice.task.right: choice.task for choice in choices}
    ids = ["", *tasks]
    now = shown.study.practice.right if shown.study.practice else ""
    chosen = st.selectbox(
        "Practice question, before each prototype", ids, index=ids.index(now) if now in ids else 0,
        format_func=lambda id: tasks[id].question if id else "None", key=field_key(shown)("practice"),
        help="Shown once before each prototype, and not counted.",
    )  # fmt: skip
    return tasks.get(str(chosen))

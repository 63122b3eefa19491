"""Study bench: one study, part by part, with what stands in its way."""

from collections.abc import Callable, Mapping
from contextlib import suppress

import streamlit as st

from components.core.explained import Explained
from components.study.study import Study
from components.study.study_checks import is_stopped, study_remarks
from components.ui.shared import theme
from components.ui.shared.drafts import rename_draft
from components.ui.shared.problems import page_part, show_problems
from components.ui.shared.work_moments import format_moment
from components.ui.studies import study_form, study_outcome, study_people, study_preview, study_questions, study_run
from components.ui.studies.open_study import OpenStudy, save_study
from components.ui.studies.study_parts import STUDY_PART_NAMES, part_choice_key
from components.ui.studies.study_plan import planned_minutes

STUDY_PARTS: Mapping[str, Callable[[OpenStudy], Study | None]] = {
    "arms": study_form.show_arms,
    "tasks": study_form.show_tasks,
    "items": study_questions.show_asked,
    "words": study_people.show_words,
    "people": study_people.show_people,
    "preview": study_preview.show_study_preview,
    "run": study_run.show_run,
    "results": study_outcome.show_outcome,
}  # how each part is drawn; one that is built in gives the study in its fields
TIMED_PARTS = ("people", "preview", "run")  # those that need not be as quick as fields: how long it takes is worked out
BUILT_PARTS = ("arms", "tasks", "items", "words", "people")  # those with fields of the study


@page_part()
def show(shown: OpenStudy) -> None:
    """The name, what stands in its way, and the part that is open, drawn; what is changed is saved."""
    show_study_name(shown)
    part = choose_study_part(shown)
    remarks = st.container(key="study-remarks", gap="xxsmall")
    with st.container(key=f"study-part-{part}"), show_problems():
        changed = STUDY_PARTS[part](shown)
        if changed is not None:
            save_study(shown, changed)
    with remarks:
        show_study_remarks(shown, part)


def show_study_name(shown: OpenStudy) -> None:
    """The study's name, which can be written over, and since when it is saved, drawn."""
    key = f"study-name-{shown.work.id}-{shown.work.name}"
    st.text_input("Name of the study, for you", shown.work.name, key=key, on_change=rename_draft, args=(shown, key))
    if shown.record:
        st.caption(f":material/lock: Frozen {format_moment(shown.record.at)}. To change something, make a copy.")
    else:
        st.caption(f":material/check: Saved, {format_moment(shown.saved)}")


def choose_study_part(shown: OpenStudy) -> str:
    """Which part is open, from the control that is drawn here."""
    first = shown.part or ("run" if shown.record else "arms")
    chosen = st.segmented_control(
        "Part of the study", list(STUDY_PARTS), default=first, required=True,
        format_func=lambda part: STUDY_PART_NAMES[part], key=part_choice_key(shown),
        label_visibility="collapsed",
    )  # fmt: skip
    if chosen != shown.part:
        save_last_typed(shown)
        shown.part = str(chosen)
        shown.afresh += 1  # fields that were away have forgotten what stood in them
    return shown.part


def save_last_typed(shown: OpenStudy) -> None:
    """Save what was typed in the part that is left: where the press that left it came at once, nobody read it yet."""
    if shown.part not in BUILT_PARTS:
        return
    place = st.empty()
    with show_problems(), place.container():
        changed = STUDY_PARTS[shown.part](shown)
        if changed is not None:
            save_study(shown, changed)
    place.empty()


def show_study_remarks(shown: OpenStudy, part: str) -> None:
    """What stands in the study's way, and what weakens it, drawn; each says in which part it is mended."""
    if shown.record:
        return
    for remark in study_remarks(shown.study, worked_minutes(shown) if part in TIMED_PARTS else None):
        where = "" if remark.part == part else f" ({STUDY_PART_NAMES[remark.part]})"
        draw = st.error if remark.weight == "stop" else st.warning
        draw(theme.inert_label(remark.text + where), icon=":material/block:" if remark.weight == "stop" else None)


def worked_minutes(shown: OpenStudy) -> float | None:
    """How many minutes it takes one person; None where something stops the study or an answer of it is gone."""
    with suppress(Explained):
        return None if is_stopped(shown.study) else planned_minutes(shown, shown.study)
    return None

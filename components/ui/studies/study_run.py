"""Study run: what participants will see, the links that let them in, and how far it has come, drawn."""

from collections.abc import Mapping

import streamlit as st

from components.stats.power_simulation import plan_step
from components.store.study_records import RecruitState, StudyRecord, StudyState
from components.study.freeze_checks import freeze_remarks
from components.study.study_checks import study_remarks
from components.ui.shared import state
from components.ui.shared.problems import defer_problems
from components.ui.shared.work_moments import format_moment
from components.ui.studies import study_arms_given, study_links, study_person, study_pilot, study_preview, study_watch
from components.ui.studies.open_study import OpenStudy, compile_study, copy_study
from components.ui.studies.study_parts import STUDY_PART_NAMES, go_to_part
from components.ui.studies.study_plan import frozen_plan

MORE_HELP = (
    "A whole round of orders, so that each comes equally often. Do it before the planned number is complete: once "
    "outcomes could be read, results say so and that their intervals are too narrow."
)
STATE_WORDS: Mapping[RecruitState, str] = {
    "open": "taking people in", "paused": "not taking people in", "closed": "closed",
}  # fmt: skip
STATE_ACTS: Mapping[RecruitState, tuple[str, str]] = {
    "open": ("Take people in", "play_arrow"), "paused": ("Pause", "pause"), "closed": ("Close", "stop"),
}  # fmt: skip
FREEZE_TEXT = (
    "Freezing fixes everything: prototypes, answers, questions, rules and orders, under one number that is the hash of "
    "it all. It cannot be changed any more, only copied."
)

REGRET_TEXT = "None of this stops you. It cannot be changed any more once the study is frozen."


def show_run(shown: OpenStudy) -> None:
    """Freezing, or what there is to do with a frozen study, drawn."""
    if shown.record is None:
        show_freezing(shown)
        return
    show_recruiting(shown, shown.record)
    study_arms_given.show_arm_switches(shown.record)
    study_links.show_links(shown.record)
    study_preview.show_rehearsal(shown.record)
    study_watch.show_study_progress(shown.record)
    study_pilot.show_pilot(shown.record)
    study_person.show_one_person(shown.record)


def show_freezing(shown: OpenStudy) -> None:
    """The button that freezes the study, drawn, unless something stops it."""
    st.markdown(FREEZE_TEXT)
    stops = [remark for remark in study_remarks(shown.study) if remark.weight == "stop"]
    st.button(
        "Freeze it", type="primary", icon=":material/lock:", key="study-freeze", on_click=freeze_shown, args=(shown,),
        disabled=bool(stops),
    )  # fmt: skip
    if stops:
        st.caption("First mend what stops it, above.")
    if regrets := freeze_remarks(shown.study):
        st.markdown("**Before you freeze it**")
        st.caption(REGRET_TEXT)
    for number, remark in enumerate(regrets):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"study-regret-{number}"):
            st.warning(remark.text)
            st.button(
                STUDY_PART_NAMES[remark.part], icon=":material/arrow_forward:", key=f"study-regret-go-{number}",
                on_click=go_to_part, args=(shown, remark.part), help="Goes to where this is mended.",
            )  # fmt: skip


@defer_problems()
def freeze_shown(shown: OpenStudy) -> None:
    """Freeze the study on the page, with a link that lets many people in; it does not take anybody in yet."""
    store = state.shared_store()
    frozen = compile_study(shown.study, frozen_plan(shown.study))
    store.keep_study(StudyRecord(frozen.id, shown.work.id, shown.work.name, frozen.content), frozen.timelines)
    store.set_study_state(frozen.id, "paused", shown.study.wanted, "frozen")
    if not store.links_of(frozen.id):
        store.keep_link(frozen.id, "many")
    shown.records = store.studies_of(shown.work.id)
    shown.afresh += 1


def show_recruiting(shown: OpenStudy, record: StudyRecord) -> None:
    """Whether people are taken in, with the buttons that change it, drawn."""
    now = state.shared_store().study_state(record.id)
    st.markdown(f"**Frozen** {format_moment(record.at)} as `{record.id[:12]}` · " + STATE_WORDS[now.state])
    step = plan_step(shown.study)
    with st.container(horizontal=True, gap="xsmall"):
        for to, (label, icon) in STATE_ACTS.items():
            if to != now.state and not (to == "paused" and now.state == "closed"):
                st.button(
                    label, icon=f":material/{icon}:", key=f"study-to-{to}", on_click=set_state,
                    args=(record.id, to, now), type="primary" if to == "open" else "secondary",
                )  # fmt: skip
        st.button(
            f"{step} more people", icon=":material/group_add:", key="study-extend", on_click=want_more,
            args=(record.id, now, step), help=MORE_HELP,
        )  # fmt: skip
        if st.button("Copy to change", icon=":material/content_copy:", key="study-copy"):
            st.query_params.from_dict({"work": copy_study(shown).id})
            st.rerun()


@defer_problems()
def set_state(id: str, to: RecruitState, now: StudyState) -> None:
    """Take people in, pause, or close."""
    state.shared_store().set_study_state(id, to, now.slots)


@defer_problems()
def want_more(id: str, now: StudyState, more: int) -> None:
    """Want more people, by a whole square."""
    state.shared_store().set_study_state(id, now.state, now.slots + more, f"{more} more")

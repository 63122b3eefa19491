"""Study preview: the participant's own page on a study that is being built, drawn; nothing of it is kept."""

import time
from urllib.parse import urlencode

import streamlit as st

from components.report.study.study_sentences import arm_names
from components.server.app_context import app_context
from components.store.study_records import StudyRecord
from components.study.study_checks import is_stopped
from components.ui.shared import state
from components.ui.shared.comparison_link import full_address
from components.ui.studies.open_study import OpenStudy, compile_study

PREVIEW_HOURS = 2.0
PREVIEW_HEIGHT_PX = 780


def show_study_preview(shown: OpenStudy) -> None:
    """The participant's own page on this study, drawn; nothing of it is kept."""
    if is_stopped(shown.study):
        st.caption("What stops the study, above, has to be mended first.")
        return
    st.caption(
        "Exactly what participants see. The menu above it goes to any screen, and “Fill in” answers the one on it as "
        "a simulated person would. Nothing is kept."
    )
    if not shown.preview:
        with st.spinner("Making every screen …"):
            shown.preview = preview_path(shown)
    address = f"{shown.preview}&{urlencode({'arm': choose_shown_arm(shown)})}"
    st.link_button("Open it in a tab of its own", address, icon=":material/open_in_new:")
    st.iframe(address, height=PREVIEW_HEIGHT_PX)


def choose_shown_arm(shown: OpenStudy) -> str:
    """The key of the arm that is looked at where each person sees one, from the list that is drawn here; else ""."""
    if shown.study.design != "between":
        return ""
    names = arm_names(shown.study)
    what = "Level" if shown.study.sweep else "Prototype"
    return st.selectbox(
        f"{what} of the person in this preview", list(names), format_func=names.__getitem__,
        key=f"study-preview-arm-{shown.work.id}", help="Each person sees one of them alone.",
    )  # fmt: skip


def preview_path(shown: OpenStudy) -> str:
    """The address of the page that shows this study to its designer."""
    store, taking = state.shared_store(), app_context().taking
    frozen = compile_study(shown.study).as_draft
    if store.study(frozen.id) is None:
        store.keep_study(StudyRecord(frozen.id, "", shown.work.name, frozen.content), frozen.timelines)
    links = store.links_of(frozen.id)
    link = next((link for link in links if not link.revoked and link.kind == "many"), None)
    link = link or store.keep_link(frozen.id, "many")
    token = taking.preview_token(frozen.id, time.time() + PREVIEW_HOURS * 3600)
    return full_address(taking.link_path(link.id), {"preview": token})


def show_rehearsal(record: StudyRecord) -> None:
    """How simulated people are let in to try everything out, drawn."""
    st.markdown("**Rehearse**")
    st.caption(
        "A simulated person takes the real page, server included, at the real pace, and chooses at random. They are "
        "kept apart, marked as simulated everywhere, and take nobody's place."
    )
    store, taking = state.shared_store(), app_context().taking
    link = next((link for link in store.links_of(record.id) if not link.revoked), None)
    if link is None:
        st.caption("Make a link first.")
        return
    token = taking.rehearsal_token(record.id, time.time() + PREVIEW_HOURS * 3600)
    address = full_address(taking.link_path(link.id), {"rehearse": token})
    count = len(store.participants(record.id, simulated=True))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.link_button("Let one in, in a tab of its own", address, icon=":material/smart_toy:")
        st.caption(f"{count} simulated so far")

"""Work links: from a rated comparison or a recorded answer back to the works that it is in, by their names."""

from collections.abc import Collection, Sequence

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.design import work_talk
from components.store import Work
from components.store.works import PROTOTYPE
from components.ui.shared import state, theme

MAX_LINKED_WORKS = 4
MAX_SAID_LINES = 60
MAX_TALKED_WORKS = 20


def show_work_links(subjects: Collection[str] = (), recordings: Collection[str] = ()) -> None:
    """A link to each work that ever was one of these comparisons or played one of these answers, drawn; the last
    changed first, and nothing where there is none.
    """
    works = state.shared_store().works_about(state.rater_id(), subjects, recordings)
    if not works:
        return
    with st.container(key="work-links", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Used in" if recordings else "Made in")
        for work in works[:MAX_LINKED_WORKS]:
            link_to_work(work)
        if len(works) > MAX_LINKED_WORKS:
            st.caption(f"and {len(works) - MAX_LINKED_WORKS} more, on Home")


def link_to_work(work: Work) -> None:
    """A link to a comparison or a prototype, by its name, drawn."""
    page = "pages/design.py" if work.kind == PROTOTYPE else "pages/compare.py"
    label = theme.inert_label(work.name)
    try:
        st.page_link(page, label=label, icon=":material/arrow_forward:", query_params={"work": work.id})
    except StreamlitAPIException:
        st.caption(label)  # this page is shown by itself, without a navigation


def show_said(subjects: Collection[str]) -> None:
    """What people decided and said of the works that ever were one of these comparisons, drawn; nothing where nobody
    said anything.
    """
    store = state.shared_store()
    works = store.works_about(state.rater_id(), subjects)[:MAX_LINKED_WORKS]
    lines = [line for work in works for line in work_talk.all_talk_lines(store.work_notes(work.id))]
    if lines:
        with st.expander(f"What was said while it was looked at together ({len(lines)})"):
            show_lines(lines)


def show_said_elsewhere(subjects: Collection[str]) -> None:
    """The same for works that never were one of these comparisons, each by its name; nothing where there is none."""
    store = state.shared_store()
    known = {work.id for work in store.works_about(state.rater_id(), subjects)}
    works = [work for work in store.works_talked_of(state.rater_id(), MAX_TALKED_WORKS) if work.id not in known]
    if works:
        with st.expander(f"Talked about, and not rated yet ({len(works)})"):
            for work in works:
                link_to_work(work)
                show_lines(work_talk.all_talk_lines(store.work_notes(work.id)))


def show_lines(lines: Sequence[str]) -> None:
    """The first of these lines as a list, as inert text, drawn."""
    for line in lines[:MAX_SAID_LINES]:
        st.markdown(f"- {theme.inert_label(line)}")

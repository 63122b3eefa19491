"""Mention cards: on Home, where somebody was called by name in what was said of a work."""

import streamlit as st

from components.store.work_mentions import OpenMention
from components.ui.home import new_works
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems
from components.ui.shared.work_moments import format_moment


def show() -> None:
    """Each mention that was not seen yet, with the ways to the work and to put it away, drawn."""
    mentions = state.shared_store().open_mentions(state.rater_id())
    if not mentions:
        return
    with st.container(border=True, key="card-mentions", gap="xsmall"):
        for mention in mentions:
            show_mention(mention)


def show_mention(mention: OpenMention) -> None:
    """One mention, drawn."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"mention-{mention.note}"):
        by = theme.inert_label(mention.by) or "Somebody"
        st.markdown(
            f"**{by}** mentioned you in “{theme.inert_label(mention.work_name)}”: {theme.inert_label(mention.text)}"
        )
        st.caption(format_moment(mention.at), width="content")
        st.button("Open", key=f"mention-open-{mention.note}", on_click=open_mentioned, args=(mention.work,))
        st.button("Seen", key=f"mention-seen-{mention.note}", type="tertiary", on_click=see_mentioned,
                  args=(mention.work,))  # fmt: skip


@defer_problems()
def open_mentioned(work: str) -> None:
    """Lead to the work; its mentions are seen with that."""
    see_mentioned(work)
    new_works.open_listed(work)


@defer_problems()
def see_mentioned(work: str) -> None:
    """Tell no more of what was said of this work so far."""
    state.shared_store().see_mentions(work, state.rater_id())

"""Undo toast: what this person archived or deleted a short while ago, with a button that takes it back."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems

UNDO_MINUTES = 30  # in which the last archive or delete is offered to be taken back


def undo_offer(kind: str = "") -> dict[str, str] | None:
    """The work that can be brought back, and what is said of it; None where there is none, or none of this kind."""
    since = (datetime.now(UTC) - timedelta(minutes=UNDO_MINUTES)).isoformat(timespec="milliseconds")
    work = state.shared_store().last_marked_work(state.rater_id(), since)
    if work is None or kind not in ("", work.kind):
        return None
    return {"id": work.id, "text": f"{'Deleted' if work.deleted else 'Archived'} “{work.name}”"}


def show(kind: str) -> None:
    """What was archived or deleted last, where it is of this kind, drawn at the lower edge of the window."""
    offer = undo_offer(kind)
    with st.container(key="undo-toast", horizontal=True, vertical_alignment="center", width="content"):
        if offer:
            st.caption(theme.inert_label(offer["text"]))
            st.button("Undo", key=f"undo-{offer['id']}", on_click=bring_work_back, args=(offer["id"],))


@defer_problems()
def bring_work_back(work_id: str) -> None:
    """Put a work back on the lists."""
    state.shared_store().restore_work(work_id)

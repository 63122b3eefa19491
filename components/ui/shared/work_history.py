"""Work history: every state that a work had, who made it and when, and a way back to it."""

import streamlit as st

from components.store import WorkStep
from components.ui.shared import screen, state, theme
from components.ui.shared.problems import defer_problems, show_problems
from components.ui.shared.work_moments import format_moment

MAX_SHOWN_STEPS = 40


def show() -> None:
    """The button that opens the history of the work on screen, drawn; nothing where there is none."""
    work = state.page_state().work
    if work and st.button("History", key="work-history", type="tertiary", help="Every state that it had"):
        open_history(work.id)


@st.dialog("History")
@show_problems()
def open_history(id: str) -> None:
    """The dialog with the latest states of a work, the newest first, drawn only while it is open."""
    st.caption(
        "Nothing is lost: going back to an earlier state keeps those after it here. Everybody who has it open sees it."
    )
    for step in state.shared_store().work_steps(id)[:MAX_SHOWN_STEPS]:
        show_step(step)


def show_step(step: WorkStep) -> None:
    """One state, who made it and when, and a button that leads back to it, drawn."""
    history = state.page_state().history
    who = "you" if step.rater == state.rater_id() else theme.inert_label(step.rater_name) or "somebody"
    names = ", ".join(theme.inert_label(str(pane.get("name", ""))) for pane in step.content.get("panes", ()))
    with st.container(key=f"work-step-{step.step}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{step.step}** · {format_moment(step.at)} · {who}")
            st.caption(names)
        if history and history.number == step.step:
            st.badge("On screen", color="gray")
        elif st.button("Go to it", key=f"work-go-{step.step}", on_click=lead_to_step, args=(step.step,)):
            st.rerun()


@defer_problems()
def lead_to_step(number: int) -> None:
    """Bring a state of the work back. A problem is shown at the next drawing."""
    screen.go_to_step(number, whole=True)

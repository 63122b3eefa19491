"""Talk timer: the countdown for everybody who has the work on screen, as it is set, and as the player shows it."""

import time
from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.design.work_talk import NoteDraft, WorkNote
from components.design.work_timer import MAX_TIMER_S, TIMER_AWAY, set_timer, timer_note
from components.server.routes import CLOCK_ADDRESS
from components.ui.shared import kept_talk, state
from components.ui.shared.problems import defer_problems

USUAL_MINUTES = 5.0
ABOUT_TEXT = "Everybody who has this on screen sees it count down, above the panes."


def shared_timer(notes: Sequence[WorkNote]) -> dict[str, object] | None:
    """The countdown as the player takes it; None where there is none."""
    now = time.time()
    timer = set_timer(notes, now)
    if timer is None:
        return None
    ends = None if timer.ends is None else timer.ends * 1000
    return {"id": timer.id, "at": ends, "left": timer.left_at(now), "clock": CLOCK_ADDRESS}


def show_timer(notes: Sequence[WorkNote]) -> None:
    """What sets the countdown, drawn."""
    st.caption(ABOUT_TEXT)
    timer = set_timer(notes, time.time())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        if timer is None or not timer.left_at(time.time()):  # none, or one that is over
            st.number_input("Minutes", 0.5, MAX_TIMER_S / 60, USUAL_MINUTES, 0.5, key="talk-minutes", width=120)
            st.button("Start", key="talk-timer-start", type="primary", on_click=start_timer)
        elif timer.ends is None:
            st.button("Go on", key="talk-timer-on", type="primary", on_click=partial(turn_timer, True))
        else:
            st.button("Pause", key="talk-timer-pause", on_click=partial(turn_timer, False))
        if timer is not None:
            st.button(
                "Take it away", key="talk-timer-away", on_click=kept_talk.keep_note, args=(NoteDraft(TIMER_AWAY),)
            )


@defer_problems()
def start_timer() -> None:
    """Start the countdown with the minutes that were typed."""
    minutes = state.read_widget("talk-minutes")
    seconds = 60 * float(minutes if isinstance(minutes, int | float) else USUAL_MINUTES)
    kept_talk.keep_note(timer_note(seconds, time.time(), runs=True))


@defer_problems()
def turn_timer(runs: bool) -> None:
    """Let the countdown stand still, or go on with what is left of it."""
    now = time.time()
    timer = set_timer(kept_talk.kept_notes(), now)
    if timer is not None:
        kept_talk.keep_note(timer_note(timer.left_at(now), now, runs))

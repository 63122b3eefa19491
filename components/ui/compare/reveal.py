"""Reveal: whether names and seconds may be shown to who rates, and the button that shows them."""

import streamlit as st

from components.core.explained import Explained
from components.layers.compare import Comparison
from components.ui.shared import state

MAX_REVEALS = 20_000  # remembered for the tabs of all people; the oldest are forgotten


def answer_key(compare: Comparison) -> str:
    """The key of an answer in a comparison, as names and clock times are revealed by it."""
    return f"{compare.id}:{compare.answer_id}"


@st.cache_resource
def shared_reveals() -> dict[tuple[str, str, str], None]:
    """What was revealed to whom, as (database, person, answer), for all tabs of a person."""
    return {}


def is_revealed(compare: Comparison, complete: bool) -> bool:
    """Whether names and seconds are on the screen; `complete`: whether all that is asked was answered.

    Who opens dials reads names and seconds there, and so does who does not rate blind. Where everything was answered
    before this tab was opened, nobody can tell whether it was revealed: then it was, and corrections count apart.
    """
    here, answer = state.page_state(), answer_key(compare)
    is_new = answer not in here.drawn
    here.drawn.add(answer)
    if not here.blind or here.open or (is_new and complete) or reveal_mark(answer) in shared_reveals():
        reveal_answer(answer)
    return answer in here.revealed


def reveal_answer(answer: str) -> None:
    """Show names and seconds of an answer from now on, in every tab of this person."""
    state.page_state().revealed.add(answer)
    reveals = shared_reveals()
    reveals[reveal_mark(answer)] = None
    while len(reveals) > MAX_REVEALS:
        del reveals[next(iter(reveals))]


def reveal_mark(answer: str) -> tuple[str, str, str]:
    """The mark of an answer that was revealed to this person."""
    return app_database(), state.rater_id(), answer


def app_database() -> str:
    """The address of the database that ratings go to; "" where it cannot be opened."""
    try:
        return str(state.shared_store().engine.url)
    except Explained:
        return ""


def show_button(compare: Comparison, missing: int) -> None:
    """The button that shows names and times, drawn; it waits for the `missing` answers."""
    answer = answer_key(compare)
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.button(
        "Show names and times", type="primary", disabled=missing > 0, width="stretch", key=f"reveal:{answer}",
        on_click=reveal_answer, args=(answer,),
    )  # fmt: skip
    words = "What you change after it counts apart."
    right.caption(f"{missing} {'answer is' if missing == 1 else 'answers are'} still to come." if missing else words)

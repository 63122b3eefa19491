"""Decks page: what was put together for a room, and one of them opened."""

import streamlit as st

from components.store import Work, WorkQuery
from components.store.works import DECK
from components.ui.decks import deck_bench
from components.ui.decks.open_deck import first_deck, keep_deck_draft, read_deck_work
from components.ui.shared import state, theme
from components.ui.shared.drafts import draft_in_address, leave_draft, name_in_address
from components.ui.shared.problems import PageProblems, defer_problems
from components.ui.shared.work_moments import format_moment

MAX_LISTED = 60
PURPOSE_TEXT = (
    "A deck shows your prototypes to a room: scene by scene on a projector, from recorded answers that play without a "
    "model or a network. People join with their phones, say what they felt, and the screen tells what came of it. A "
    "new one can be shown as it stands."
)


def show(problems: PageProblems) -> None:
    """The deck that the address names, else the list."""
    here = state.page_state()
    here.deck = shown = draft_in_address(here.deck, read_deck_work, problems)
    if shown is None:
        show_decks()
        return
    st.button("All decks", icon=":material/arrow_back:", type="tertiary", on_click=leave_draft, key="deck-leave")
    with problems.catch_explained():
        deck_bench.show(shown)


def show_decks() -> None:
    """The decks that this person can see, and the button that begins one, drawn."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.title("Decks")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button("New deck", icon=":material/add:", type="primary", on_click=begin_deck, key="deck-new")
    found = state.shared_store().find_works(WorkQuery(state.rater_id(), kind=DECK, limit=MAX_LISTED))
    st.caption(PURPOSE_TEXT)
    for work in found.works:
        show_deck_row(work)


def show_deck_row(work: Work) -> None:
    """One deck with the button that opens it, drawn."""
    scenes = " · ".join(str(part.get("name", "")) for part in work.preview)
    counted = str(work.preview[0].get("question", "")) if work.preview else ""
    owner = "you" if work.owner == state.rater_id() else work.owner_name or "your team"
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"deck-row-{work.id}"):  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(f"**{theme.inert_label(work.name)}**")
            st.caption(f"{theme.inert_label(f'{counted} · {scenes} · by {owner}')} · {format_moment(work.changed)}")
        st.button("Open", key=f"deck-open-{work.id}", on_click=name_in_address, args=(work.id,))


@defer_problems()
def begin_deck() -> None:
    """Begin a deck that can be shown as it stands."""
    name_in_address(keep_deck_draft(first_deck()).id)

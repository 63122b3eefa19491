"""Check answers: one after the other with its question and what is known, marked right or wrong by a key."""

from collections.abc import Sequence

import streamlit as st

from components.core.recording import Recording
from components.prompts.answer_rules import describe_known
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import find_item
from components.server.routes import player_module
from components.store.search_conditions import Right
from components.ui.shared import state
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.problems import defer_problems, page_part

CHECK_KEY = "check"
CHECK_BUTTONS: tuple[tuple[Right, str, str, str], ...] = (
    ("right", "Right", ":material/check:", "1"),
    ("wrong", "Wrong", ":material/close:", "2"),
    ("unclear", "Cannot tell", ":material/question_mark:", "3"),
)

check_component = st.components.v2.component("parallax_check", js=LOADER_SCRIPT)


@page_part()
def show(ids: Sequence[str]) -> None:
    """The first of these recordings that nobody looked at, with a button and a key for each mark, drawn.

    A mark is kept at once, the next answer follows, and only this part of the page is drawn anew.
    """
    looked = state.shared_store().right_marks(ids)
    left = [id for id in ids if id not in looked]
    recording = next((found for id in left if (found := find_any_recording(id))), None)
    done = len(ids) - len(left)
    with st.container(key="check-pass"):
        st.progress(done / len(ids) if ids else 1.0, f"{done} of {len(ids)} checked. Each mark is kept at once.")
        if recording is None:
            st.markdown(":material/check: **Every answer here is checked.**")
        else:
            check_component(key=CHECK_KEY, data=check_data(recording, f"Answer {done + 1} of {len(ids)}"))
        show_check_buttons(recording)


def show_check_buttons(recording: Recording | None) -> None:
    """The three marks and Undo, each with its key, drawn; the marks wait where no recording is left."""
    with st.container(horizontal=True, key="check-buttons"):
        for value, words, picture, key in CHECK_BUTTONS:
            st.button(
                words, icon=picture, shortcut=key, key=f"check-{value}", disabled=recording is None,
                on_click=mark_answer, args=(recording, value),
            )  # fmt: skip
        st.button(
            "Undo", icon=":material/undo:", shortcut="U", key="check-undo", on_click=undo_mark,
            disabled=not state.page_state().marked,
        )  # fmt: skip


def check_data(recording: Recording, place: str) -> dict[str, object]:
    """What the front end shows of a recording to check."""
    return {
        "module": player_module(), "part": CHECK_KEY, "key": CHECK_KEY, "recording": recording.id, "place": place,
        "asked": recording.prompt.text, "answer": recording.text, "cut": recording.stopped_at_limit,
        "known": list(describe_known(find_item(recording.prompt.text))),
    }  # fmt: skip


def find_any_recording(id: str) -> Recording | None:
    """The recording with this id, kept here or shipped; None where it is gone."""
    shipped = next((recording for recording in bundled_recordings() if recording.id == id), None)
    return shipped or state.shared_store().recording(id)


@defer_problems()
def mark_answer(recording: Recording, value: Right) -> None:
    """Keep a mark at once; a shipped answer is kept among the recordings with it."""
    store = state.shared_store()
    store.keep_recording(recording)
    store.mark(recording.id, "right", value)
    state.page_state().marked += (recording.id,)


@defer_problems()
def undo_mark() -> None:
    """Take the last mark back: its answer is the next to be checked again."""
    here = state.page_state()
    *before, last = here.marked
    state.shared_store().mark(last, "right", "")
    here.marked = tuple(before)

"""Continue answer: where the answer on screen was cut at its limit, the model that gave it can be asked to go on."""

from datetime import UTC, datetime

import streamlit as st

from components.core.explained import Explained
from components.core.recording import Recording
from components.layers.compare import Comparison
from components.models.continue_recording import Continuation, continuation_prompt, join_continuation
from components.server.app_context import app_context
from components.server.routes import player_module
from components.ui.shared import screen, state, theme
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.problems import defer_problems, page_part

POLL_S = 0.5  # seconds between looks at how far it is
CUT_TEXT = "This answer stopped at its length limit: it is not whole."

below_component = st.components.v2.component("parallax_below", js=LOADER_SCRIPT)


def show(compare: Comparison) -> None:
    """Right below the panes: that an answer is cut, with the button that lets its model go on, drawn; nothing where
    all are whole.
    """
    here, cut = state.page_state(), cut_answers(compare)
    for panes, recording in cut:
        if here.continuation and here.continuation.recording == recording:
            page_part(POLL_S)(show_continuation)(here.continuation)
        else:
            show_cut(recording, panes)
    if cut:
        show_below()


def show_below() -> None:
    """The race and the comments of the player above, here in place of right below its panes."""
    below_component(key="race-below", data={"module": player_module(), "part": "below"})


def cut_answers(compare: Comparison) -> list[tuple[str, Recording]]:
    """Every answer on screen that a model was stopped in, with the panes that play it; "" where all do."""
    panes: dict[str, list[str]] = {}
    for key, recording in compare.pane_answers.items():
        panes.setdefault(recording.id, []).append(key)
    every = {recording.id: recording for recording in compare.pane_answers.values()}
    return [
        ("" if compare.plays_one_answer else ", ".join(keys), every[id])
        for id, keys in panes.items()
        if every[id].stopped_at_limit and not every[id].card.scripted
    ]


def show_cut(recording: Recording, panes: str) -> None:
    """That an answer is cut, with the button that lets its model go on, drawn."""
    with st.container(key=f"continue-answer{panes}", horizontal=True, vertical_alignment="center", gap="small"):
        words = f"{panes}: {CUT_TEXT}" if panes else CUT_TEXT
        st.caption(f":material/content_cut: {words}", width="content")
        try:
            model = author_id(recording)
        except Explained as problem:
            st.caption(theme.inert_label(f"{problem.what} {problem.do}"), width="content")
            return
        st.button(
            "Continue", key=f"continue-begin{panes}", on_click=begin_continuation, args=(recording, model),
            help="Asks the model that gave it to go on from there. What comes is kept with it as one answer.",
            type="tertiary",
        )  # fmt: skip


def author_id(recording: Recording) -> str:
    """The id of the model that gave an answer. Explained where it cannot be asked here."""
    wired = state.shared_store().models(state.rater_id())
    return app_context().models.find_author(recording.card, ["", *(model.id for model in wired)])


@defer_problems()
def begin_continuation(recording: Recording, model: str) -> None:
    """Ask the model to go on with an answer. A problem is shown at the next drawing."""
    generation = app_context().acquire(model).ask(continuation_prompt(recording))
    state.page_state().continuation = Continuation(recording, generation)


def show_continuation(continuation: Continuation) -> None:
    """How far the rest is, with the button that stops it, drawn anew until it is done; then the whole plays."""
    generation = continuation.generation
    if generation.done:
        state.page_state().continuation = None
        keep_continuation(continuation)
        st.rerun()
    words = len("".join(event.text for event in generation.events).split())
    told = {"loading": "is loading", "queued": "is busy; this waits its turn"}.get(
        generation.state.name, f"goes on: {words} {'word' if words == 1 else 'words'} so far"
    )
    with st.container(key="continue-answer", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f":material/content_cut: {theme.inert_label(continuation.recording.card.name)} {told}.", width="content"
        )
        st.button("Stop", key="continue-stop", on_click=generation.stop, type="tertiary")


@defer_problems()
def keep_continuation(continuation: Continuation) -> None:
    """Keep the whole answer, and let it play where the cut one is still on screen."""
    whole = join_continuation(
        continuation.recording, continuation.generation.events, datetime.now(UTC).date().isoformat()
    )
    state.shared_store().keep_recording(whole)
    compare = screen.current_comparison()
    if continuation.recording in compare.pane_answers.values():
        screen.change_comparison(compare.with_whole(continuation.recording, whole))

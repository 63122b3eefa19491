"""Record a pack: a whole prompt pack recorded with one model, watched, paused, resumed and retried."""

import streamlit as st

from components.prompts.packs import load_packs, pack_items
from components.server.app_context import app_context
from components.store.batch_records import BatchRecord
from components.ui.shared import jobs_line, model_choice, state, theme
from components.ui.shared.glossary import term_meaning
from components.ui.shared.problems import defer_problems, page_part, show_problem

MAX_SHOWN_BATCHES = 5  # batches shown


def show() -> None:
    """Begin a batch, and how far the latest ones are."""
    with st.expander("Record a prompt pack"):
        st.caption("Every prompt of a pack is asked and kept. People who ask live come first; a pause loses nothing.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            names = [pack.name for pack in load_packs()]
            name = st.selectbox("Prompt pack", names, key="batch-pack", help=term_meaning("Prompt pack"))
            at_once = st.slider(
                "Questions in parallel", 1, 8, 1, key="batch-at-once", width=200,
                help="How many are asked at the same time. More is quicker, but words come slower: the recordings say "
                "so.",
            )  # fmt: skip
            st.button("Record", type="primary", on_click=begin_batch, args=(name, at_once), key="batch-go")
        if state.shared_store().batches():
            show_batches()


@page_part(1.0)
def show_batches() -> None:
    """The latest batches, drawn anew every second."""
    jobs_line.follow_job()
    for begun in state.shared_store().batches()[:MAX_SHOWN_BATCHES]:
        show_batch(begun)


def show_batch(begun: BatchRecord) -> None:
    """How far a batch is, and what can be done with it."""
    batch = app_context().batches.find(begun.id)
    progress = batch.progress if batch else None
    done, failed = (progress.done, progress.failed) if progress else (begun.done, begun.failed)
    with st.container(key=f"batch-{begun.id[:12]}"):
        how = jobs_line.state_words(batch, progress) if batch and progress else "paused"
        lost = f", {failed} failed" if failed else ""
        line = f"{begun.pack}, {begun.card.name}: {done} of {begun.total} recorded{lost}, {how}"
        st.progress(min(1.0, (done + failed) / max(1, begun.total)), theme.inert_label(line))
        if progress and progress.problem:
            show_problem(progress.problem)
        with st.container(horizontal=True):
            if batch and batch.at_work:
                st.button("Pause", on_click=batch.pause, key=f"pause-{begun.id}")
            elif done + failed < begun.total:
                st.button("Go on", on_click=resume_batch, args=(begun,), key=f"resume-{begun.id}")
            elif failed:
                st.button("Retry what failed", on_click=resume_batch, args=(begun, True), key=f"retry-{begun.id}")
        if batch and failed:
            troubles = [
                f"- {theme.inert_label(result.item)}: {theme.inert_label(result.trouble)}" for result in batch.failures
            ]
            with st.expander(f"{failed} failed"):
                st.markdown("\n".join(troubles))


@defer_problems()
def begin_batch(name: str, at_once: int) -> None:
    """Begin a batch with the model in use. A problem is shown at the next drawing."""
    app_context().batches.begin(model_choice.model_to_ask(), name, pack_items(name), at_once=at_once)


@defer_problems()
def resume_batch(begun: BatchRecord, retry: bool = False) -> None:
    """Go on where it was left, or only with what failed."""
    app_context().batches.resume(begun.id, pack_items(begun.pack), retry=retry)

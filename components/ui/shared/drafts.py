"""Drafts: works whose fields stand on a page of their own, saved as they are changed: scenarios and studies."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, TypeVar

import streamlit as st

from components.store import Work, WorkState
from components.store.works import MAX_WORK_NAME_CHARS
from components.ui.shared import state
from components.ui.shared.problems import PageProblems, defer_problems
from components.ui.shared.text_fields import typed_text

SAME_DEED_S = 20.0  # seconds in which what one person changes is one state of the work


class OpenDraft(Protocol):
    """What is on such a page: its work, the state that it is in, since when it is saved, and who made that state."""

    work: Work
    step: int
    saved: str
    by: str


AnyDraft = TypeVar("AnyDraft", bound=OpenDraft)


def add_draft_state(shown: OpenDraft, change: WorkState) -> None:
    """Save a state of a draft; what one person changes without a long pause is one state."""
    store, rater = state.shared_store(), state.rater_id()
    goes_on = shown.step > 1 and shown.by == rater and seconds_since(shown.saved) < SAME_DEED_S
    shown.step = store.add_step(shown.work.id, change, rater, shown.step, same=shown.step if goes_on else 0)
    shown.saved, shown.by = store.clock(), rater
    shown.work = store.work(shown.work.id, rater) or shown.work


@defer_problems()
def rename_draft(shown: OpenDraft, key: str) -> None:
    """Give a draft's work the name that was typed in the field with this key."""
    store, rater = state.shared_store(), state.rater_id()
    store.rename_work(shown.work.id, typed_text(key, MAX_WORK_NAME_CHARS))
    shown.work = store.work(shown.work.id, rater) or shown.work


def draft_in_address(
    shown: AnyDraft | None, read: Callable[[str], AnyDraft], problems: PageProblems
) -> AnyDraft | None:
    """The draft that the address names, read anew where it is another one or the page was left meanwhile.

    None where the address names none, or one that is not here, which is said.
    """
    here, asked, found = state.page_state(), st.query_params.get("work", ""), shown
    if shown is None or shown.work.id != asked or here.arrived:
        found = None
        with problems.catch_explained():
            found = read(asked) if asked else None
    here.arrived = False
    return found


def seconds_since(moment: str) -> float:
    """Seconds since a moment (ISO, UTC); very many where there is none."""
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds() if moment else float("inf")


def name_in_address(work_id: str) -> None:
    """Let the address name a draft."""
    st.query_params.from_dict({"work": work_id})


def leave_draft() -> None:
    """Go back to the list."""
    st.query_params.clear()

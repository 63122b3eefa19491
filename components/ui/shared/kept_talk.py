"""Kept talk: what was said of the work on screen, read and written."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.core.explained import Explained
from components.design import work_talk
from components.design.mentions import mentioned_people, unknown_calls
from components.design.work_talk import NoteDraft, WorkNote
from components.ui.shared import autosave, state, theme
from components.ui.shared.problems import defer_problems


def kept_notes() -> tuple[WorkNote, ...]:
    """What was said of the work on screen, each note at what its pane is called by now; nothing where it is no work
    yet, or where the store cannot be read.
    """
    work = state.page_state().work
    try:
        return work_talk.followed_notes(state.shared_store().work_notes(work.id)) if work else ()
    except Explained:
        return ()  # the page says elsewhere what is wrong with the store


@defer_problems()
def keep_note(draft: NoteDraft) -> None:
    """Keep what somebody says of what is on screen; what was no work yet becomes one. Explained where it fails."""
    here = state.page_state()
    if here.history is None:
        return
    if here.work is None:
        here.work, here.history = autosave.begin_work(here.history)
    store = state.shared_store()
    note = store.keep_note(here.work.id, draft, state.rater_id(), here.work.step)
    if "@" in draft.text:
        names = store.people_at(here.work.id)
        called = mentioned_people(draft.text, names)
        store.mention_people(note, called)
        here.call_lines = call_lines([names[id] for id in called], unknown_calls(draft.text, names), names)
    mark = store.work_mark(here.work.id)
    if mark is not None and mark.same_state(here.work.mark) and draft.kind != work_talk.PLAY:
        here.work.mark = mark  # what was said here is drawn at once, and is nothing new; a play reaches the player yet


def call_lines(called: Sequence[str], unknown: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Who was called, and which word behind an @ is nobody's name, with the names that there are, as inert text."""
    lines = [f"Called: {', '.join(called)}. It waits for them on Home."] if called else []
    if unknown:
        others = sorted(name for id, name in names.items() if id != state.rater_id())
        there = f"You can call {', '.join(others)}." if others else "Nobody else gave a name here yet."
        lines.append(f"{', '.join(f'@{word}' for word in unknown)} is nobody's name here. {there}")
    return tuple(theme.inert_label(line) for line in lines)


def tell_calls() -> None:
    """Tell for a moment who was called in what was said last, once, at the page's next drawing."""
    here = state.page_state()
    lines, here.call_lines = here.call_lines, ()
    for line in lines:
        st.toast(line, icon=":material/alternate_email:")

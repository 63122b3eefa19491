"""Together: who else has the work on screen, and what they change in it, as it happens."""

import time
from contextlib import suppress
from math import inf

import streamlit as st

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.design import work_talk
from components.design.work_talk import NoteDraft
from components.store import WorkVisit
from components.store.store import MAX_RATER_NAME_CHARS
from components.ui.shared import joining, kept_talk, state, theme
from components.ui.shared.problems import defer_problems, page_part
from components.ui.shared.text_fields import typed_text

HAND_SCRIPT = (PROJECT_ROOT / "assets" / "player" / "page" / "hand.js").read_text()
hand_component = st.components.v2.component("parallax_hand", js=HAND_SCRIPT)
TOGETHER_POLL_S, ALONE_POLL_S = 0.6, 3.0  # seconds between looks, with others and alone
VISIT_S = 4.0  # seconds after which a tab says again that it is there
PLAY_LEAD_S = 2.0  # seconds from the press to the play for everybody: every screen has looked by then
MAX_TOLD_LINES = 2
UNTOLD_TEXT = "Something was changed. What it was, you see once the names are shown."


def show() -> None:
    """Who else is there, drawn, and looked after again and again; nothing where no work is on screen."""
    here = state.page_state()
    if here.work is not None and here.work.followed and here.history is not None:
        page_part(TOGETHER_POLL_S if here.present else ALONE_POLL_S)(watch_work)()


def watch_work() -> None:
    """Draw the page again where somebody changed the work or came; else say who is there."""
    here, changed = state.page_state(), False
    others: tuple[WorkVisit, ...] = ()
    if here.work is None:
        return
    with suppress(Explained):  # a database that fails is told of where something is saved
        changed, others = look_around(here.work)
    came, here.present = bool(others) != bool(here.present), tuple(other.tab for other in others)
    if changed or came:
        st.rerun()
    if others:
        mount_hand()
        show_others(others)


def look_around(work: state.OpenWork) -> tuple[bool, tuple[WorkVisit, ...]]:
    """Whether somebody said something or, once this person has no dial in hand, changed a work; and who else has it
    on screen. Explained where the database fails.
    """
    here, store, now = state.page_state(), state.shared_store(), time.monotonic()
    if now - here.visited_at > VISIT_S:
        store.visit_work(work.id, here.tab, state.rater_id())
        here.visited_at = now
    mark, known = store.work_mark(work.id), work.mark
    others = tuple(visit for visit in store.work_visits(work.id) if visit.tab != here.tab)
    if mark is None or mark == known:
        return False, others
    if mark.same_state(known):
        work.mark = mark  # what was said since is drawn, and needs no joining
        return True, others
    return not state.is_dial_held(), others


def mount_hand() -> None:
    """Put what tells of a dial in hand on the page; nothing is seen of it."""
    with st.container(key="frame-hand"):
        hand_component(key="hand", data={}, on_held_change=note_hand)


def note_hand() -> None:
    """Remember that this person has a dial in hand, or has none any more."""
    held = getattr(state.read_widget("hand"), "held", None)
    state.page_state().held_at = time.monotonic() if held is True else -inf


def show_others(others: tuple[WorkVisit, ...]) -> None:
    """Who else is there, with a place for one's own name, drawn."""
    names = [visitor_name(visit) for visit in others]
    label = f"With {names[0]}" if len(names) == 1 else f"{len(names)} others here"
    with st.container(key="together", width="content"), st.popover(label, icon=":material/group:"):
        st.markdown("On this page with you: " + ", ".join(names))
        st.caption("What one of you changes, everybody sees. Undo takes back only what you changed yourself.")
        st.button("Play for everybody", key="together-play", on_click=play_together, icon=":material/groups:",
                  help="It begins on every screen at the same moment, so that you all feel the same wait")  # fmt: skip
        name = state.shared_store().rater_name(state.rater_id())
        st.text_input("Your name, for the others", name, key="together-name", on_change=save_own_name)


def visitor_name(visit: WorkVisit) -> str:
    """What somebody is called here, as inert text."""
    if visit.rater == state.rater_id():
        return "you, in another tab"
    return theme.inert_label(visit.name) or "somebody without a name"


@defer_problems()
def save_own_name() -> None:
    """Save the name that was typed."""
    state.shared_store().name_rater(state.rater_id(), typed_text("together-name", MAX_RATER_NAME_CHARS))


@defer_problems()
def play_together() -> None:
    """Let everybody who has the work on screen see it play, from the same moment on."""
    kept_talk.keep_note(NoteDraft(work_talk.PLAY, moment=time.time() + PLAY_LEAD_S))


def show_other_change(revealed: bool) -> bool:
    """What another person changed last, with a button that takes it back, drawn; whether there was something.

    Unless `revealed`, only that something was changed: who rates blind must not read which prototype is where.
    """
    change = state.page_state().other_change
    if change is None:
        return False
    told = "; ".join(change.lines[:MAX_TOLD_LINES])
    more = len(change.lines) - MAX_TOLD_LINES
    told += f" and {more} more" if more > 0 else ""
    text = theme.inert_label(f"{change.name or 'Somebody'} · {told if revealed else UNTOLD_TEXT}")
    st.caption(f":material/edit: {text}")
    st.button("Take back", key="together-back", type="tertiary", on_click=take_back_on_screen,
              help="Only this change; you can undo that too")  # fmt: skip
    st.button("Seen", key="together-seen", type="tertiary", on_click=forget_change)
    return True


@defer_problems()
def take_back_on_screen() -> None:
    """Take back what another person changed last. A problem is shown at the next drawing."""
    joining.take_back_change()


def forget_change() -> None:
    """Tell of it no more."""
    here = state.page_state()
    here.other_change, here.turned = None, {}

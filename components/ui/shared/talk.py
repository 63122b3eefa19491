"""Talk: what people say of the work on screen: comments pinned to a moment, dots on what they would take, decisions."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from components.core.explained import Explained
from components.core.layer import pattern_title
from components.core.prototype import Prototype
from components.design import work_talk
from components.design.work_talk import NoteDraft, Thread, WorkNote
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.server.routes import CLOCK_ADDRESS
from components.store.store import MAX_RATER_NAME_CHARS
from components.ui.shared import screen, state, talk_timer, theme
from components.ui.shared.comparison_link import frozen_address, full_address
from components.ui.shared.kept_talk import keep_note, kept_notes, tell_calls
from components.ui.shared.menu import show_menu
from components.ui.shared.problems import defer_problems, tell_unsaid
from components.ui.shared.text_fields import typed_text
from components.ui.shared.work_moments import format_moment

MENU_KEY = "menu-talk"
WHOLE = ""  # the pane of a comment on the whole
PATTERN_SIGN = ":"  # between a pane and its pattern, in the key of what a comment is about
PARTS = ("Comments", "Dots", "Decisions", "Timer")
MAX_SHOWN_THREADS, MAX_SHOWN_PINS, MAX_COMMENT_CHARS, MAX_MOMENT_S = 30, 100, 1000, 600.0
COMMENT_HINT = "Here I thought it had died. @ and a name calls somebody."
EMPTY_COMMENTS = "Nobody has said anything yet. Pin a comment to the second at which you felt it."
EMPTY_DECISIONS = "Nothing is decided yet. A decision keeps the design that it was about."
DECIDED_HELP = "In a tab of its own, as it was when it was decided. What you have on screen stays as it is."
BLIND_DOTS = (
    "Dots come once the names are shown: before, they would sway who rates. Ask for the names below the rating, or "
    "switch Rate blind off."
)
DOTS_LEFT = "{left} of your {each} dots left. Give them to what you would take further."
DOTS_GONE = "All {each} of your dots are given. Take one back to give it to another."


def show(compare: Comparison, revealed: bool, notes: tuple[WorkNote, ...]) -> None:
    """The button with all that was said, drawn. Unless `revealed`, panes are letters, and dots are not told."""
    tell_calls()
    open_threads = sum(not thread.settled for thread in work_talk.comment_threads(notes))
    show_menu(MENU_KEY, "Talk", ":material/forum:", lambda: show_parts(compare, revealed, notes), open_threads)


def show_parts(compare: Comparison, revealed: bool, notes: tuple[WorkNote, ...]) -> None:
    """The control for the kinds of talk, and the chosen one, drawn."""
    part = st.segmented_control(
        "Part", PARTS, default=PARTS[0], key="talk-part", required=True, label_visibility="collapsed"
    )
    if part == PARTS[1]:
        show_dots(compare, notes, revealed)
    elif part == PARTS[2]:
        show_decisions(notes)
    elif part == PARTS[3]:
        talk_timer.show_timer(notes)
    else:
        show_comments(compare, notes, revealed)


def shared_moment(notes: tuple[WorkNote, ...]) -> dict[str, object] | None:
    """The last play for everybody, as the player takes it; None where there was none."""
    last = next((note for note in reversed(notes) if note.kind == work_talk.PLAY), None)
    if last is None or last.moment is None:
        return None
    return {"id": last.id, "at": last.moment * 1000, "clock": CLOCK_ADDRESS}


def moment_pins(compare: Comparison, notes: tuple[WorkNote, ...]) -> list[dict[str, object]]:
    """What was said of moments of the panes on screen and is not settled, as the player takes it."""
    marks = {key: work_talk.pane_mark(prototype) for key, prototype in compare.panes.items()}
    places = {mark: key for key, mark in marks.items()}  # a pane that was moved keeps what was said of it
    firsts = [thread.first for thread in work_talk.comment_threads(notes) if not thread.settled]
    return [
        {"pane": note.pane if marks.get(note.pane) == note.prototype else places[note.prototype],
         "moment": note.moment, "text": note.text,
         "who": "You" if note.rater == state.rater_id() else note.rater_name or "Somebody"}
        for note in firsts[-MAX_SHOWN_PINS:] if note.moment is not None and note.prototype in places
    ]  # fmt: skip


def show_comments(compare: Comparison, notes: tuple[WorkNote, ...], revealed: bool) -> None:
    """The place for a comment, then every thread, the newest first and those that are settled last, drawn."""
    see_own_calls()
    names = subject_labels(compare, revealed)
    with st.form("talk-comment", border=False):
        st.text_area("Comment", key="talk-text", placeholder=COMMENT_HINT, height=72, label_visibility="collapsed")
        left, right = st.columns(2)
        left.selectbox("About", list(names), format_func=names.__getitem__, key="talk-pane")
        right.number_input("At second", 0.0, MAX_MOMENT_S, None, 0.5, key="talk-moment", placeholder="any")
        st.form_submit_button("Say it", on_click=say_comment, type="primary")
    ask_own_name()
    threads = sorted(work_talk.comment_threads(notes), key=lambda thread: (thread.settled, -thread.first.number))
    if not threads:
        st.caption(EMPTY_COMMENTS)
    if len(threads) > MAX_SHOWN_THREADS and not st.checkbox(f"Show all {len(threads)}", key="talk-all"):
        threads = threads[:MAX_SHOWN_THREADS]
    for thread in threads:
        show_thread(thread, pin_words(thread.first, compare, revealed))


def see_own_calls() -> None:
    """Tell this person no more on Home of what calls them here, once they have it before them."""
    here, store, rater = state.page_state(), state.shared_store(), state.rater_id()
    is_read = here.work is not None and MENU_KEY in here.menus and here.menus[MENU_KEY].open
    if here.work is not None and is_read and any(call.work == here.work.id for call in store.open_mentions(rater)):
        store.see_mentions(here.work.id, rater)


def ask_own_name() -> None:
    """A place for one's own name, drawn for who gave none: nobody else can be told from them, or can call them."""
    if not state.shared_store().rater_name(state.rater_id()):
        st.text_input("Your name, for the others", key="talk-name", on_change=save_talk_name)


@defer_problems()
def save_talk_name() -> None:
    """Save the name that was typed."""
    state.shared_store().name_rater(state.rater_id(), typed_text("talk-name", MAX_RATER_NAME_CHARS))


def subject_labels(compare: Comparison, revealed: bool) -> dict[str, str]:
    """What a comment can be about, by its key: the whole, each pane, and each pattern of it where names are shown."""
    labels = {WHOLE: "The whole"}
    for key, prototype in compare.panes.items():  # a select box reads no markdown
        labels[key] = f"{key} {prototype.name}" if revealed else f"Pane {key}"
        for name, title in pattern_choices(prototype) if revealed else ():
            labels[f"{key}{PATTERN_SIGN}{name}"] = f"{key} · {title}"
    return labels


def pattern_choices(prototype: Prototype) -> list[tuple[str, str]]:
    """The class and the title of each pattern that a comment on a prototype can be about."""
    return [(type(layer).__name__, pattern_title(type(layer))) for layer in prototype.layers]


def show_thread(thread: Thread, pinned: str) -> None:
    """One comment with what it is `pinned` to, its replies, a place to reply, and the button that settles it, drawn."""
    first, id = thread.first, thread.first.id
    with st.container(key=f"talk-thread-{id}", gap="xsmall"):
        settled = " · settled" if thread.settled else ""
        st.caption(f"{speaker_name(first)} · {pinned}{format_moment(first.at)}{settled}")
        st.markdown(theme.inert_label(first.text))
        for reply in thread.replies:
            st.caption(f"{speaker_name(reply)}: {theme.inert_label(reply.text)}")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            key = f"talk-reply-{id}"
            st.text_input("Reply", key=key, placeholder="Reply", label_visibility="collapsed", on_change=say_reply,
                          args=(id, key))  # fmt: skip
            label, kind = ("Reopen", work_talk.REOPENED) if thread.settled else ("Settle", work_talk.RESOLVED)
            st.button(
                label, key=f"talk-settle-{id}", type="tertiary", on_click=keep_note, args=(NoteDraft(kind, about=id),)
            )


def show_dots(compare: Comparison, notes: tuple[WorkNote, ...], revealed: bool) -> None:
    """How many dots each pane has, with the buttons that give one and take it back, drawn."""
    if not revealed:
        st.caption(BLIND_DOTS)
        return
    given = work_talk.given_dots(work_talk.notes_of_panes(notes, compare.prototypes))
    own = given.get(state.rater_id(), {})
    left = work_talk.DOTS_EACH - sum(own.values())
    st.caption((DOTS_LEFT if left else DOTS_GONE).format(left=left, each=work_talk.DOTS_EACH))
    for key, prototype in compare.panes.items():
        mark = work_talk.pane_mark(prototype)
        total = sum(person.get(mark, 0) for person in given.values())
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"talk-dots-{key}"):
            st.markdown(f"**{key}** {theme.inert_label(prototype.name)}")
            st.markdown(f"{'●' * own.get(mark, 0)} {total} in all", width="content")
            with st.container(horizontal=True, width="content", gap="xsmall"):  # on a phone they wrap together
                for label, kind, off in (
                    ("Take back", work_talk.DOT_BACK, not own.get(mark)), ("Give a dot", work_talk.DOT, not left),
                ):  # fmt: skip
                    st.button(label, key=f"talk-{kind}-{key}", disabled=off, on_click=keep_note,
                              args=(NoteDraft(kind, pane=key, prototype=mark),))  # fmt: skip


def show_decisions(notes: tuple[WorkNote, ...]) -> None:
    """The place for a decision, then every one with the state that it was about, drawn."""
    with st.form("talk-decision", border=False):
        st.text_input("We decided", key="talk-decided", placeholder="B ships, because …")
        st.form_submit_button("Keep it", on_click=say_decision, type="primary")
    decisions = work_talk.made_decisions(notes)
    if not decisions:
        st.caption(EMPTY_DECISIONS)
    for note in decisions:
        with st.container(key=f"talk-decision-{note.id}", gap="xsmall"):
            st.markdown(theme.inert_label(note.text))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{speaker_name(note)} · {format_moment(note.at)}")
                if address := decided_address(note):
                    st.link_button("Show it as it was", address, type="tertiary", help=DECIDED_HELP)


def decided_address(note: WorkNote) -> str:
    """The address that shows the state that a decision was about, for ever; "" where a part of it is not kept."""
    with suppress(Explained):
        found = screen.kept_comparison(note.step)
        return full_address("compare", frozen_address(found)) if found else ""
    return ""


def speaker_name(note: WorkNote) -> str:
    """Who said it, as inert text."""
    return "You" if note.rater == state.rater_id() else theme.inert_label(note.rater_name) or "Somebody"


def pin_words(note: WorkNote, compare: Comparison, revealed: bool) -> str:
    """What a comment is pinned to, with a dot after it; "" for the whole. Unless `revealed`, no pattern is told."""
    parts = [note.pane, "" if note.moment is None else f"{note.moment:g} s"]
    told = " at ".join(part for part in parts if part)
    here = next((one for one in compare.prototypes if work_talk.pane_mark(one) == note.prototype), None)
    pattern = work_talk.pattern_words(note, pattern_names(here) if here else None) if revealed else ""
    told = " · ".join(part for part in (told, pattern) if part)
    return f"{theme.inert_label(told)} · " if told else ""


def pattern_names(prototype: Prototype) -> frozenset[str]:
    """The classes of the patterns that a prototype has."""
    return frozenset(type(layer).__name__ for layer in prototype.layers)


@defer_problems()
def say_comment() -> None:
    """Keep the comment that was typed. A problem is shown at the next drawing."""
    text, subject = typed_text("talk-text", MAX_COMMENT_CHARS), str(state.read_widget("talk-pane") or "")
    pane, _, pattern = subject.partition(PATTERN_SIGN)
    say_of_pane(text, pane, state.read_widget("talk-moment"), pattern)
    empty_box("talk-text")


def say_once(draft: NoteDraft) -> None:
    """Keep what is said, unless it is what this person said last: a button that was pressed twice sends it twice."""
    own = [note for note in kept_notes() if note.rater == state.rater_id()]
    said = ("kind", "text", "about", "pane", "prototype", "pattern", "moment")
    if not own or any(getattr(own[-1], name) != getattr(draft, name) for name in said):
        keep_note(draft)


def empty_box(key: str) -> None:
    """Empty a box whose text was kept; where that failed, it stays."""
    if state.page_state().problem is None:
        state.set_widget(key, "")


def say_pinned(report: Mapping[str, Any]) -> None:
    """Keep a comment that was said below the panes. LookupError, TypeError or ValueError where it is none."""
    text = str(report["text"]).strip()[:MAX_COMMENT_CHARS]
    pattern = str(report["pattern"]) if report["pattern"] in ALL_PATTERNS else ""
    say_of_pane(text, str(report["pane"]), report["moment"], pattern)
    tell_unsaid(f"Not said: {text}")  # the box below the panes is empty by then


def say_of_pane(text: str, pane: str, moment: object, pattern: str = "") -> None:
    """Keep a comment on a pane or a pattern of it, or on the whole where none is named, at a moment where one is
    given.
    """
    history = state.page_state().history
    if not text or history is None:
        return
    prototype = history.current.panes.get(pane)
    at = min(MAX_MOMENT_S, max(0.0, float(moment))) if isinstance(moment, int | float) and moment == moment else None
    pinned = {"pane": pane, "prototype": work_talk.pane_mark(prototype), "pattern": pattern} if prototype else {}
    say_once(NoteDraft(work_talk.COMMENT, text, moment=at, **pinned))


@defer_problems()
def say_reply(thread: str, key: str) -> None:
    """Keep the reply that was typed. A problem is shown at the next drawing."""
    if text := typed_text(key, MAX_COMMENT_CHARS):
        say_once(NoteDraft(work_talk.COMMENT, text, about=thread))
        empty_box(key)


@defer_problems()
def say_decision() -> None:
    """Keep the decision that was typed. A problem is shown at the next drawing."""
    if text := typed_text("talk-decided", MAX_COMMENT_CHARS):
        say_once(NoteDraft(work_talk.DECISION, text))
        empty_box("talk-decided")

"""Versions panel: what a prototype was at the moments its designer chose to remember, and what changed since."""

from dataclasses import replace

import streamlit as st

from components.core.prototype import Prototype
from components.design.history import diff_prototypes
from components.layers.compare import Comparison
from components.store import Version
from components.ui.shared import autosave, screen, state, theme
from components.ui.shared.dial_widgets import fresh_key, show_other_turn, widget_value
from components.ui.shared.problems import defer_problems
from components.ui.shared.text_fields import text_box, typed_text, used_text
from components.ui.shared.work_moments import format_moment

MAX_ABOUT_CHARS, MAX_NOTE_CHARS = 600, 200  # characters of a description, and of what a version is worth


def with_description(prototype: Prototype, key: str) -> Prototype:
    """The prototype with the description that stands in its field."""
    typed = widget_value(f"about-{key}", prototype.about)
    return replace(prototype, about=used_text(typed, prototype.about, MAX_ABOUT_CHARS).strip())


def show_description(prototype: Prototype, key: str) -> None:
    """The field for the prototype's description, drawn."""
    text_box(
        "What it is for", prototype.about, key=fresh_key(f"about-{key}"), max_chars=MAX_ABOUT_CHARS, height=68,
        placeholder="Who it helps, and what it should change. It stands in the hand-off.",
    )  # fmt: skip
    show_other_turn(f"about-{key}")


def show(compare: Comparison, key: str) -> None:
    """Remember this one, and the ones that were remembered of it."""
    prototype = compare.panes[key]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("What changed", key="version-note", placeholder="Why this one is worth keeping")
        st.button("Remember this version", on_click=remember_version, args=(key,), key="version-keep")
    versions = state.shared_store().versions(prototype, state.rater_id())
    if not versions:
        st.caption("Remember a version before you try something bold: it stays here, and you can go back to it.")
    for number, version in enumerate(versions):
        show_version(
            compare, key, version, versions[number + 1] if number + 1 < len(versions) else None, len(versions) - number
        )


@defer_problems()
def remember_version(key: str) -> None:
    """Keep the prototype in a pane as it is; it has a work of its own from then on, to which its versions belong."""
    compare = screen.current_comparison()
    prototype = autosave.keep_prototype_work(compare, compare.panes[key])
    screen.replace_prototype(key, prototype)
    state.shared_store().keep_version(prototype, typed_text("version-note", MAX_NOTE_CHARS))
    state.set_widget("version-note", "")


def show_version(compare: Comparison, key: str, version: Version, before: Version | None, number: int) -> None:
    """One version with what it changed and a button to go back to it, drawn."""
    now, then = compare.panes[key], state.shared_store().prototype(version.prototype)
    if then is None:
        return
    then = replace(then, name=version.name, about=version.about, work=now.work)
    with st.container(key=f"version-{version.number}", border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        moment = format_moment(version.at)
        left.markdown(f"**{number}** · {moment}{f' · {theme.inert_label(version.note)}' if version.note else ''}")
        left.caption(version_changes(before, then))
        if then == now:
            right.badge("On screen", color="gray")
        else:
            after = compare.with_prototype(key, then)
            right.button(
                "Go back to it", key=f"back-{version.number}", on_click=screen.change_comparison, args=(after,)
            )
            since = diff_prototypes(then, now)
            left.caption(f"Since then: {theme.inert_label('; '.join(since))}")


def version_changes(before: Version | None, then: Prototype) -> str:
    """What a version changed against the one before, in one line."""
    old = state.shared_store().prototype(before.prototype) if before else None
    if before is None or old is None:
        return theme.inert_label("The first one: " + (then.summary or "the words as they come"))
    lines = diff_prototypes(replace(old, name=before.name, about=before.about), then)
    return theme.inert_label("; ".join(lines) or "Nothing but the note.")

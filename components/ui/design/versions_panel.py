"""Versions panel: what a prototype was at the moments its designer chose to remember, and what changed since."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from components.core.prototype import Prototype
from components.design.history import diff
from components.layers.compare import Compare
from components.store import Version
from components.ui.shared import screen, state, theme
from components.ui.shared.dials import fresh, told
from components.ui.shared.problems import defer_problems

LONGEST = 600  # characters of a description


def described(prototype: Prototype, key: str) -> Prototype:
    """The prototype as its description tells."""
    return replace(prototype, about=told(f"about-{key}", prototype.about).strip())


def describe(prototype: Prototype, key: str) -> None:
    """What it is for, in its designer's words."""
    st.text_area(
        "What it is for", prototype.about, key=fresh(f"about-{key}"), max_chars=LONGEST, height=68,
        placeholder="Who it helps, and what it should change. It stands in the hand-off.",
    )  # fmt: skip


def show(compare: Compare, key: str) -> None:
    """Remember this one, and the ones that were remembered under its name."""
    prototype = compare.panes[key]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("What changed", key="version-note", max_chars=200, placeholder="Why this one is worth keeping")
        st.button("Remember this version", on_click=remember, args=(prototype,), key="version-keep")
    kept = state.store().versions(prototype.name)
    if not kept:
        st.caption("Remember a version before you try something bold: it stays here, and you can go back to it.")
    for number, version in enumerate(kept):
        one(compare, key, version, kept[number + 1] if number + 1 < len(kept) else None, len(kept) - number)


@defer_problems()
def remember(prototype: Prototype) -> None:
    """Keep the prototype as it is."""
    state.store().keep_version(prototype, str(state.widget("version-note") or ""))
    state.put("version-note", "")


def one(compare: Compare, key: str, version: Version, before: Version | None, number: int) -> None:
    """One version: when, why, what changed from the one before, and the way back to it."""
    now, then = compare.panes[key], state.store().prototype(version.prototype)
    if then is None:
        return
    then = replace(then, name=version.name, about=version.about)
    with st.container(key=f"version-{version.number}", border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        moment = datetime.fromisoformat(version.at).strftime("%d %B %Y, %H:%M")
        left.markdown(f"**{number}** · {moment}{f' · {theme.plain(version.note)}' if version.note else ''}")
        left.caption(changes(before, then))
        if then == now:
            right.badge("On screen", color="gray")
        else:
            after = compare.turned(key, then)
            right.button(
                "Go back to it", key=f"back-{version.number}", on_click=screen.change_comparison, args=(after,)
            )
            since = diff(then, now)
            left.caption(f"Since then: {theme.plain('; '.join(since))}")


def changes(before: Version | None, then: Prototype) -> str:
    """What a version changed, in one line."""
    old = state.store().prototype(before.prototype) if before else None
    if before is None or old is None:
        return theme.plain("The first one: " + (then.summary or "no patterns after delivery"))
    lines = diff(replace(old, name=before.name, about=before.about), then)
    return theme.plain("; ".join(lines) or "Nothing but the note.")

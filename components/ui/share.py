"""Share: the comparison on screen as a link, as one file that plays anywhere, and its prototypes as files."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from components.core.exchange import exported, imported
from components.core.explained import Explained
from components.core.prototype import Prototype
from components.layers import KNOWN
from components.report.backing import Backing, backings
from components.report.document import Document
from components.report.handoff import Handoff
from components.report.standalone import standalone
from components.ui import link, player, state, theme
from components.ui.compare import KEYS, NOTHING, Compare


def show(compare: Compare) -> None:
    """The button, and what opens under it."""
    with st.popover("Share", icon=":material/ios_share:"):
        st.caption("The address of this page opens exactly this comparison, for everybody on the same server.")
        name = f"parallax {compare.recording.prompt.text}"
        given("One file that plays anywhere", "html", name, lambda: standalone(player.file(compare), name), "text/html")
        for key, prototype in compare.panes.items():
            st.caption(f"{key} {theme.plain(prototype.name)}")
            with st.container(horizontal=True):
                given("Prototype", "json", prototype.name, partial(exported, prototype), "application/json", key)
                given(
                    "Hand-off",
                    "md",
                    prototype.name,
                    partial(markdown, compare, prototype),
                    "text/markdown",
                    key,
                )
        st.file_uploader("Bring a prototype in", type="json", key="import", on_change=brought, max_upload_size=1)


def given(label: str, ending: str, name: str, make: Callable[[], str], mime: str, key: str = "all") -> None:
    """A download that is made when it is asked for."""
    st.download_button(
        label, lambda: make().encode(), f"{filed(name)}.{ending}", mime, key=f"share-{key}-{ending}",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def spec(compare: Compare, prototype: Prototype) -> Document:
    """The hand-off of one prototype, judged on the answer on screen, unbroken, and by what people said."""
    calm = replace(compare, fault=NOTHING)
    return Handoff(prototype, compare.recording, calm.surroundings, rated(prototype)).document


def markdown(compare: Compare, prototype: Prototype) -> str:
    """The hand-off in Markdown."""
    return spec(compare, prototype).markdown()


def rated(prototype: Prototype) -> tuple[Backing, ...]:
    """What people said about it, as the results page says it."""
    try:
        kept = state.store()
        return backings(prototype.id, kept.comparisons(), kept.frame)
    except Explained as problem:
        return (Backing("What people said cannot be read", "", (problem.what,), ()),)


def brought() -> None:
    """Put the prototype of a file into a pane of its own, or into the last one where there is no room."""
    file = state.widget("import")
    if file is None:
        return
    try:
        prototype = imported(file.getvalue(), KNOWN)  # type: ignore[attr-defined]
    except Explained as problem:
        state.state().problem = problem
        return
    compare = link.current()
    full = len(compare.panes) == len(KEYS)
    link.change(compare.turned(KEYS[-1], prototype) if full else compare.plus(prototype))


def filed(name: str) -> str:
    """A name that every computer takes for a file."""
    return re.sub(r"\W+", "-", name).strip("-")[:60] or "parallax"

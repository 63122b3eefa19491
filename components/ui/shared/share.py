"""Share: the comparison on screen as a link, as one file that plays anywhere, and its prototypes as files."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from components.core.comparison import KEYS
from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design.exchange import exported, imported, schema
from components.layers import KNOWN
from components.layers.compare import NOTHING, Compare
from components.report.document import Document
from components.report.handoff.program import Program
from components.report.handoff.specification import Handoff
from components.report.pdf import pdf
from components.report.results.study_backing import Backing, backings
from components.report.standalone import standalone
from components.ui.shared import player, screen, state, theme
from components.ui.shared.problems import defer_problems


def show(compare: Compare) -> None:
    """The button, and what opens under it."""
    with st.popover("Share", icon=":material/ios_share:"):
        st.caption("The address of this page opens exactly this comparison, for everybody on the same server.")
        name = f"parallax {compare.recording.prompt.text}"
        given("One file that plays anywhere", "html", name, lambda: standalone(player.file(compare), name), "text/html")
        handoffs(compare)
        st.file_uploader("Bring a prototype in", type="json", key="import", on_change=brought, max_upload_size=1)


@st.fragment
def handoffs(compare: Compare) -> None:
    """One prototype as files: for engineers, and for another Parallax."""
    keys = list(compare.panes)
    with st.container(key="share-handoff"):
        chosen = st.segmented_control("Hand off", keys, default=keys[0], required=True, key="share-pane")
        prototype = compare.panes.get(str(chosen), compare.panes[keys[0]])
        st.caption(f"**{theme.plain(prototype.name)}** as a specification, as code that runs, and as a file to keep.")
        with st.container(horizontal=True, gap="xsmall"):
            for label, ending, mime, make in FILES:
                given(label, ending, prototype.name, partial(make, compare, prototype), mime)


def given(label: str, ending: str, name: str, make: Callable[[], str | bytes], mime: str) -> None:
    """A download that is made when it is asked for."""

    def made() -> bytes:
        content = make()
        return content if isinstance(content, bytes) else content.encode()

    key = f"share-{ending.removesuffix('.zip')}"
    st.download_button(
        label, made, f"{filed(name)}.{ending}", mime, key=key, icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def spec(compare: Compare, prototype: Prototype) -> Document:
    """The hand-off of one prototype, judged on the answer on screen, unbroken, and by what people said."""
    calm = replace(compare, fault=NOTHING)
    return Handoff(prototype, compare.recording, calm.surroundings, rated(prototype)).document


def rated(prototype: Prototype) -> tuple[Backing, ...]:
    """What people said about it, as the results page says it."""
    try:
        kept = state.store()
        return backings(prototype.id, kept.comparisons(), kept.frame)
    except Explained as problem:
        return (Backing("What people said cannot be read", "", (problem.what,), ()),)


FILES: tuple[tuple[str, str, str, Callable[[Compare, Prototype], str | bytes]], ...] = (
    ("PDF", "pdf", "application/pdf", lambda compare, prototype: pdf(spec(compare, prototype))),
    ("Markdown", "md", "text/markdown", lambda compare, prototype: spec(compare, prototype).markdown()),
    ("Python", "py.zip", "application/zip", lambda _, prototype: Program(prototype).archive("py")),
    ("TypeScript", "ts.zip", "application/zip", lambda _, prototype: Program(prototype).archive("ts")),
    ("Prototype", "json", "application/json", lambda _, prototype: exported(prototype)),
    ("Its schema", "schema.json", "application/schema+json", lambda *_: json.dumps(schema(KNOWN), indent=2)),
)


@defer_problems()
def brought() -> None:
    """Put the prototype of a file into a pane of its own, or into the last one where there is no room."""
    file = state.widget("import")
    if file is None:
        return
    prototype = imported(file.getvalue(), KNOWN)  # type: ignore[attr-defined]
    compare = screen.current_comparison()
    full = len(compare.panes) == len(KEYS)
    screen.change_comparison(compare.turned(KEYS[-1], prototype) if full else compare.plus(prototype))


def filed(name: str) -> str:
    """A name that every computer takes for a file."""
    return re.sub(r"\W+", "-", name).strip("-")[:60] or "parallax"

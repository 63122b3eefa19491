"""Share: the comparison on screen as a link, as one file that plays anywhere, and its prototypes as files."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from components.core.comparison import PANE_KEYS
from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design import work_talk
from components.design.exchange import export_prototype, import_prototype, prototype_schema
from components.layers import ALL_PATTERNS
from components.layers.compare import NO_FAULT, Comparison
from components.report.document import Document
from components.report.handoff.program import program_for_any_model
from components.report.handoff.specification import Handoff
from components.report.pdf import make_pdf
from components.report.results.study_backing import Backing, backings_for
from components.report.standalone import standalone_page
from components.store.works import PROTOTYPE
from components.ui.shared import autosave, kept_talk, player, screen, state, talk, theme
from components.ui.shared.comparison_link import frozen_address, full_address
from components.ui.shared.downloads import file_stem, show_download
from components.ui.shared.menu import show_menu
from components.ui.shared.problems import defer_problems, page_part


def show(compare: Comparison, revealed: bool = True) -> None:
    """The button Share and what opens under it, drawn; unless `revealed`, prototypes are called by their panes."""
    show_menu("menu-share", "Share", ":material/ios_share:", lambda: show_ways(compare, revealed))


def show_ways(compare: Comparison, revealed: bool) -> None:
    """The links, the files, and the place for a prototype that is brought in, drawn."""
    show_both_links(compare)
    name = f"parallax {compare.recording.prompt.text}"
    show_download(
        "One file that plays anywhere", lambda: standalone_page(player.standalone_data(compare), name),
        f"{file_stem(name)}.html", "text/html", key="share-html",
    )  # fmt: skip
    show_handoffs(compare, revealed)
    st.file_uploader("Bring a prototype in", type="json", key="import", on_change=bring_prototype, max_upload_size=1)


def show_both_links(compare: Comparison) -> None:
    """The two links to what is on screen, each with what it opens and a way to copy it, drawn."""
    work = state.page_state().work
    with st.container(key="share-links", gap="xsmall"):
        st.markdown("**Living link**")
        if work:
            st.caption("Opens it as it is then, with every later change. Who has it can change it too.")
            st.code(
                full_address("design" if work.kind == PROTOTYPE else "compare", {"work": work.id}),
                language=None,
                wrap_lines=True,
            )
        else:
            st.caption("There is one as soon as you change something, or give it a name.")
        st.markdown("**Frozen link**")
        st.caption("Opens exactly what is on screen now, for ever. Who changes something there makes a copy.")
        st.code(full_address("compare", frozen_address(compare)), language=None, wrap_lines=True)


@page_part()
def show_handoffs(compare: Comparison, revealed: bool = True) -> None:
    """One prototype as files: for engineers, and for another Parallax."""
    keys, designed = list(compare.panes), state.page_state().design
    first = designed if designed in keys else keys[0]
    with st.container(key="share-handoff"):
        chosen = st.segmented_control(
            "Which pane is handed off?",
            keys,
            default=first,
            required=True,
            key="share-pane",
        )
        prototype = compare.panes.get(str(chosen), compare.panes[keys[0]])
        name = theme.inert_label(prototype.name) if revealed else f"Pane {chosen}"
        st.caption(f"**{name}** as a specification, as code that runs, and as a file to keep.")
        with st.container(horizontal=True, gap="xsmall"):
            for label, ending, mime, make in HANDOFF_FILES:
                key = f"share-{ending.removesuffix('.zip')}"
                show_download(
                    label, partial(make, compare, prototype), f"{file_stem(prototype.name)}.{ending}", mime, key=key
                )


def make_specification(compare: Comparison, prototype: Prototype) -> Document:
    """The hand-off of one prototype, judged on the answer on screen, unbroken, and by what people said."""
    calm = replace(compare, fault=NO_FAULT)
    backings = prototype_backings(prototype)
    *further, recording = compare.recordings_for_prototype(prototype)
    chosen = state.page_state().chosen.get(prototype.id, ())
    notes = work_talk.notes_of_panes(kept_talk.kept_notes(), compare.prototypes)
    said = work_talk.talk_lines(notes, work_talk.pane_mark(prototype), talk.pattern_names(prototype))
    return Handoff(prototype, recording, calm.surroundings, backings, tuple(further), chosen, said).document


def prototype_backings(prototype: Prototype) -> tuple[Backing, ...]:
    """What each comparison with the prototype shows; one that says so where the store cannot be read."""
    try:
        store = state.shared_store()
        return backings_for(prototype.id, store.comparisons(), store.frame)
    except Explained as problem:
        return (Backing("What people said cannot be read", "", (problem.what,), ()),)


HANDOFF_FILES: tuple[tuple[str, str, str, Callable[[Comparison, Prototype], str | bytes]], ...] = (
    ("PDF", "pdf", "application/pdf", lambda compare, prototype: make_pdf(make_specification(compare, prototype))),
    ("Markdown", "md", "text/markdown", lambda compare, prototype: make_specification(compare, prototype).markdown()),
    ("Python", "py.zip", "application/zip", lambda _, prototype: program_for_any_model(prototype).archive("py")),
    ("TypeScript", "ts.zip", "application/zip", lambda _, prototype: program_for_any_model(prototype).archive("ts")),
    ("Prototype", "json", "application/json", lambda _, prototype: export_prototype(prototype)),
    (
        "Format of that file",
        "schema.json",
        "application/schema+json",
        lambda *_: json.dumps(prototype_schema(ALL_PATTERNS), indent=2),
    ),
)


@defer_problems()
def bring_prototype() -> None:
    """Keep the prototype in the uploaded file as a work; put it into a pane of its own where there is room.

    Where there is none, it is said that it is kept, and in whose place it can be put.
    """
    file = state.read_widget("import")
    if file is None:
        return
    compare = screen.current_comparison()
    imported = import_prototype(file.getvalue(), ALL_PATTERNS)  # type: ignore[attr-defined]
    prototype = autosave.keep_prototype_work(compare, imported)
    if len(compare.panes) == len(PANE_KEYS):
        state.page_state().brought = prototype
    else:
        screen.change_comparison(compare.with_added(prototype))

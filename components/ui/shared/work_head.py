"""Work head: what is on screen, by name; since when it is saved, whose it is; and undo, redo and a copy."""

import streamlit as st

from components.design.work_talk import WorkNote
from components.layers.compare import Comparison
from components.store.works import MAX_WORK_NAME_CHARS
from components.ui.shared import autosave, panes_menu, screen, share, state, talk, theme, together, work_history
from components.ui.shared.problems import defer_problems
from components.ui.shared.text_fields import typed_text
from components.ui.shared.work_moments import format_moment

FROZEN_TEXT = "A frozen link: it stays as it is. Change something, and a copy of your own is made."
DELETED_TEXT = "This was deleted: it is on nobody's Home any more. Its link still opens it."
UNSAVED_TEXT = "Nothing is changed yet. At the first change it saves itself, and is on Home."


def show(compare: Comparison, revealed: bool, notes: tuple[WorkNote, ...] = ()) -> None:
    """The name and the line that says whether it is saved, then what can be done with the whole, drawn.

    Unless `revealed`, nothing in it tells which prototype is in which pane. `notes`: what was said of the work.
    """
    with st.container(key="head-name", gap=None):
        show_name()
        show_saved(revealed)
        panes_menu.show_brought(compare)
    with st.container(key="head-acts", horizontal=True, width="content", gap="xsmall"):
        together.show()
        show_undo()
        panes_menu.show(compare, revealed)
        talk.show(compare, revealed, notes)
        share.show(compare, revealed)


def show_name() -> None:
    """The name, which can be written over, drawn."""
    work = state.page_state().work
    key = f"work-name-{work.id if work else 'new'}"
    st.text_input(
        "Name of this comparison", work.name if work else "", key=key,
        on_change=rename_on_screen, args=(key,), placeholder="Untitled comparison", label_visibility="collapsed",
    )  # fmt: skip


def show_saved(revealed: bool) -> None:
    """The line that says whether what is on screen is saved, whose it is, and what others changed, drawn."""
    here = state.page_state()
    with st.container(key="work-saved", horizontal=True, vertical_alignment="center", gap="xsmall"):
        if here.unsaved:
            st.caption(f":material/error: Not saved. {theme.inert_label(here.unsaved.what)}")
        elif here.work and here.work.deleted:
            st.caption(f":material/delete: {DELETED_TEXT}")
            st.button("Bring it back", on_click=bring_back_on_screen, key="work-bring-back", type="tertiary")
        elif here.work and not together.show_other_change(revealed):
            st.caption(saved_text(here.work))
        elif here.work is None:
            st.caption(FROZEN_TEXT if here.entry else UNSAVED_TEXT)
        work_history.show()
        if here.work is None and here.entry:
            st.button("Save a copy", on_click=save_copy_on_screen, key="work-copy", type="tertiary")


def saved_text(work: state.OpenWork) -> str:
    """Since when a work is saved, and whose it is where it is another person's."""
    whose = ""
    if work.owner != state.rater_id():
        owner = theme.inert_label(state.shared_store().rater_name(work.owner)) or "somebody on your team"
        whose = f" · It belongs to {owner}; what you change, everybody with its link sees."
    return f":material/check: Saved in “{theme.inert_label(work.name)}” · {format_moment(work.saved)}{whose}"


@defer_problems()
def rename_on_screen(key: str) -> None:
    """Give the work on screen the name that was typed; what was no work yet becomes one."""
    name, here = typed_text(key, MAX_WORK_NAME_CHARS), state.page_state()
    if not name or here.history is None:
        state.set_widget(key, here.work.name if here.work else "")
        return
    if here.work is None:
        here.work, here.history = autosave.begin_work(here.history, name)
    else:
        state.shared_store().rename_work(here.work.id, name)
    shown = state.shared_store().work(here.work.id, state.rater_id())
    here.work.name = shown.name if shown else name


@defer_problems()
def bring_back_on_screen() -> None:
    """Put the deleted work that is on screen back on Home."""
    here = state.page_state()
    if here.work:
        state.shared_store().restore_work(here.work.id)
        here.work.deleted = False


@defer_problems()
def save_copy_on_screen() -> None:
    """Keep what is on screen as a work of one's own."""
    autosave.save_copy()


def show_undo() -> None:
    """The buttons that take the last change back and make it again, drawn."""
    back, forward = screen.undo_choices()
    show_icon_button("undo", "Undo", undo_on_screen, not back, "Mod+Z")
    show_icon_button("redo", "Redo", screen.redo_change, not forward, "Mod+Shift+Z")


@defer_problems()
def undo_on_screen() -> None:
    """Take the last change back. A problem is shown at the next drawing."""
    screen.undo_change()


def show_icon_button(name: str, words: str, act: object, disabled: bool, shortcut: str | None = None) -> None:
    """A button with a picture, told in words to who hovers or hears."""
    st.button(
        words, icon=f":material/{name}:", help=words, on_click=act, disabled=disabled,  # type: ignore[arg-type]
        key=f"design-act-{name}", shortcut=shortcut,
    )  # fmt: skip

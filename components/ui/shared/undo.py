"""Undo: one step back and one forward through the comparisons that were on screen."""

from components.design.history import History
from components.layers.compare import Comparison
from components.ui.shared import state


def undo_change() -> None:
    """Put the comparison before the last change on screen."""
    here = state.page_state()
    if here.history:
        put_history(here.history.back)


def redo_change() -> None:
    """Put the comparison before the last undo on screen."""
    here = state.page_state()
    if here.history:
        put_history(here.history.forward)


def put_history(history: History[Comparison], dialled: bool = False) -> None:
    """Another history; dials are drawn anew where it shows other prototypes than they do."""
    here = state.page_state()
    before, after = here.history and here.history.current, history.current
    same = before and (before.prototypes, before.own) == (after.prototypes, after.own)
    here.afresh += not (dialled or same)
    here.history = history

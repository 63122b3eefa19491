"""Pattern cards: every pattern as a card that plays, and a way to try it in a pane."""

import streamlit as st

from components.core.comparison import PANE_KEYS
from components.core.layer import Layer, pattern_title
from components.core.prototype import Prototype
from components.design.lint import cure_all
from components.layers import ALL_PATTERNS
from components.ui.shared import play_cards, screen, state
from components.ui.shared.problems import defer_problems

CATALOGUE_KEY = "catalogue"


def show() -> None:
    """The page: what a pattern is, then all of them."""
    st.title("Catalogue")
    st.caption(
        "Every pattern that can be put around an answer. Each card plays the beginning of an answer that was written "
        "for it, slowed down so that the pattern shows, then rests on its end. The evidence says what studies found, "
        "and where they found nothing."
    )
    play_cards.show_cards(CATALOGUE_KEY, [play_cards.pattern_card(name) for name in ALL_PATTERNS], try_pattern)
    if state.page_state().leaving:
        state.page_state().leaving = False
        st.switch_page("pages/compare.py")


@defer_problems()
def try_pattern() -> None:
    """Put the pattern whose button was pressed into a pane of its own, and go there; nothing else changes.

    Where four panes are there already, Compare asks in whose place it shall be put.
    """
    kind = ALL_PATTERNS.get(play_cards.picked_card(CATALOGUE_KEY))
    if kind is None:
        return
    here, compare = state.page_state(), screen.current_comparison()
    prototype = tried_prototype(kind)
    if len(compare.panes) < len(PANE_KEYS):
        changed = compare.with_added(prototype)
        screen.change_comparison(changed)
        st.toast(f"It stands in pane {list(changed.panes)[-1]}. {when_seen(kind)}")
    else:
        here.brought = prototype
        st.toast("Four panes are on screen. At the top of this page, say in whose place it shall be.")
    here.leaving = True


def tried_prototype(kind: type[Layer]) -> Prototype:
    """A prototype of this pattern as its card shows it, with what a prototype needs besides."""
    return cure_all(Prototype(f"{pattern_title(kind)}, tried", (kind(**kind.example.dials),)), ALL_PATTERNS)


def when_seen(kind: type[Layer]) -> str:
    """When a pattern shows, in a sentence, where it does not at every answer."""
    if not kind.example.fault:
        return "Press Play to see it."
    return "It shows when an answer breaks: open Change, and choose what breaks."

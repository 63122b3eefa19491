"""Pattern picker: every pattern as a small card that plays, to be added to the prototype or taken away."""

import streamlit as st

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.ui.shared import play_cards, screen, state
from components.ui.shared.problems import defer_problems, show_problems

PICKER_KEY = "picker"
ADD_LABEL, REMOVE_LABEL = "Add", "Take away"


def show() -> None:
    """The button that opens the patterns, drawn."""
    if st.button("Patterns", icon=":material/grid_view:", key="patterns"):
        open_patterns()


@st.dialog("Patterns", width="large")
@show_problems()
def open_patterns() -> None:
    """The dialog with all patterns, drawn only while it is open; it stays open, so that several can be added."""
    here = state.page_state()
    st.caption(f"What is added to {here.design} takes the place of what would do the same job.")
    prototype = screen.current_comparison().panes[here.design]
    held = {type(layer).__name__ for layer in prototype.layers}
    cards = [
        {**play_cards.pattern_card(kind), "action": REMOVE_LABEL if kind in held else ADD_LABEL}
        for kind, pattern in ALL_PATTERNS.items()
        if not pattern.for_all_panes
    ]
    small = [{**card, "evidence": [], "dials": [], "moves": []} for card in cards]
    play_cards.show_cards(PICKER_KEY, small, toggle_pattern, small=True)
    if st.button("Done", key="picker-done", type="primary"):
        st.rerun()


@defer_problems()
def toggle_pattern() -> None:
    """Add the pattern whose card was pressed to the prototype that is designed, or take it away."""
    kind, here = ALL_PATTERNS.get(play_cards.picked_card(PICKER_KEY)), state.page_state()
    if kind is None:
        return
    compare = screen.current_comparison()
    screen.change_comparison(compare.with_prototype(here.design, with_toggled(compare.panes[here.design], kind)))


def with_toggled(prototype: Prototype, kind: type[Layer]) -> Prototype:
    """The prototype without this pattern where it has it, else with it in the place of what does the same job."""
    others = [layer for layer in prototype.layers if type(layer) is not kind]
    if len(others) < len(prototype.layers):
        return prototype.with_layers(others)
    kept = [layer for layer in others if not ((layer.releases and kind.releases) or (layer.waits and kind.waits))]
    return prototype.with_layers((*kept, kind()))

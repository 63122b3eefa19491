"""Menu: a button under which a part of the page opens, which is drawn once it was opened."""

from collections.abc import Callable

import streamlit as st

from components.ui.shared import state
from components.ui.shared.problems import page_part


def show_menu(key: str, label: str, icon: str, draw: Callable[[], None], count: int = 0) -> None:
    """The button with this label, how much is in it, and what `draw` draws under it from its first opening on.

    `count` stands beside it, since another label would be another button, and shut.
    """
    with st.container(key=f"place-{key}", horizontal=True, width="content", vertical_alignment="center", gap="xxsmall"):
        show_menu_button(key, label, icon, draw)
        if count:
            st.badge(str(count), color="gray")


@page_part()
def show_menu_button(key: str, label: str, icon: str, draw: Callable[[], None]) -> None:
    """The button and what is under it. Opening and shutting it draws nothing else, so that what is typed there stays;
    whatever is pressed in it draws the page.
    """
    here = state.page_state()
    before = here.menus.get(key, state.ShownMenu())
    menu = st.popover(label, icon=icon, key=key, on_change="rerun")
    now = state.ShownMenu(bool(menu.open), here.drawings)
    if now == before:  # neither drawn with the page nor opened or shut: something in it was pressed
        del here.menus[key]
        st.rerun()
    here.menus[key] = now
    here.opened.update([key] if menu.open else [])
    if key in here.opened:
        with menu:
            draw()


def close_menu(key: str) -> None:
    """Shut a menu after a press in it, so that what the press changed is in sight. The page is drawn as after any."""
    here = state.page_state()
    state.set_widget(key, False)
    here.menus[key] = state.ShownMenu(False, here.drawings)

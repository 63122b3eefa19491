"""Hold: on every page, a press waits until the server has read what was typed just before it."""

import streamlit as st

from components.core.folders import PROJECT_ROOT

HOLD_SCRIPT = (PROJECT_ROOT / "assets" / "player" / "page" / "hold.js").read_text()
hold_component = st.components.v2.component("parallax_hold", js=HOLD_SCRIPT)


def mount_hold() -> None:
    """Put it on the page; nothing is seen of it."""
    with st.container(key="frame-hold"):
        hold_component(key="hold")

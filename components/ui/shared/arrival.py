"""Arrival: on every page, the address that it is given as it is come to takes the place of the one that led to it."""

import streamlit as st

from components.core.folders import PROJECT_ROOT

ARRIVAL_SCRIPT = (PROJECT_ROOT / "assets" / "player" / "page" / "arrival.js").read_text()
arrival_component = st.components.v2.component("parallax_arrival", js=ARRIVAL_SCRIPT)


def mount_arrival() -> None:
    """Put it on the page; nothing is seen of it."""
    with st.container(key="frame-arrival"):
        arrival_component(key="arrival")

"""Outage: on every page, a line that says that the server does not answer, and that it does again."""

import streamlit as st

from components.core.folders import PROJECT_ROOT

OUTAGE_SCRIPT = (PROJECT_ROOT / "assets" / "player" / "page" / "outage.js").read_text()
OUTAGE_TEXTS = {
    "away": "Parallax is not answering. What was saved is kept, and this page goes on by itself once it answers.",
    "here": "If it runs on this computer, see whether it was closed.",
    "offline": "This device is offline. What was saved is kept, and this page goes on by itself once it is online.",
    "ended": "This page has lost Parallax. What was saved is kept. Load the page again.",
    "back": "Parallax answers again.",
}
outage_component = st.components.v2.component("parallax_outage", js=OUTAGE_SCRIPT, isolate_styles=False)


def mount_outage() -> None:
    """Put it on the page; nothing is seen of it while the server answers."""
    with st.container(key="frame-outage"):
        outage_component(key="outage", data=OUTAGE_TEXTS)

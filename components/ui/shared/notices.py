"""Notices: on every page, what Streamlit itself tells a person, put right; most of all that there is no server."""

import streamlit as st

from components.core.folders import PROJECT_ROOT

NOTICES_SCRIPT = (PROJECT_ROOT / "assets" / "player" / "page" / "notices.js").read_text()
OUTAGE_TEXTS = {
    "away": "Parallax is not answering. What was saved is kept, and this page goes on by itself once it answers.",
    "here": "If it runs on this computer, see whether it was closed.",
    "offline": "This device is offline. What was saved is kept, and this page goes on by itself once it is online.",
    "ended": "This page has lost Parallax. What was saved is kept. Load the page again.",
    "back": "Parallax answers again.",
}
notices_component = st.components.v2.component("parallax_notices", js=NOTICES_SCRIPT, isolate_styles=False)


def mount_notices() -> None:
    """Put it on the page; nothing is seen of it while the server answers."""
    with st.container(key="frame-notices"):
        notices_component(key="notices", data=OUTAGE_TEXTS)

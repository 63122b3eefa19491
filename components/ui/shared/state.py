"""State: what one open page remembers, in one typed object, and what it shares with the server."""

import re
import secrets
from dataclasses import dataclass, field

import streamlit as st

from components.core.explained import Explained
from components.design.history import History
from components.layers.compare import Comparison
from components.models.written.script_table import Pairs
from components.server.app_context import app_context
from components.server.rater_cookie import RATER_COOKIE, RATER_ID_PATTERN
from components.store import Store


@dataclass
class PageState:
    """One session of one browser tab. `shown` holds what was on screen lately, by id: reports may come late."""

    history: History[Comparison] | None = None
    afresh: int = 0  # counts changes that no dial made: dials drawn before them are stale
    open: str = ""  # the pane whose dials are open, or "weather"
    shown: dict[str, Comparison] = field(default_factory=dict)
    revealed: set[str] = field(default_factory=set)  # answers whose clock and names this person has had on screen
    blind: bool = True  # this person rates before names and seconds are shown
    live: bool = False  # the panes show an answer that is still being made
    follow: bool = False  # the preview shows what is designed, the rest of the page not yet
    design: str = ""  # the pane that is being designed
    away: tuple[str, ...] = ()  # the recordings that were put away last, so that they can be taken back
    marked: tuple[str, ...] = ()  # the recordings that were checked here, the last one last
    away_model: str = ""
    script: Pairs = (("", ""),)  # the script that is being written, as it was brought in
    scripts: int = 0  # counts how often one was brought in
    model: str = ""  # the wired model that answers live; "" for the one that Parallax starts with
    leaving: bool = False  # for Compare, once the page is drawn
    token: str = ""
    token_of: str = ""
    problem: Explained | None = None  # went wrong in a callback, not yet shown
    rater: str = ""  # the anonymous id of who looks


def page_state() -> PageState:
    """What this session's page remembers."""
    if "parallax" not in st.session_state:
        st.session_state["parallax"] = PageState()
    page: PageState = st.session_state["parallax"]
    return page


def read_widget(key: str) -> object:
    """The value in the widget with this key; None where it was never drawn."""
    return st.session_state.get(key)


def set_widget(key: str, value: object) -> None:
    """Set a widget's value before it is drawn."""
    st.session_state[key] = value


def shared_store() -> Store:
    """The store of ratings and recordings. Explained where it cannot be opened."""
    return app_context().store


def rater_id() -> str:
    """The browser's anonymous id; a tab without cookies has one of its own.

    Remembered, because while a connection drops and comes back there are no cookies to read.
    """
    here, id = page_state(), str(st.context.cookies.get(RATER_COOKIE, ""))
    if re.fullmatch(RATER_ID_PATTERN, id):
        here.rater = id
    here.rater = here.rater or secrets.token_urlsafe(18)
    return here.rater

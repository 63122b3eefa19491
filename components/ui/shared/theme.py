"""Theme: the look of every page, and the navigation."""

import re
from typing import TYPE_CHECKING

import streamlit as st

from components.core.folders import PROJECT_ROOT

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

ASSETS_FOLDER = PROJECT_ROOT / "assets"
MARKDOWN_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
BLANKS = re.compile(r"[ \t-\r\x85\u2028\u2029]+")  # no-break spaces stay
UNSEEN_JOINER = "\u2060"
# Between these letters: http and its colon, www and its dot, a name and its @, an arrow's two signs, :streamlit:
LATE_SIGNS = re.compile(
    r"(?i)(?<=https)(?=:)|(?<=http)(?=:)|(?<=www)(?=\.)|(?=@)|(?<=[-<>~])(?=[->=])|(?<=:)(?=streamlit:)"
)


def apply_theme(panel: bool) -> None:
    """The frame around every page; `panel` says whether its side panel is open."""
    st.set_page_config(
        "Parallax",
        page_icon=str(ASSETS_FOLDER / "icons" / "favicon.png"),
        layout="wide",
        initial_sidebar_state="expanded" if panel else "collapsed",  # on a phone, "auto" would hide it
    )
    st.logo(str(ASSETS_FOLDER / "icons" / "mark.svg"), size="large")
    style = ASSETS_FOLDER / "dist" / "app.css"
    if style.exists():
        st.html(style)


def page_navigation() -> "StreamlitPage":
    """The navigation at the top; Home comes first."""
    return st.navigation(
        [
            st.Page(PROJECT_ROOT / "pages" / "home.py", title="Home", default=True),
            st.Page(PROJECT_ROOT / "pages" / "compare.py", title="Compare", url_path="compare"),
            st.Page(PROJECT_ROOT / "pages" / "design.py", title="Design", url_path="design"),
            st.Page(PROJECT_ROOT / "pages" / "scenarios.py", title="Scenarios", url_path="scenarios"),
            st.Page(PROJECT_ROOT / "pages" / "studies.py", title="Studies", url_path="studies"),
            st.Page(PROJECT_ROOT / "pages" / "decks.py", title="Decks", url_path="decks"),
            st.Page(PROJECT_ROOT / "pages" / "models.py", title="Models", url_path="models"),
            st.Page(PROJECT_ROOT / "pages" / "recordings.py", title="Recordings", url_path="recordings"),
            st.Page(PROJECT_ROOT / "pages" / "catalogue.py", title="Catalogue", url_path="catalogue"),
            st.Page(PROJECT_ROOT / "pages" / "results.py", title="Results", url_path="results"),
            st.Page(PROJECT_ROOT / "pages" / "person.py", title="Be the model", url_path="person", visibility="hidden"),
        ],
        position="top",
    )


def inert_label(text: str) -> str:
    """A person's or a model's text for anything that Streamlit draws, so that it shows as its own letters.

    One line of it; every sign that markdown reads is escaped. What Streamlit turns into a link, an arrow or a picture
    after markdown was read is parted by a sign that nobody sees (U+2060).
    """
    return MARKDOWN_SIGNS.sub(r"\\\1", LATE_SIGNS.sub(UNSEEN_JOINER, BLANKS.sub(" ", text).strip()))


def plain_markdown(text: str) -> str:
    """Words that markdown leaves as they are, a figure never parted from its unit."""
    return inert_label(glue_units(text))


def glue_units(text: str) -> str:
    """The text with no-break spaces between a figure and what it counts."""
    return re.sub(r"(?<=\d) (?=(?:s|points?|people|more)\b|%)|(?<=\bn) (?==)|(?<=\bn =) ", "\u00a0", text)

"""What an open page remembers, and that who rates stays the same person for as long as it is open."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.context import StreamlitCookies

from components.server.rater_cookie import RATER_COOKIE
from components.ui.shared import state

SENT = {RATER_COOKIE: "an-id-of-the-tests"}


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the browser sends with the connection; empty while there is none."""
    sent: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: StreamlitCookies(sent)))
    monkeypatch.setattr(st, "session_state", {})
    return sent


def test_a_person_stays_who_they_are_while_the_connection_drops(cookies: dict[str, str]) -> None:
    cookies.update(SENT)
    assert state.rater_id() == SENT[RATER_COOKIE]
    cookies.clear()
    assert state.rater_id() == SENT[RATER_COOKIE]


def test_a_tab_without_cookies_has_an_id_of_its_own_until_the_browser_gives_one(cookies: dict[str, str]) -> None:
    own = state.rater_id()
    assert own and state.rater_id() == own
    cookies.update(SENT)
    assert state.rater_id() == SENT[RATER_COOKIE]
    cookies[RATER_COOKIE] = "'; drop table"
    assert state.rater_id() == SENT[RATER_COOKIE]


def test_a_page_is_asked_for_once_in_a_drawing_which_may_be_cut_off_there(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, object] = {}
    run = SimpleNamespace()
    monkeypatch.setattr(st, "session_state", session)
    monkeypatch.setattr(state, "get_script_run_ctx", lambda: run)
    page = state.page_state()
    session.clear()
    assert state.page_state() is page
    monkeypatch.setattr(state, "get_script_run_ctx", lambda: None)
    assert state.page_state() is not page


def test_drawings_of_a_page_never_overlap() -> None:
    assert st.get_option("runner.fastReruns") is False


def test_a_page_that_was_come_to_is_remembered_until_its_address_was_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    here, run = state.page_state(), SimpleNamespace(is_history_navigation=True)
    state.note_page("results")
    here.arrived = False
    state.note_page("results")
    assert (here.arrived, here.travelled) == (False, False)
    monkeypatch.setattr(state, "get_script_run_ctx", lambda: run)
    run.__dict__[state.PAGE_KEY] = here
    for page in ("compare", "compare"):  # the second drawing took the place of the first
        state.note_page(page)
    assert (here.page, here.arrived, here.travelled) == ("compare", True, True)

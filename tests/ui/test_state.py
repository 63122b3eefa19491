"""Who rates stays the same person for as long as the page is open."""

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

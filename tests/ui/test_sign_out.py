"""Signing out: who is signed in with an account sees as whom, and can end it; nobody else sees anything of it."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

PAGE = """
from components.ui.shared import sign_out
sign_out.show_sign_out()
"""


@pytest.mark.parametrize(
    ("account", "name"),
    [({}, ""), ({"is_logged_in": False}, ""), ({"is_logged_in": True, "email": "ada*@example.com"}, "ada")],
)
def test_who_is_signed_in_with_an_account_can_sign_out(
    account: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[bool] = []
    monkeypatch.setattr(type(st.user), "to_dict", lambda _: account)
    monkeypatch.setattr(st, "logout", lambda: left.append(True))
    page = AppTest.from_string(PAGE).run()
    assert not page.exception and bool(name) == any(name in caption.value for caption in page.caption if name)
    assert len(page.button) == bool(name)
    for button in page.button:
        button.click().run()
    assert left == [True] * bool(name)

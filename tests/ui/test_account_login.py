"""Who a browser is signed in as, as Streamlit's signed cookie says it."""

import json
from typing import Any

import pytest
from streamlit import auth_util
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.core.explained import Explained
from components.ui.account_login import StreamlitLogin, account_login

SECRET = "s" * 40
SECTION = {
    "redirect_uri": "https://here.example/oauth2callback", "client_id": "parallax", "client_secret": "hidden",
    "server_metadata_url": "https://accounts.example/.well-known/openid-configuration",
}  # fmt: skip
ADA = {"email": "ada@example.com", "is_logged_in": True, "origin": "https://here.example"}


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The section of Streamlit's secrets, which a test can change."""
    section: dict[str, Any] = dict(SECTION)
    monkeypatch.setattr(auth_util, "get_secrets_auth_section", lambda: AttrDict(section))
    monkeypatch.setattr(auth_util, "get_signing_secret", lambda: SECRET)
    monkeypatch.setattr(auth_util, "is_authlib_installed", lambda: True)
    return section


def cookies(said: object, secret: str = SECRET, name: str = USER_COOKIE_NAME) -> dict[str, str]:
    text = said if isinstance(said, str) else json.dumps(said)
    return {USER_COOKIE_NAME: create_signed_value(secret, name, text).decode()}


def test_the_cookie_says_who_is_signed_in() -> None:
    account = StreamlitLogin().account(cookies(ADA))
    assert account and account["email"] == "ada@example.com"


@pytest.mark.parametrize(
    "sent",
    [
        {}, {USER_COOKIE_NAME: ""}, {USER_COOKIE_NAME: json.dumps(ADA)}, {USER_COOKIE_NAME: "é.x.y"},
        cookies(ADA, "t" * 40), cookies(ADA, name="another"), cookies({**ADA, "origin": "https://else.example"}),
        cookies({**ADA, "is_logged_in": "yes"}), cookies([]), cookies("no JSON"),
        {**cookies("chunks-1"), f"{USER_COOKIE_NAME}_1": cookies(ADA, name=f"{USER_COOKIE_NAME}_1")[USER_COOKIE_NAME]},
    ],
)  # fmt: skip
def test_a_cookie_of_anybody_else_or_from_elsewhere_or_in_parts_is_nobodys(sent: dict[str, str]) -> None:
    assert StreamlitLogin().account(sent) is None


def test_no_cookie_is_believed_that_is_signed_with_a_short_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_util, "get_signing_secret", lambda: "short")
    assert StreamlitLogin().account(cookies(ADA, "short")) is None
    with pytest.raises(Explained, match="only in part") as error:
        account_login()
    assert "cookie_secret" in error.value.do


def test_accounts_are_there_only_where_all_of_it_is_set_up(secrets: dict[str, Any]) -> None:
    assert isinstance(account_login(), StreamlitLogin)
    del secrets["client_secret"]
    with pytest.raises(Explained, match="only in part") as error:
        account_login()
    assert "client_secret" in error.value.do and "hidden" not in str(error.value)
    secrets.clear()
    assert account_login() is None

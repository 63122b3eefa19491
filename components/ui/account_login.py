"""Account login: signing in through a provider of accounts (OIDC), as Streamlit's `st.login` does it.

It is set up in the section `[auth]` of Streamlit's secrets. Streamlit reads its cookie only where a page's websocket
opens; the server's gate asks here for every request.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from streamlit import auth_util
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.core.explained import Explained
from components.server.access.named_people import AccountDoor

MIN_COOKIE_SECRET_CHARS = 32
NEEDED_NAMES = ("redirect_uri", "client_id", "client_secret", "server_metadata_url")


class StreamlitLogin:
    """The one provider that the secrets name."""

    def path(self) -> str:
        """The path of Streamlit's own that leads to the provider; it is signed, and good for two minutes."""
        return f"/auth/login?{urlencode({'provider': auth_util.encode_provider_token('default')})}"

    def account(self, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        """What the provider said of an account, from Streamlit's signed cookie; None where there is none.

        A cookie in several parts is none: each part is signed alone, and parts of two accounts could be mixed.
        """
        secret = auth_util.get_signing_secret()
        if len(secret) < MIN_COOKIE_SECRET_CHARS:
            return None
        raw = decode_signed_value(secret, USER_COOKIE_NAME, cookies.get(USER_COOKIE_NAME, ""))
        try:
            said = json.loads(raw or b"")
        except ValueError:
            return None
        is_own = isinstance(said, dict) and said.get("origin") == auth_util.get_origin_from_redirect_uri()
        return said if is_own and said.get("is_logged_in") is True else None


def account_login() -> AccountDoor | None:
    """Where people sign in with accounts; None where none is set up. Explained where it is set up in part."""
    section = auth_util.get_secrets_auth_section()
    if not section:
        return None
    missing = [name for name in NEEDED_NAMES if not section.get(name)]
    if len(auth_util.get_signing_secret()) < MIN_COOKIE_SECRET_CHARS:
        missing.append(f"cookie_secret, of {MIN_COOKIE_SECRET_CHARS} characters or more")
    if missing:
        raise Explained(
            "Signing in with accounts is set up only in part.",
            do=f"In the section [auth] of Streamlit's secrets, add {', '.join(missing)}; or take the section out.",
        )
    if not auth_util.is_authlib_installed():
        raise Explained("Signing in with accounts needs Authlib.", do="Install what requirements.txt names.")
    return StreamlitLogin()

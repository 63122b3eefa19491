"""Rater: an anonymous id kept in the browser, so that results count people and not clicks."""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

RATER_COOKIE = "parallax_rater"
YEAR_S = 365 * 24 * 3600
RATER_ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class RaterCookie:
    """Gives a browser that has none an id with its first page. No script on the page can read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the cookie to a page's answer where it is missing."""
        if scope["type"] != "http" or has_rater_cookie(scope):
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if is_page(headers) or (message["status"] == 304 and asks_for_page(scope)):
                    id = secrets.token_urlsafe(18)
                    rules = f"Max-Age={YEAR_S}; Path=/; HttpOnly; SameSite=Lax"
                    headers.append("set-cookie", f"{RATER_COOKIE}={id}; {rules}")
            await send(message)

        await self.app(scope, receive, with_cookie)


def is_page(headers: MutableHeaders) -> bool:
    """Whether an answer is a page."""
    return headers.get("content-type", "").startswith("text/html")


def asks_for_page(scope: Scope) -> bool:
    """Whether a browser asks for a page: one that it has already is only told to be the same."""
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def has_rater_cookie(scope: Scope) -> bool:
    """Whether the browser sent an id of ours."""
    raw = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"), "")
    return bool(RATER_ID_PATTERN.fullmatch(cookie_parser(raw).get(RATER_COOKIE, "")))

"""Designer gate: on a shared server, nobody sees a page, a stream or a file before saying the passphrase, or signing
in with an account that is let in.
"""

import asyncio
import time
from html import escape
from urllib.parse import parse_qs, quote, unquote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.core.folders import PROJECT_ROOT
from components.server.access.named_people import AccountDoor, is_named
from components.server.access.passphrase import SIGN_IN_SECONDS, is_passphrase, is_valid_token, signed_token

ACCESS_COOKIE = "parallax_access"
SIGN_IN_PATH, ACCOUNT_PATH = "/parallax/sign-in", "/parallax/sign-in/account"
LEAVE_PATH = "/auth/logout"
PROVIDER_PATHS = ("/auth/login", LEAVE_PATH, "/oauth2callback")  # Streamlit's own
RETURN_COOKIE = "parallax_return"  # the page to go back to: the provider leads to the first one
RETURN_SECONDS = 600.0  # that signing in at the provider may take
# The proxy asks each client for a token of its own; participants' pages need the fonts.
OPEN_PATHS = ("/_stcore/health", "/v1/", "/parallax/assets/fonts/")
SIGN_IN_PAGE = PROJECT_ROOT / "assets" / "markup" / "sign_in.html"
UNCACHED_HEADERS = {"Cache-Control": "no-store"}
MAX_FORM_BYTES = 4_000
ATTEMPT_PAUSE_S = 0.5  # seconds that each attempt takes, one after another, so that guessing takes ages
MAX_WAITING_ATTEMPTS = 20
WRONG_TEXT = "That is not the passphrase. Whoever started Parallax sees it where it runs."
STRANGER_TEXT = "This account is not among those that are let in. Take another one, or ask whoever runs this server."
BUSY_TEXT = "Too many are trying at once. Wait a moment, then try again."


class DesignerGate:
    """Passes on what comes from a signed-in browser; shows others where to sign in."""

    def __init__(
        self, app: ASGIApp, passphrase: str, accounts: AccountDoor | None = None, people: tuple[str, ...] = ()
    ) -> None:
        self.app, self.passphrase, self.accounts, self.people = app, passphrase, accounts, people
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or one websocket's handshake."""
        if scope["type"] not in ("http", "websocket") or self.lets_pass(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await (await self.answer(Request(scope, receive)))(scope, receive, send)

    def lets_pass(self, scope: Scope) -> bool:
        """Whether a request needs no passphrase, or its browser has said it."""
        path = scope["path"]
        if path in (SIGN_IN_PATH, ACCOUNT_PATH) or self.comes_back(scope):
            return False
        if ".." in path:  # whoever resolves it would be led somewhere else
            return self.is_signed_in(HTTPConnection(scope))
        if any(path == open or (open.endswith("/") and path.startswith(open)) for open in OPEN_PATHS):
            return True
        if self.accounts is not None and path in PROVIDER_PATHS:
            return True
        return self.is_signed_in(HTTPConnection(scope))

    def comes_back(self, scope: Scope) -> bool:
        """Whether a browser comes from signing in with an account, and asked for another page before."""
        if self.accounts is None or scope["type"] != "http" or scope["path"] != "/":
            return False
        connection = HTTPConnection(scope)
        return RETURN_COOKIE in connection.cookies and self.is_signed_in(connection)

    def is_signed_in(self, connection: HTTPConnection) -> bool:
        """Whether its browser has said the passphrase, or is signed in with an account, not too long ago."""
        if is_valid_token(connection.cookies.get(ACCESS_COOKIE, ""), self.passphrase):
            return True
        account = self.accounts.account(connection.cookies) if self.accounts else None
        return account is not None and is_named(account, self.people)

    async def answer(self, request: Request) -> Response:
        """What a browser gets that is not signed in."""
        if self.comes_back(request.scope):
            response = RedirectResponse(own_path(unquote(request.cookies[RETURN_COOKIE])), 303, UNCACHED_HEADERS)
            response.delete_cookie(RETURN_COOKIE)
            return response
        if request.url.path in (SIGN_IN_PATH, ACCOUNT_PATH):
            if self.is_signed_in(request):
                return RedirectResponse(next_path(request), 303)
            if request.url.path == ACCOUNT_PATH:
                return self.account_response(request)
            return await self.sign_in(request) if request.method == "POST" else self.sign_in_page(request)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"{SIGN_IN_PATH}?next={quote(asked, safe='')}", 303)
        return PlainTextResponse("Open this server in a browser and say its passphrase first.", 401)

    def account_response(self, request: Request) -> Response:
        """The way to the provider of accounts; the browser keeps which page was asked for until it is back."""
        response = RedirectResponse(self.accounts.path() if self.accounts else SIGN_IN_PATH, 303, UNCACHED_HEADERS)
        if self.accounts is not None and (path := next_path(request)) != "/":
            response.set_cookie(
                RETURN_COOKIE, quote(path, safe=""), max_age=int(RETURN_SECONDS), httponly=True, samesite="lax",
                secure=is_encrypted(request),
            )  # fmt: skip
        return response

    async def sign_in(self, request: Request) -> Response:
        """Let a browser in that says the passphrase."""
        if self._waiting >= MAX_WAITING_ATTEMPTS:
            return self.sign_in_page(request, BUSY_TEXT, 429)
        said = await posted_passphrase(request)
        self._waiting += 1
        try:
            async with self._turn:
                await asyncio.sleep(ATTEMPT_PAUSE_S)
        finally:
            self._waiting -= 1
        if not is_passphrase(said, self.passphrase):
            return self.sign_in_page(request, WRONG_TEXT, 401)
        response = RedirectResponse(next_path(request), 303)
        response.set_cookie(
            ACCESS_COOKIE, signed_token(self.passphrase, time.time() + SIGN_IN_SECONDS), max_age=int(SIGN_IN_SECONDS),
            httponly=True, samesite="lax", secure=is_encrypted(request),
        )  # fmt: skip
        return response

    def sign_in_page(self, request: Request, problem: str = "", status: int = 200) -> HTMLResponse:
        """The page that asks for the passphrase, or an account where there are some, and goes on from there."""
        is_stranger = self.accounts is not None and self.accounts.account(request.cookies) is not None
        asked = f"?next={quote(next_path(request), safe='')}"
        told = {
            "action": f"{SIGN_IN_PATH}{asked}",
            "account": f"{ACCOUNT_PATH}{asked}" if self.accounts else "",
            "leave": LEAVE_PATH if is_stranger else "",
            "problem": problem or (STRANGER_TEXT if is_stranger else ""),
        }
        page = SIGN_IN_PAGE.read_text("utf-8")
        for name, value in told.items():
            page = page.replace(f"{{{{{name}}}}}", escape(value))
        return HTMLResponse(page, status, UNCACHED_HEADERS)


def next_path(request: Request) -> str:
    """The page of this server that was asked for before, "/" where the request names another place."""
    return own_path(request.query_params.get("next", "/"))


def own_path(path: str) -> str:
    """A path of this server's pages; "/" for anything else."""
    parts = urlsplit(path)
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return path if is_own and path.isprintable() and parts.path not in (SIGN_IN_PATH, ACCOUNT_PATH) else "/"


def is_encrypted(request: Request) -> bool:
    """Whether the browser came by https, to here or to a proxy in front."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto", "").startswith("https")


async def posted_passphrase(request: Request) -> str:
    """What was typed, "" where the form is none."""
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > MAX_FORM_BYTES:
            return ""
    return parse_qs(raw.decode("utf-8", "replace")).get("passphrase", [""])[0]

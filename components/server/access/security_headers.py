"""Security headers: what a browser may load, send and frame of what this server answers."""

import base64
import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
FIXED_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
    "cross-origin-opener-policy": "same-origin",
}
FRAME_OPTION = ("x-frame-options", "SAMEORIGIN")  # where an answer has no policy of its own that says who may frame it


class InlineScripts(HTMLParser):
    """Reads a page; `found` holds the text of each script that stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script without an address begins one."""
        self._within = tag == "script" and "src" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        """A script's text comes in one piece."""
        if self._within:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        """Any end ends it: nothing stands in a script but text."""
        self._within = False


def inline_script_hashes(page: Path) -> tuple[str, ...]:
    """The hashes of the scripts that stand in an HTML file, as a content security policy names them."""
    reader = InlineScripts()
    reader.feed(page.read_text("utf-8"))
    hashes = (hashlib.sha256(script.encode()).digest() for script in reader.found)
    return tuple(f"'sha256-{base64.b64encode(value).decode()}'" for value in hashes)


def content_security_policy(host: str, script_hashes: Sequence[str] = ()) -> str:
    """Everything comes from this server and goes to it alone; Streamlit writes its styles into the page.

    `host` is what the browser called the server, "" where that is not known: some browsers do not count a websocket to
    the same host as its own.
    """
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    rules = (
        "default-src 'self'",
        f"script-src 'self' blob: {' '.join(script_hashes)}".rstrip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        f"connect-src 'self'{sockets}",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
    return "; ".join(rules)


class SecurityHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp, script_hashes: Sequence[str] = ()) -> None:
        self.app, self.script_hashes = app, script_hashes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with its headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = content_security_policy(Headers(scope=scope).get("host", ""), self.script_hashes)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "content-security-policy" not in headers:
                    headers.setdefault(*FRAME_OPTION)
                for name, value in {**FIXED_HEADERS, "content-security-policy": policy}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded)

"""Old addresses: a link to a comparison from when Compare was the first page leads to Compare."""

from urllib.parse import parse_qs

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NAMES_COMPARISON = ("answer", "work")  # the keys of an address that names what Compare shows


class OldAddresses:
    """Sends a browser that asks for the first page with such a key on to Compare, its query as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with the new address."""
        if scope["type"] == "http" and scope["path"] == "/":
            query = scope["query_string"].decode("latin-1")
            if any(key in parse_qs(query, keep_blank_values=True) for key in NAMES_COMPARISON):
                await RedirectResponse(f"compare?{query}")(scope, receive, send)
                return
        await self.app(scope, receive, send)

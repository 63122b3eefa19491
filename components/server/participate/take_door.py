"""Take door: leads the requests of participants and of rooms to routes of their own, past all that pages need."""

import json
import random
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from components.server.participate.take_page import FILE_PREFIX
from components.server.participate.take_problems import TAKE_PROBLEMS

TAKE_PREFIX = "/take/"
TAKE_PREFIXES = (TAKE_PREFIX, FILE_PREFIX)
NEWCOMER_PATHS = ("/take/api/begin", "/take/api/join")
MAX_OPEN_REQUESTS = 600  # that are under way at once before whoever comes is asked to come again
MAX_OPEN_NEWCOMERS = 300  # the same where somebody comes in: who takes part already goes first
RETRY_SPREAD_S = (3, 9)  # shortest and longest wait, so that not all come again at once


class TakeDoor:
    """Passes requests under `prefixes` to `take_app`, all others on to `app`; who is new waits for who is in already.

    A server that cannot keep up says so at once: waiting lines that outlast a browser's patience help nobody.
    """

    def __init__(
        self, app: ASGIApp, take_app: ASGIApp, prefixes: tuple[str, ...] = TAKE_PREFIXES,
        newcomers: Collection[str] = NEWCOMER_PATHS, entrance: str = "/take/",
    ) -> None:  # fmt: skip
        self.app, self.take_app = app, take_app
        self.prefixes, self.newcomers, self.entrance = prefixes, newcomers, entrance
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not (scope["path"].startswith(self.prefixes) or scope["path"] == self.entrance):
            await self.app(scope, receive, send)
        elif self._open >= (MAX_OPEN_NEWCOMERS if scope["path"] in self.newcomers else MAX_OPEN_REQUESTS):
            await send_busy(send)
        else:
            self._open += 1
            try:
                await self.take_app(scope, receive, send)
            finally:
                self._open -= 1


async def send_busy(send: Send) -> None:
    """Say that the server is busy and when to come again, with as little work as can be."""
    status, problem = TAKE_PROBLEMS["busy"]
    said = {"what": problem.what, "kept": problem.kept, "do": problem.do, "code": "busy"}
    body = json.dumps(said).encode()
    headers = [
        (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"), (b"retry-after", str(random.randint(*RETRY_SPREAD_S)).encode()),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""Take door: leads participants' requests to their own routes, past the passphrase and everything that pages need."""

from starlette.types import ASGIApp, Receive, Scope, Send

from components.server.participate.take_page import FILE_PREFIX

TAKE_PREFIX = "/take/"


class TakeDoor:
    """Passes participants' requests to `take_app`, all others on to `app`."""

    def __init__(self, app: ASGIApp, take_app: ASGIApp) -> None:
        self.app, self.take_app = app, take_app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_taking = scope["type"] == "http" and scope["path"].startswith((TAKE_PREFIX, FILE_PREFIX))
        await (self.take_app if is_taking else self.app)(scope, receive, send)

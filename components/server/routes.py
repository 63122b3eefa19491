"""Routes: the addresses that are not pages: the player's files and live answers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from components.core.explained import Explained
from components.core.folder import ROOT
from components.server import proxy
from components.server.context import app_context
from components.server.live import GARBLED, Run, asked, wanted

DIST = ROOT / "assets" / "dist"
LONGEST_BODY = 200_000  # bytes
HEADER = "x-parallax-token"

running: dict[str, Run] = {}  # by token, so that Stop finds what Ask began


def routes() -> list[BaseRoute]:
    """Every route of the server besides Streamlit's own."""
    return [
        Mount("/parallax/assets", StaticFiles(directory=DIST, check_dir=False)),
        Route("/parallax/live", ask, methods=["POST"]),
        Route("/parallax/live/stop", stop, methods=["POST"]),
        *proxy.routes(),
    ]


async def ask(request: Request) -> Response:
    """Begin a live answer: a stream of events, or a plain sentence that says why not."""
    token = request.headers.get(HEADER, "")
    if not app_context().tickets.good(token):
        return said(403, Explained("This page has been open for a while.", "Your text is kept.", "Reload the page."))
    try:
        values = await body(request)
        prompt, panes = asked(values), wanted(values)
        model = await asyncio.to_thread(app_context().wired, app_context().tickets.model(token))
        model.check()
    except Explained as problem:
        return said(422, problem)
    ticket = app_context().tickets.take(token)
    if ticket is None:
        return said(403, Explained("This answer was asked for twice.", "The first one goes on."))
    run = running[token] = Run(ticket.only(panes), prompt, model, lambda: app_context().store)
    return StreamingResponse(lines(run, token), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def stop(request: Request) -> Response:
    """End a live answer; its stream says what was kept."""
    run = running.get(request.headers.get(HEADER, ""))
    if run is not None:
        run.stop()
    return JSONResponse({"stopped": run is not None})


async def lines(run: Run, token: str) -> AsyncIterator[str]:
    """A run's messages as server-sent events. A player that leaves ends the run; what came is kept."""
    whole = False
    try:
        async for message in run.messages():
            whole = whole or message["kind"] in ("kept", "problem")
            yield f"data: {json.dumps(message)}\n\n"
    finally:
        running.pop(token, None)
        run.stop()
        if not whole:
            asyncio.get_running_loop().run_in_executor(None, left, run)


def left(run: Run) -> None:
    """Keep what came before the person left; nobody is there to read of a problem with it."""
    with suppress(Explained):
        run.keep()


async def body(request: Request) -> dict[str, Any]:
    """The request's JSON object. Explained where it is none or too large."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > LONGEST_BODY:
            raise Explained("This is too long to send.", "Your text is still in the box.", "Shorten it.")
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise GARBLED
    return values


def said(status: int, problem: Explained) -> JSONResponse:
    """A problem as the player shows it."""
    return JSONResponse({"what": problem.what, "kept": problem.kept, "do": problem.do}, status)


def player_module(dist: Path = DIST) -> str:
    """The address of the built player, changing with its content. Explained where it was not built."""
    try:
        return "/parallax/assets/" + str(json.loads((dist / "manifest.json").read_text())["player"])
    except (OSError, ValueError, KeyError):
        raise Explained("The player has not been built yet.", do="Run `make run`; it builds what is missing.") from None

"""Routes: the addresses that are not pages: the player's files and live answers."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from components.core.card import Card
from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.models.model import Model
from components.models.written.unavailable_model import UnavailableModel
from components.server.app_context import app_context
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Ticket
from components.server.proxy import recording_proxy
from components.server.requests import GARBLED, RequestRejected, pane_keys, parse_prompt, read_json_object

DIST_FOLDER = PROJECT_ROOT / "assets" / "dist"
MAX_BODY_BYTES = 200_000
EXPIRED = Explained("This page has been open for a while.", "Your text is kept.", "Reload the page.")
TOO_LONG = Explained("This is too long to send.", "Your text is still in the box.", "Shorten it.")
CLOCK_ADDRESS = "/parallax/clock"
TOKEN_HEADER = "x-parallax-token"
UNCACHED = {"Cache-Control": "no-store"}


def server_routes() -> list[BaseRoute]:
    """Every route of the server besides Streamlit's own."""
    return [
        Mount("/parallax/assets", StaticFiles(directory=DIST_FOLDER, check_dir=False)),
        Route(CLOCK_ADDRESS, tell_time),
        Route("/parallax/live", ask_live, methods=["POST"]),
        Route("/parallax/live/stop", stop_live, methods=["POST"]),
        *recording_proxy.proxy_routes(),
    ]


async def tell_time(_: Request) -> Response:
    """This server's clock in milliseconds, so that browsers begin together."""
    return JSONResponse({"now": time.time() * 1000}, headers=UNCACHED)


async def ask_live(request: Request) -> Response:
    """Begin a live answer: a stream of events, or a plain sentence that says why not."""
    token = request.headers.get(TOKEN_HEADER, "")
    if not app_context().tickets.is_valid(token):
        return problem_response(403, EXPIRED)
    try:
        values = await read_json_object(request, MAX_BODY_BYTES)
        prompt, panes = parse_prompt(values, "player"), pane_keys(values)
        asked = (app_context().tickets.peek(token) or Ticket(())).with_panes(panes)
        models = await asyncio.to_thread(models_to_ask, asked)
    except RequestRejected as no:
        return problem_response(422, TOO_LONG if no.status == 413 else GARBLED)
    except Explained as problem:
        return problem_response(422, problem)
    ticket = app_context().tickets.take(token)
    if ticket is None:
        return problem_response(403, Explained("This answer was asked for twice.", "The first one goes on."))
    model = models.get(ticket.model, next(iter(models.values())))
    session = LiveSession(ticket.with_panes(panes), prompt, model, lambda: app_context().store, others=models)
    app_context().sessions[token] = session
    return StreamingResponse(event_lines(session, token), headers=UNCACHED, media_type="text/event-stream")


def models_to_ask(ticket: Ticket) -> dict[str, Model]:
    """The models of a ticket by their ids, ready to be asked; of several, one that cannot be is one that says why.

    Explained where none of them can be asked.
    """
    models: dict[str, Model] = {}
    problems = []
    for id in ticket.models:
        try:
            models[id] = app_context().acquire(id)
            models[id].check()
        except Explained as problem:
            problems.append(problem)
            models[id] = UnavailableModel(card_of_asked(ticket, id), problem)
    if problems and len(problems) == len(models):
        raise problems[0]
    return models


def card_of_asked(ticket: Ticket, id: str) -> Card:
    """The card of a model that cannot be asked, as far as it is known."""
    with suppress(Explained):
        return app_context().models.get(id).card
    own = next((proto.own_model for key, proto in ticket.panes if proto.own_model and ticket.model_of(key) == id), None)
    return Card(own.name, own.address.provider) if own else Card("A model that is away", "")


async def stop_live(request: Request) -> Response:
    """End a live answer; its stream says what was kept."""
    session = app_context().sessions.get(request.headers.get(TOKEN_HEADER, ""))
    if session is not None:
        session.stop()
    return JSONResponse({"stopped": session is not None})


async def event_lines(session: LiveSession, token: str) -> AsyncIterator[str]:
    """A live answer's messages as server-sent events. A player that leaves ends it; what came is kept."""
    whole = False
    try:
        async for message in session.messages():
            whole = whole or message["kind"] in ("kept", "problem")
            yield f"data: {json.dumps(message)}\n\n"
    finally:
        app_context().sessions.pop(token, None)
        session.stop()
        if not whole:
            asyncio.get_running_loop().run_in_executor(None, keep_silently, session)


def keep_silently(session: LiveSession) -> None:
    """Keep what came before the person left; nobody is there to read of a problem with it."""
    with suppress(Explained):
        session.keep()


def problem_response(status: int, problem: Explained) -> JSONResponse:
    """A problem as the player shows it."""
    return JSONResponse({"what": problem.what, "kept": problem.kept, "do": problem.do}, status)


def player_module(dist: Path = DIST_FOLDER) -> str:
    """The address of the built player, changing with its content. Explained where it was not built."""
    try:
        return "/parallax/assets/" + str(json.loads((dist / "manifest.json").read_text())["player"])
    except (OSError, ValueError, KeyError):
        raise Explained("The player has not been built yet.", do="Run `make run`; it builds what is missing.") from None

"""Stage live: an answer that a model gives while a room watches, left the moment the model dies or goes silent."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from components.core.explained import Explained
from components.core.prompt import Prompt
from components.deck.deck import Scene
from components.deck.scene_panes import scene_panes
from components.prompts.packs import with_script
from components.server.app_context import app_context
from components.server.live.live_session import LiveSession, Message
from components.server.live.tickets import Ticket
from components.server.participate.take_problems import json_answer
from components.server.room.room_context import RoomContext
from components.server.room.room_problems import RoomRejected
from components.server.room.room_requests import sent_values, stage_deck_id
from components.server.routes import UNCACHED, keep_silently

BEGIN_PATIENCE_S = 12.0  # seconds in which a model has to begin before a room sees the recording
HANG_PATIENCE_S = 6.0  # the same between two words
SIGN_EVERY_S = 1.0  # seconds after which the stage hears that the server is there
HUNG = "The model stopped answering."
LATE = "The model did not begin to answer."


def live_stage_routes() -> list[Route]:
    """The address at which a stage asks a model."""
    return [Route("/stage/api/live", ask_stage_live, methods=["POST"])]


async def ask_stage_live(request: Request) -> Response:
    """A live answer to the question of a scene, as a stream of events; a sentence where no model can be asked."""
    rooms = app_context().rooms
    deck, values = stage_deck_id(rooms, request), await sent_values(request)
    if not rooms.live_limits.take_token(deck):
        raise RoomRejected("busy")
    scene = await rooms.taking.read(live_scene, rooms, deck, values.get("scene"))
    try:
        prompt, panes = scene_prompt(scene), scene_panes(scene)
        model = await asyncio.to_thread(app_context().acquire, scene.model)
        model.check()
        name = await asyncio.to_thread(app_context().model_name, scene.model)
    except Explained as problem:
        return json_answer({"what": problem.what, "do": problem.do}, 422)
    played = tuple((pane.key, pane.prototype.with_weather(*pane.weather)) for pane in panes)
    session = LiveSession(Ticket(played, scene.model), prompt, model, rooms.find_store)
    return StreamingResponse(live_lines(session, name), headers=UNCACHED, media_type="text/event-stream")


def live_scene(rooms: RoomContext, deck: str, key: object) -> Scene:
    """The scene with this key, where it is a live one. RoomRejected elsewhere."""
    shown = rooms.decks.served_deck(deck)
    if shown is None:
        raise RoomRejected("link")
    scene = shown.deck.by_key.get(key) if isinstance(key, str) else None
    if scene is None or not scene.plays_live:
        raise RoomRejected("garbled")
    return scene


def scene_prompt(scene: Scene) -> Prompt:
    """What the model is asked. Explained where it cannot be."""
    return with_script(Prompt.from_typed(scene.tasks[0].question))


async def live_lines(session: LiveSession, model: str) -> AsyncIterator[str]:
    """The answer as server-sent events, each pane's as they come, a sign of life in between, and at the end `over`; or
    `fell` with what happened. A stage that leaves ends it, and what came is kept.
    """
    app_context().sessions[token := secrets.token_urlsafe()] = session
    try:
        yield event_line({"kind": "model", "name": model})
        async for message in watched_messages(session):
            yield event_line(message)
    finally:
        app_context().sessions.pop(token, None)
        session.stop()
        asyncio.get_running_loop().run_in_executor(None, keep_silently, session)


async def watched_messages(session: LiveSession) -> AsyncIterator[Message]:
    """A session's messages up to `over`, or up to `fell` where its model broke or has said nothing for too long."""
    messages, waiting = aiter(session.messages()), None
    said, since = -1, time.monotonic()
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(anext(messages))
            finished, _ = await asyncio.wait({waiting}, timeout=min(SIGN_EVERY_S, HANG_PATIENCE_S / 2))
            grown = sum(len(generation.events) for generation in session.generations.values())
            if grown != said:
                said, since = grown, time.monotonic()
            if fall := fall_reason(session, said, time.monotonic() - since):
                yield {"kind": "fell", "what": fall}
                return
            if not finished:
                yield {"kind": "alive"}
                continue
            try:
                message = waiting.result()
            except StopAsyncIteration:
                yield {"kind": "over"}
                return
            waiting = None
            if message["kind"] == "problem" and not is_complete(session):
                yield {"kind": "fell", "what": message["what"]}
                return
            if message["kind"] not in ("rest", "kept", "problem"):
                yield message
    finally:
        if waiting is not None:
            waiting.cancel()


def fall_reason(session: LiveSession, said: int, silent_s: float) -> str:
    """Why the answer is not waited for any longer; "" while it is."""
    ends = [generation.events[-1] for generation in session.generations.values() if generation.done]
    broken = next((end for end in ends if end.kind == "error"), None)
    if broken is not None:
        return str(broken.data.get("what", "")) or "The model broke off."
    if is_complete(session):
        return ""
    if said <= 0:
        return LATE if silent_s > BEGIN_PATIENCE_S else ""
    return HUNG if silent_s > HANG_PATIENCE_S else ""


def is_complete(session: LiveSession) -> bool:
    """Whether the model has said all that it was asked for."""
    return bool(session.generations) and all(generation.done for generation in session.generations.values())


def event_line(message: Mapping[str, Any]) -> str:
    """A message as a server-sent event."""
    return f"data: {json.dumps(message)}\n\n"

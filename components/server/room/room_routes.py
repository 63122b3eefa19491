"""Room routes: what phones in a room ask of the server, and all addresses of rooms and stages."""

import gzip
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.core.explained import Explained
from components.deck.shown_deck import ShownDeck
from components.server.app_context import app_context
from components.server.participate.take_problems import json_answer
from components.server.room import stage_routes
from components.server.room.room_context import RoomContext
from components.server.room.room_pages import room_entrance, room_file, room_page, stage_page
from components.server.room.room_problems import RoomRejected, room_rejection
from components.server.room.room_requests import person_id, phone_ticket, sent_values, vote_body
from components.server.room.room_tickets import RoomTicket, read_room_code, room_token
from components.store.room_entries import PostedVote, RoomJoin, RoomResult
from components.store.room_records import Room

ROOM_NEWCOMERS = ("/r/api/join",)
KEPT_PRIVATELY = {"Cache-Control": "private, max-age=86400, immutable", "Vary": "Accept-Encoding"}
PHONE_PANE_KEYS = ("key", "question", "timeline")  # what a phone is told of a pane: never its name or its outcome


def room_app() -> Starlette:
    """Everything under /r and /stage, apart from Streamlit and from whatever else the server's pages need."""
    routes = [
        Route("/r/", room_page),
        Route("/r/api/join", join_room, methods=["POST"]),
        Route("/r/api/room", show_room),
        Route("/r/api/state", show_room_state),
        Route("/r/api/votes", keep_vote, methods=["POST"]),
        Route("/r/api/timelines/{id}", room_timeline),
        Route("/r/{code}", room_page),
        *stage_routes.stage_routes(),
        Route("/stage/{token}", stage_page),
        Route("/parallax/assets/{file}", room_file),
        Route("/r", room_entrance),
    ]
    handlers: Mapping[Any, Any] = {RoomRejected: reject_asked, Explained: reject_failed, Exception: reject_failed}
    return Starlette(routes=routes, exception_handlers=handlers)


async def reject_asked(_: Request, rejected: Exception) -> Response:
    """The answer to a request that is not served."""
    assert isinstance(rejected, RoomRejected)
    return room_rejection(rejected.code)


async def reject_failed(_: Request, __: Exception) -> Response:
    """The answer where the server failed, whatever it is: the page keeps what it has and comes again."""
    return room_rejection("unkept")


async def join_room(request: Request) -> Response:
    """Let a phone into the room with this code; the same id again is the same person."""
    values, rooms = await sent_values(request), app_context().rooms
    id, code = person_id(values), read_room_code(values.get("code"))
    room = await rooms.taking.read(find_coded_room, rooms, code)
    if not rooms.join_limits.take_token(room.id):
        raise RoomRejected("busy")
    await keep_entry(rooms, RoomJoin(id, room.id))
    ticket = RoomTicket(id, room.id)
    return json_answer(await rooms.taking.read(joined_room, rooms, ticket, room))


def find_coded_room(rooms: RoomContext, code: str) -> Room:
    """The open room with this code. RoomRejected where there is none; who guesses is soon told to wait."""
    found = rooms.find_store().room_with_code(code) if code else None
    if found is None:
        raise RoomRejected("code" if rooms.guess_limits.take_token("codes") else "busy")
    return found


async def keep_entry(rooms: RoomContext, entry: RoomJoin | PostedVote) -> RoomResult:
    """What came of an entry that is kept. RoomRejected where it is not."""
    result = await rooms.writer.keep(entry)
    if not isinstance(result, RoomResult):
        raise RoomRejected("unkept")
    if result.code:
        raise RoomRejected(result.code)
    rooms.decks.forget_state(entry.room)
    return result


async def show_room(request: Request) -> Response:
    """What a phone needs that was loaded again: the same as when it joined."""
    rooms = app_context().rooms
    ticket = phone_ticket(rooms, request)
    return json_answer(await rooms.taking.read(rejoined_room, rooms, ticket))


def rejoined_room(rooms: RoomContext, ticket: RoomTicket) -> dict[str, Any]:
    """What a phone gets that comes back. RoomRejected where its room is not here."""
    room = rooms.find_store().room(ticket.room)
    if room is None:
        raise RoomRejected("unknown")
    return joined_room(rooms, ticket, room)


def joined_room(rooms: RoomContext, ticket: RoomTicket, room: Room) -> dict[str, Any]:
    """What a phone gets of the room that it is in: its ticket, the scenes without their names, and what it answered."""
    deck = room_deck(rooms, room.deck)
    done = rooms.find_store().steps_voted(ticket.person)
    scenes = [phone_scene(scene) for scene in deck.content["shown"] if scene["asked"]]
    return {
        "ticket": room_token(rooms.signer, ticket), "room": room.id, "phones": deck.deck.phones, "scenes": scenes,
        "done": list(done), "ended": bool(room.ended),
    }  # fmt: skip


def room_deck(rooms: RoomContext, id: str) -> ShownDeck:
    """A deck that is shown. RoomRejected where there is none."""
    deck = rooms.decks.known_deck(id) or rooms.decks.served_deck(id)
    if deck is None:
        raise RoomRejected("room")
    return deck


def phone_scene(scene: Mapping[str, Any]) -> dict[str, Any]:
    """A scene as a phone gets it, which does not say which prototype is which or which answer is right."""
    panes = [] if scene["sequence"] else [{key: pane[key] for key in PHONE_PANE_KEYS} for pane in scene["panes"]]
    return {"key": scene["key"], "title": scene["title"], "panes": panes, "asked": scene["asked"]}


async def show_room_state(request: Request) -> Response:
    """Where the presenter is; a phone that knows it already gets nothing but that."""
    rooms = app_context().rooms
    room = phone_ticket(rooms, request).room
    state = rooms.decks.fresh_state(room) or await rooms.taking.read(rooms.decks.served_state, room)
    if state is None:
        raise RoomRejected("unknown")
    return stage_routes.tagged_answer(request, state.phone, state.phone_tag)


async def keep_vote(request: Request) -> Response:
    """Keep what a person answered to one step; said only once it is on the disk."""
    rooms = app_context().rooms
    ticket = phone_ticket(rooms, request)
    if not rooms.person_limits.take_token(ticket.person):
        raise RoomRejected("busy")
    body = vote_body(await sent_values(request))
    state = rooms.decks.fresh_state(ticket.room) or await rooms.taking.read(rooms.decks.served_state, ticket.room)
    if state is None:
        raise RoomRejected("unknown")
    deck = await rooms.taking.read(room_deck, rooms, state.counts.room.deck)
    if deck.step_problem(body.step, body.items):
        raise RoomRejected("garbled")
    vote = PostedVote(body.id, ticket.person, ticket.room, body.step, body.digest, body.content)
    result = await keep_entry(rooms, vote)
    return json_answer({"committed": body.id, "late": result.late})


async def room_timeline(request: Request) -> Response:
    """What a pane plays, for who is in a room whose deck plays it; it never changes."""
    rooms, id = app_context().rooms, request.path_params["id"]
    packed = await rooms.taking.read(find_room_timeline, rooms, phone_ticket(rooms, request), id)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {**KEPT_PRIVATELY, "Content-Encoding": "gzip"}
        return Response(packed, headers=headers, media_type="application/json")
    return Response(gzip.decompress(packed), headers=KEPT_PRIVATELY, media_type="application/json")


def find_room_timeline(rooms: RoomContext, ticket: RoomTicket, id: str) -> bytes:
    """A timeline of the deck that a person's room sees. RoomRejected for any other."""
    state = rooms.decks.fresh_state(ticket.room) or rooms.decks.served_state(ticket.room)
    if state is None:
        raise RoomRejected("unknown")
    deck = room_deck(rooms, state.counts.room.deck)
    packed = rooms.taking.studies.served_timeline(id) if id in deck.timeline_ids else None
    if packed is None:
        raise RoomRejected("room")
    return packed

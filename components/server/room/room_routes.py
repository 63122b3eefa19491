"""Room routes: what phones in a room ask of the server, and all addresses of rooms and stages."""

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.core.explained import Explained
from components.deck.shown_deck import ShownDeck
from components.server.app_context import app_context
from components.server.participate.take_problems import json_answer
from components.server.room import stage_live, stage_routes
from components.server.room.room_context import RoomContext
from components.server.room.room_pages import room_entrance, room_file, room_page, stage_page
from components.server.room.room_problems import RoomRejected, room_rejection
from components.server.room.room_requests import person_id, phone_ticket, sent_values, vote_body
from components.server.room.room_tickets import RoomTicket, read_room_code, room_token
from components.store.room_entries import PostedVote, RoomJoin, RoomResult
from components.store.room_records import Room

ROOM_NEWCOMERS = ("/r/api/join",)
KEPT_PRIVATELY = {"Cache-Control": "private, max-age=86400, immutable", "Vary": "Accept-Encoding"}


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
        *stage_live.live_stage_routes(),
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
    room = rooms.decks.known_room(code)
    if room is None:
        room = await rooms.taking.read(find_coded_room, rooms, code)
    if not rooms.join_limits.take_token(room.id):
        raise RoomRejected("busy")
    kept, ticket = await keep_entry(rooms, RoomJoin(id, room.id)), RoomTicket(id, room.id)
    deck = rooms.decks.known_deck(room.deck)
    if deck is None or kept.again:
        return joined_answer(await rooms.taking.read(rejoined_room, rooms, ticket))
    return joined_answer(joined_room(rooms, ticket, room, deck))


def find_coded_room(rooms: RoomContext, code: str) -> Room:
    """The open room with this code. RoomRejected where there is none; who guesses is soon told to wait."""
    found = rooms.decks.coded_room(code) if code else None
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
    return result


async def show_room(request: Request) -> Response:
    """What a phone needs that was loaded again: the same as when it joined."""
    rooms = app_context().rooms
    ticket = phone_ticket(rooms, request)
    return joined_answer(await rooms.taking.read(rejoined_room, rooms, ticket))


def rejoined_room(rooms: RoomContext, ticket: RoomTicket) -> bytes:
    """What a phone gets that may have answered before, as JSON. RoomRejected where its room is not here."""
    room = rooms.find_store().room(ticket.room)
    if room is None:
        raise RoomRejected("unknown")
    return joined_room(rooms, ticket, room, room_deck(rooms, room.deck), rooms.find_store().steps_voted(ticket.person))


def joined_room(
    rooms: RoomContext, ticket: RoomTicket, room: Room, deck: ShownDeck, done: Sequence[str] = ()
) -> bytes:  # fmt: skip
    """What a phone gets of the room that it is in, as JSON: its ticket, what it answered, and the deck's own part,
    which is packed once for all phones.
    """
    own = {"ticket": room_token(rooms.signer, ticket), "room": room.id, "done": list(done), "ended": bool(room.ended)}
    return json.dumps(own, separators=(",", ":")).encode()[:-1] + b"," + deck.phone_json[1:]


def joined_answer(body: bytes) -> Response:
    """What a phone that is in gets; nothing on the way keeps it."""
    return Response(body, headers={"Cache-Control": "no-store"}, media_type="application/json")


def room_deck(rooms: RoomContext, id: str) -> ShownDeck:
    """A deck that is shown. RoomRejected where there is none."""
    deck = rooms.decks.known_deck(id) or rooms.decks.served_deck(id)
    if deck is None:
        raise RoomRejected("room")
    return deck


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
    deck = rooms.decks.known_deck(state.counts.room.deck)
    if deck is None:
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

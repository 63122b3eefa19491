"""Stage routes: what the stage of a deck asks of the server: the deck, a room for it, and what the room says."""

import gzip
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.deck.shown_deck import ShownDeck
from components.server.app_context import app_context
from components.server.participate.take_problems import json_answer
from components.server.room.room_context import RoomContext
from components.server.room.room_pages import MAX_WIFI_CHARS, qr_rows, room_address, wifi_text
from components.server.room.room_problems import RoomRejected
from components.server.room.room_requests import sent_values, stage_deck_id, stage_move
from components.store.room_records import Room

UNCACHED_TAG = {"Cache-Control": "no-cache"}


def stage_routes() -> list[Route]:
    """The addresses that a stage asks at."""
    return [
        Route("/stage/api/deck", show_deck),
        Route("/stage/api/room", open_stage_room, methods=["POST"]),
        Route("/stage/api/move", move_stage, methods=["POST"]),
        Route("/stage/api/end", end_stage_room, methods=["POST"]),
        Route("/stage/api/state", show_stage_state),
        Route("/stage/api/findings", show_room_said),
        Route("/stage/api/wifi", draw_wifi, methods=["POST"]),
    ]


async def show_deck(request: Request) -> Response:
    """The whole deck with all that it plays, so that the stage needs nobody from then on."""
    rooms = app_context().rooms
    packed = await rooms.taking.read(pack_deck, rooms, stage_deck_id(rooms, request))
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(packed), headers=headers, media_type="application/json")


def pack_deck(rooms: RoomContext, id: str) -> bytes:
    """A deck and its timelines as JSON, compressed. RoomRejected where there is none."""
    record, deck = rooms.find_store().kept_deck(id), rooms.decks.served_deck(id)
    if record is None or deck is None:
        raise RoomRejected("link")
    lines = {one: rooms.taking.studies.served_timeline(one) for one in sorted(deck.timeline_ids)}
    timelines = {one: json.loads(gzip.decompress(packed)) for one, packed in lines.items() if packed}
    told = {
        "id": id, "name": record.name, "phones": deck.deck.phones, "language": deck.deck.language,
        "scenes": deck.content["shown"],
    }  # fmt: skip
    return gzip.compress(json.dumps({**told, "timelines": timelines}, separators=(",", ":")).encode(), 6, mtime=0)


async def open_stage_room(request: Request) -> Response:
    """A room for the deck: a new one, or the one that the stage had before."""
    rooms = app_context().rooms
    deck, values = stage_deck_id(rooms, request), await sent_values(request)
    room = await rooms.taking.read(find_or_open_room, rooms, deck, str(values.get("room", "")))
    rooms.load_statistics()
    address, is_reached = room_address(request, room.code)
    short = address.partition("://")[2].removesuffix(room.code).rstrip("/")
    return json_answer(
        {"room": room.id, "code": room.code, "address": short, "reached": is_reached, "qr": qr_rows(address)}
    )


def find_or_open_room(rooms: RoomContext, deck: str, id: str) -> Room:
    """The open room with this id, where it is the deck's; a new one elsewhere. RoomRejected where there is no deck."""
    if rooms.decks.served_deck(deck) is None:
        raise RoomRejected("link")
    known = rooms.find_store().room(id) if id else None
    found = rooms.find_store().room_with_code(known.code) if known else None
    return found if found and found.id == id and found.deck == deck else rooms.find_store().open_room(deck)


async def move_stage(request: Request) -> Response:
    """The presenter went on: phones are told with their next question."""
    rooms = app_context().rooms
    deck, values = stage_deck_id(rooms, request), await sent_values(request)
    await rooms.taking.read(keep_move, rooms, deck, values)
    return json_answer({"moved": True})


def keep_move(rooms: RoomContext, deck: str, values: dict[str, Any]) -> None:
    """Keep where the presenter went. RoomRejected where it is not this deck's room, or no beat of it."""
    room, shown = own_room(rooms, deck, values.get("room"))
    rooms.find_store().move_room(room.id, stage_move(shown, values))
    rooms.decks.forget_state(room.id)


def own_room(rooms: RoomContext, deck: str, id: object) -> tuple[Room, ShownDeck]:
    """The room with this id and its deck. RoomRejected where it is not a room of this deck."""
    room = rooms.find_store().room(id) if isinstance(id, str) else None
    shown = rooms.decks.served_deck(deck)
    if room is None or shown is None or room.deck != deck:
        raise RoomRejected("room")
    return room, shown


async def end_stage_room(request: Request) -> Response:
    """Close the room: nobody else comes in."""
    rooms = app_context().rooms
    deck, values = stage_deck_id(rooms, request), await sent_values(request)

    def end() -> None:
        room, _ = own_room(rooms, deck, values.get("room"))
        rooms.find_store().end_room(room.id)
        rooms.decks.forget_state(room.id)

    await rooms.taking.read(end)
    return json_answer({"ended": True})


async def show_stage_state(request: Request) -> Response:
    """Who joined and how many answered; the stage is noted as there."""
    rooms = app_context().rooms
    deck, room = stage_deck_id(rooms, request), request.query_params.get("room", "")
    state = rooms.decks.fresh_state(room) or await rooms.taking.read(rooms.decks.served_state, room)
    if state is None or state.counts.room.deck != deck:
        raise RoomRejected("room")
    if rooms.touch_limits.take_token(room):
        await rooms.taking.read(rooms.find_store().touch_room, room)
    return tagged_answer(request, state.stage, state.stage_tag)


async def show_room_said(request: Request) -> Response:
    """What a room has said in one scene, or in all where none is named."""
    rooms = app_context().rooms
    deck, asked = stage_deck_id(rooms, request), request.query_params

    def find() -> dict[str, Any]:
        from components.report.room.room_findings import room_findings  # statistics take a second to load

        room, shown = own_room(rooms, deck, asked.get("room"))
        return room_findings(shown, rooms.find_store().room_votes(room.id), asked.get("scene", ""))

    return json_answer(await rooms.taking.read(find))


async def draw_wifi(request: Request) -> Response:
    """The QR code of a Wi-Fi network; its name and password are neither kept nor logged."""
    rooms = app_context().rooms
    stage_deck_id(rooms, request)
    values = await sent_values(request)
    name, password = str(values.get("name", "")), str(values.get("password", ""))
    if not name or max(len(name), len(password)) > MAX_WIFI_CHARS:
        raise RoomRejected("garbled")
    return json_answer({"qr": qr_rows(wifi_text(name, password))})


def tagged_answer(request: Request, body: bytes, tag: str) -> Response:
    """JSON with its tag; nothing but that where the browser has it already."""
    headers = {**UNCACHED_TAG, "ETag": tag}
    if request.headers.get("if-none-match", "") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")

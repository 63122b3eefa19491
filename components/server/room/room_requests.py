"""Room requests: what a phone and a stage send, every part checked."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from components.deck.shown_deck import ShownDeck
from components.server.participate.take_problems import TakeRejected
from components.server.participate.take_requests import posted_values
from components.server.participate.take_tickets import BROWSER_ID
from components.server.room.room_context import RoomContext
from components.server.room.room_problems import RoomRejected
from components.server.room.room_tickets import RoomTicket, read_room_ticket
from components.store.room_records import RoomMove

TICKET_HEADER, STAGE_HEADER = "x-parallax-ticket", "x-parallax-stage"
MAX_VOTE_CHARS = 6_000


@dataclass(frozen=True)
class VoteBody:
    """A vote as it was sent: its id and step, its items, and all of it as JSON in one fixed form with its hash."""

    id: str
    step: str
    items: Mapping[str, Any]
    content: str
    digest: str


async def sent_values(request: Request) -> dict[str, Any]:
    """The JSON object that a page of the room posted. RoomRejected where it is none, or comes from elsewhere."""
    try:
        return await posted_values(request)
    except TakeRejected as no:
        raise RoomRejected(no.code) from None


def stage_deck_id(rooms: RoomContext, request: Request) -> str:
    """The id of the deck whose stage asks. RoomRejected where nobody signed that, or it asks too often."""
    id = rooms.signer.payload("stage", request.headers.get(STAGE_HEADER, ""))
    if id is None:
        raise RoomRejected("link")
    if not rooms.stage_limits.take_token(id):
        raise RoomRejected("busy")
    return id


def phone_ticket(rooms: RoomContext, request: Request) -> RoomTicket:
    """Who is with the phone that asks. RoomRejected where nobody signed that."""
    ticket = read_room_ticket(rooms.signer, request.headers.get(TICKET_HEADER, ""))
    if ticket is None:
        raise RoomRejected("ticket")
    return ticket


def person_id(values: Mapping[str, Any]) -> str:
    """The id that a phone made. RoomRejected where it is none."""
    id = values.get("id")
    if isinstance(id, str) and BROWSER_ID.fullmatch(id):
        return id
    raise RoomRejected("garbled")


def vote_body(values: Mapping[str, Any]) -> VoteBody:
    """A vote in a request. RoomRejected where it is garbled."""
    id, step, data = person_id(values), values.get("step"), values.get("data")
    if not isinstance(step, str) or not isinstance(data, dict) or not isinstance(data.get("items"), dict):
        raise RoomRejected("garbled")
    told = {"items": data["items"], "order": pane_order(data.get("order")), "seen": seen_seconds(data.get("seen"))}
    try:
        content = json.dumps(told, separators=(",", ":"), sort_keys=True, allow_nan=False)
    except (ValueError, RecursionError):
        raise RoomRejected("garbled") from None
    if len(content) > MAX_VOTE_CHARS:
        raise RoomRejected("long")
    digest = hashlib.sha256(f"{step}\n{content}".encode(errors="surrogatepass")).hexdigest()
    return VoteBody(id, step, data["items"], content, digest)


def pane_order(value: object) -> str:
    """The panes in the order in which a phone showed them; "" where it showed none."""
    return value[:12] if isinstance(value, str) and value.isalnum() and value.isascii() else ""


def seen_seconds(value: object) -> dict[str, float]:
    """By pane the seconds until its answer was painted whole on the phone."""
    if not isinstance(value, dict):
        return {}
    pairs = list(value.items())[:12]
    return {
        str(pane)[:4]: round(float(at), 3)
        for pane, at in pairs
        if isinstance(at, int | float) and not isinstance(at, bool) and 0 <= at < 3600
    }


def stage_move(deck: ShownDeck, values: Mapping[str, Any]) -> RoomMove:
    """Where a stage went, with what that beat of the scene asks and ends. RoomRejected where there is no such beat."""
    scene, beat = values.get("scene"), values.get("beat")
    shown = next((one for one in deck.content["shown"] if one["key"] == scene), None)
    if shown is None or not isinstance(beat, int) or not 0 <= beat < len(shown["beats"]):
        raise RoomRejected("garbled")
    told = shown["beats"][beat]
    return RoomMove(shown["key"], beat, told["asks"], told["closes"])

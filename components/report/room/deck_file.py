"""Deck file: one HTML file that shows a deck in any browser, without a server and without a network."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from components.core.folders import PROJECT_ROOT
from components.deck.shown_deck import ShownDeck
from components.report.room.room_findings import room_findings
from components.store.room_records import Room, RoomVote

DECK_TEMPLATE = PROJECT_ROOT / "assets" / "dist" / "deck-file.html"


def deck_page(
    deck: ShownDeck, name: str, timelines: Mapping[str, Mapping[str, Any]],
    room: Room | None = None, votes: Sequence[RoomVote] = (),
) -> str:  # fmt: skip
    """The file for a deck and the timelines that it plays, by their ids, with what one room said where one is named;
    without notes, which are its presenter's.
    """
    scenes = [{**scene, "notes": ""} for scene in deck.content["shown"]]
    told = {
        "id": deck.id, "name": name, "phones": deck.deck.phones, "language": deck.deck.language, "scenes": scenes,
        "timelines": dict(timelines),
    }  # fmt: skip
    if room:
        told["said"] = kept_room(deck, room, votes)
    values = json.dumps(told).replace("<", "\\u003c")  # nothing in it can end its script element
    before, after = DECK_TEMPLATE.read_text("utf-8").split("{{data}}")
    return before.replace("{{title}}", escape(name)) + values + after


def kept_room(deck: ShownDeck, room: Room, votes: Sequence[RoomVote]) -> dict[str, Any]:
    """What a room said, in findings and never by person."""
    people = len({vote.person for vote in votes})
    return {"code": room.code, "day": room.at[:10], "people": people, **room_findings(deck, votes)}

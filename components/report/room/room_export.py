"""Room export: what a room said, as a table and as JSON, marked as a demonstration in every row."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from components.deck.shown_deck import ShownDeck
from components.report.results.ratings_export import ratings_csv
from components.store.room_records import Room, RoomVote

SAMPLE_MARK = "demonstration"  # of the column `sample`: these are no study's data
COLUMNS = (
    "sample", "room", "person", "scene", "title", "kind", "step", "item", "pane", "prototype", "prototype_id",
    "outcome", "recording", "value", "clock_s", "painted_s", "shown_order", "late", "at",
)  # fmt: skip


def room_csv(deck: ShownDeck, room: Room, votes: Sequence[RoomVote]) -> bytes:
    """A CSV file with a row for each thing that somebody answered."""
    rows = [row for vote in votes for row in vote_rows(deck, room, vote)]
    return ratings_csv(pd.DataFrame(rows, columns=list(COLUMNS)))


def room_json(deck: ShownDeck, room: Room, votes: Sequence[RoomVote]) -> bytes:
    """The deck that was shown, with each person's answers as they were sent."""
    told = [
        {"person": vote.person, "step": vote.step, "late": vote.late, "at": vote.at, **vote.content} for vote in votes
    ]
    values = {"sample": SAMPLE_MARK, "room": vars(room), "deck": deck.content, "votes": told}
    return json.dumps(values, ensure_ascii=True, indent=1).encode()


def vote_rows(deck: ShownDeck, room: Room, vote: RoomVote) -> Iterator[dict[str, Any]]:
    """One row for each item of a vote."""
    scene = deck.scene_of_step[vote.step]
    panes = {pane["key"]: pane for pane in deck.shown_panes[scene.key]}
    for item, value in vote.content.get("items", {}).items():
        name, _, key = item.partition("-")
        pane = panes.get(key, {})
        yield {
            "sample": SAMPLE_MARK, "room": room.code, "person": vote.person, "scene": scene.key, "title": scene.title,
            "kind": scene.kind, "step": vote.step, "item": name, "pane": key, "prototype": pane.get("name", ""),
            "prototype_id": pane.get("prototype", ""), "outcome": pane.get("outcome", ""),
            "recording": pane.get("recording", ""), "value": str(value), "clock_s": pane.get("clock"),
            "painted_s": vote.content.get("seen", {}).get(key), "shown_order": vote.content.get("order", ""),
            "late": vote.late, "at": vote.at,
        }  # fmt: skip

"""Deck document: a deck as pages to print: what each scene shows, and what a room said of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.deck.deck import Scene
from components.deck.scene_kinds import EXPECTATION
from components.deck.shown_deck import ShownDeck
from components.report.document import Block, Bullets, Document, Paragraph, Table
from components.report.room.room_findings import room_findings
from components.store.room_records import Room, RoomVote

OUTCOME_WORDS = {"right": "right", "wrong": "wrong", "": "not known"}


def deck_document(
    deck: ShownDeck, name: str, room: Room | None = None, votes: Sequence[RoomVote] = ()
) -> Document:  # fmt: skip
    """A deck, scene by scene, with what one room said where one is named."""
    found = {one["scene"]: one for one in room_findings(deck, votes)["scenes"]} if room else {}
    note = room_findings(deck, ())["note"] if room else ""
    people = len({vote.person for vote in votes})
    facts = {"Scenes": str(len(deck.deck.scenes)), "Deck": deck.id[:12]}
    if room:
        facts |= {"Room": f"{room.code}, {room.at[:16].replace('T', ' ')} UTC", "People who answered": str(people)}
    chapters = {
        f"{number}. {scene.title or scene.kind_row.label}": scene_blocks(deck, scene, found.get(scene.key))
        for number, scene in enumerate(deck.deck.scenes, start=1)
    }
    return Document(name, note, facts, chapters)


def scene_blocks(deck: ShownDeck, scene: Scene, found: Mapping[str, Any] | None) -> tuple[Block, ...]:
    """What a scene shows, what a room said of it, and its notes."""
    blocks: list[Block] = [Paragraph(scene.text or scene.kind_row.about)]
    panes = deck.shown_panes[scene.key]
    if panes:
        if scene.kind != EXPECTATION:
            blocks.append(Bullets(tuple(dict.fromkeys(f"Question: {pane['question']}" for pane in panes))))
        head = ("", "What plays", "Seconds to the end", "The answer is")
        rows = tuple(
            (pane["key"], pane["question"] if scene.kind == EXPECTATION else pane["name"], f"{pane['clock']:.1f}",
             OUTCOME_WORDS[pane["outcome"]])
            for pane in panes
        )  # fmt: skip
        blocks.append(Table(head, rows))
    if found:
        blocks.append(Bullets((*found["sentences"], *found["notes"], f"n = {found['n']}")))
        blocks += numbers_table(found)
    if scene.notes.strip():
        blocks.append(Paragraph(f"Notes: {scene.notes}"))
    return tuple(blocks)


def numbers_table(found: Mapping[str, Any]) -> list[Block]:
    """The numbers of each pane that a room gave; [] where there are none."""
    rows = tuple(
        (
            f"{pane['key']} {pane['name']}", str(pane["chosen"]["count"]),
            f"{pane['felt']['seconds']:.1f} s" if pane["felt"] else "–", mean_cell(pane["trust"], 1),
            mean_cell(pane["used"], 100, " %"),
        )
        for pane in found.get("panes", ())
    )  # fmt: skip
    head = ("", "Chosen by", "Felt", "Trust, 0 to 100", "Would use it")
    return [Table(head, rows)] if rows else []


def mean_cell(row: Mapping[str, Any] | None, scale: float, unit: str = "") -> str:
    """A mean with its interval where it has one; a dash where nobody was asked."""
    if row is None or row["value"] is None:
        return "–"
    told = f"{scale * row['value']:.0f}{unit}"
    if row["low"] is None:
        return told
    return f"{told} ({scale * row['low']:.0f} to {scale * row['high']:.0f})"

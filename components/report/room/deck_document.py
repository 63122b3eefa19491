"""Deck document: a deck as pages to print: what each scene shows, and what a room said of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from components.deck.deck import Scene
from components.deck.scene_kinds import EXPECTATION, RESULTS
from components.deck.shown_deck import ShownDeck
from components.report.document import Block, Bullets, Document, Paragraph, Table
from components.report.room.room_findings import room_findings
from components.report.room.room_sentences import count_people
from components.store.room_records import Room, RoomVote

PaneCell = Callable[[Mapping[str, Any]], str]
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
        f"{number}. {scene.title or scene.kind_row.label}": (
            *scene_blocks(deck, scene, found.get(scene.key)),
            *(said_blocks(found) if scene.kind == RESULTS else ()),
            *note_blocks(scene),
        )
        for number, scene in enumerate(deck.deck.scenes, start=1)
    }
    return Document(name, note, facts, chapters, label="Deck")


def scene_blocks(deck: ShownDeck, scene: Scene, found: Mapping[str, Any] | None) -> tuple[Block, ...]:
    """What a scene shows, and what a room said of it."""
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
        blocks.append(Bullets((f"{count_people(found['n'])} answered.", *found["sentences"], *found["notes"])))
        told = found.get("expectation")
        blocks += numbers_table(scene, found) if told is None else [expectation_table(told), *safeguard_lines(told)]
    return tuple(blocks)


def note_blocks(scene: Scene) -> tuple[Block, ...]:
    """What the presenter noted, where there is anything."""
    return (Paragraph(f"Notes: {scene.notes}"),) if scene.notes.strip() else ()


def said_blocks(found: Mapping[str, Mapping[str, Any]]) -> tuple[Block, ...]:
    """What a room said first of each scene; () where it said nothing."""
    said = tuple(f"{with_colon(one['title'])} {one['sentences'][0]}" for one in found.values() if one["sentences"])
    return (Bullets(said),) if said else ()


def with_colon(title: str) -> str:
    """A title before what is said of it: with a colon, unless it ends in a mark of its own."""
    return title if title.endswith(("?", "!", ".", "…", ":")) else f"{title}:"


def numbers_table(scene: Scene, found: Mapping[str, Any]) -> list[Block]:
    """The numbers of each pane that a room gave, for what it was asked; [] where there are none."""
    cells: Mapping[str, tuple[str, PaneCell]] = {
        "choice": ("Chosen by", chosen_cell),
        "felt": ("Felt", lambda pane: f"{pane['felt']['seconds']:.1f} s" if pane["felt"] else "–"),
        "trust": ("Trust, 0 to 100", lambda pane: mean_cell(pane["trust"], 1)),
        "accept": ("Would use it", lambda pane: mean_cell(pane["used"], 100, " %")),
    }
    asked = [cells[name] for name in cells if name in scene.asked]
    rows = tuple(
        (f"{pane['key']} {pane['name']}", *(cell(pane) for _, cell in asked)) for pane in found.get("panes", ())
    )
    return [Table(("", *(label for label, _ in asked)), rows)] if rows and asked else []


def expectation_table(told: Mapping[str, Any]) -> Block:
    """What a room guessed, felt and could have measured."""
    right, seconds = told["right"], told["seconds"]
    return Table(
        ("", "Guessed", "Felt", "Measured"),
        (
            (f"Right, of {told['of']}", few_cell(right["guess"]["value"]), few_cell(right["felt"]["value"]),
             str(right["measured"])),
            ("Seconds for an answer", *(few_cell(seconds[name]) for name in ("guess", "felt", "measured"))),
        ),
    )  # fmt: skip


def safeguard_lines(told: Mapping[str, Any]) -> list[Block]:
    """Which safeguards a room would ship it with, where anybody named one."""
    named = [f"{label}: {count}" for label, count in told["guards"]]
    return [Bullets((f"Safeguards it would need: {'; '.join(named)}.",))] if named else []


def few_cell(value: float | None) -> str:
    """A number with one decimal; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def chosen_cell(pane: Mapping[str, Any]) -> str:
    """How many chose a pane, and the share that is, with its interval; their number alone where nobody chose any."""
    chosen = pane["chosen"]
    return f"{chosen['count']}, {mean_cell(chosen, 100, ' %')}" if chosen["n"] else str(chosen["count"])


def mean_cell(row: Mapping[str, Any] | None, scale: float, unit: str = "") -> str:
    """A mean with its interval where it has one; a dash where nobody was asked."""
    if row is None or row["value"] is None:
        return "–"
    told = f"{scale * row['value']:.0f}{unit}"
    if row["low"] is None:
        return told
    return f"{told} ({scale * row['low']:.0f} to {scale * row['high']:.0f})"

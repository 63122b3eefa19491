"""Audience rows: what each room that checked its expectations had guessed, what it felt, and what was measured."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.deck.shown_deck import ShownDeck
from components.report.room.room_findings import room_findings
from components.store.room_records import RoomVote

COLUMNS = (
    "Audience", "Check", "People", "Right, guessed", "Right, felt", "Right, measured", "Gap", "Seconds, guessed",
    "Seconds, felt", "Seconds, measured", "Would ship it", "Safeguards",
)  # fmt: skip


def audience_rows(rooms: Iterable[tuple[str, ShownDeck, Sequence[RoomVote]]]) -> list[dict[str, Any]]:
    """A row for each check that a room answered, by the names in `COLUMNS`; rooms are (name, deck, votes).

    `Gap` is the mean guess minus what was measured, in answers. What nobody said is None.
    """
    return [
        check_row(name, found)
        for name, deck, votes in rooms
        for found in room_findings(deck, votes)["scenes"]
        if "expectation" in found and found["n"]
    ]


def check_row(name: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """The row of one check in one room."""
    told = found["expectation"]
    right, seconds, of = told["right"], told["seconds"], told["of"]
    guess = right["guess"]["value"]
    gap = None if guess is None else round(guess - right["measured"], 1)
    values = (
        name, found["title"], found["n"], of_all_text(guess, of), of_all_text(right["felt"]["value"], of),
        of_all_text(right["measured"], of), gap, seconds["guess"], seconds["felt"], seconds["measured"],
        ", ".join(f"{count} {label}" for label, count in told["ship"]) or None,
        ", ".join(f"{count} {label}" for label, count in told["guards"]) or None,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def of_all_text(count: float | None, of: int) -> str | None:
    """How many of all, in words; None where it is not known."""
    return None if count is None else f"{count:g} of {of}"

"""Transcripts: recordings from what a product really said, whatever file it was written down in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from components.core.explained import Explained
from components.core.recording import Recording
from components.models.transcripts import chat_rows, csv_table, file_text, own_exports, trace_rows
from components.models.transcripts.csv_table import Columns, Table, proposed
from components.models.transcripts.file_text import DO, KEPT, MOST_ROWS, TOO_MANY
from components.models.transcripts.transcript_turn import Turn, recorded

__all__ = ["Columns", "Table", "Transcripts", "Trouble", "columns_of", "proposed", "read"]

MOST_WORDS = 1_000_000  # in a whole file
ENOUGH = (
    f"This row and the rest were not read: a file may hold {MOST_ROWS:,} answers with {MOST_WORDS:,} words together."
)
NO_ROW = "This row is no conversation."
Told = Iterator[tuple[int, Turn | Recording | Explained]]  # what a file says, with the numbers of its rows


@dataclass(frozen=True)
class Trouble:
    """What could not be taken over as it was, in one plain sentence; `row` as a spreadsheet or an editor counts it."""

    row: int
    text: str


@dataclass(frozen=True)
class Transcripts:
    """The recordings that a file holds, and what was odd about its rows."""

    recordings: tuple[Recording, ...]
    troubles: tuple[Trouble, ...]


def columns_of(content: bytes) -> Table | None:
    """The table in a CSV file, to choose columns from; None where the file is JSON. Explained where it is neither."""
    words = file_text.decoded(content)
    return None if file_text.holds_json(words) else csv_table.table(words)


def read(content: bytes, today: str, every: bool = False, columns: Columns | None = None) -> Transcripts:
    """The recordings in a file: JSON lines, JSON or CSV. Explained where it is none of these.

    `today` (an ISO date) is for answers whose day is not told. `every`: each answer of a conversation, not only its
    last one. `columns`: what the columns of a CSV file hold, by their names where it is not given.
    """
    words = file_text.decoded(content)
    if file_text.holds_json(words):
        return collected(from_json(words, every), today)
    found = csv_table.table(words)
    return collected(csv_table.turns(found, columns or proposed(found)), today)


def from_json(words: str, every: bool) -> Told:
    """What the rows of a JSON file tell. Explained where not one of them is JSON."""
    damaged = True
    for count, (number, values) in enumerate(file_text.rows(words)):
        if count == MOST_ROWS:
            yield number, Explained(TOO_MANY)
            break
        damaged = damaged and isinstance(values, Explained)
        for told in row(values, every):
            yield number, told
    if damaged:
        raise Explained("No row of this file is whole JSON.", KEPT, DO)


def row(values: Any, every: bool) -> Iterator[Turn | Recording | Explained]:
    """What one row of a JSON file tells."""
    try:
        if not isinstance(values, dict):
            raise values if isinstance(values, Explained) else Explained(NO_ROW)
        if "parallax" in values:
            try:
                yield own_exports.recording(values)
                return
            except Explained as altered:
                yield altered
        yield from trace_rows.turns(values) if trace_rows.is_trace(values) else chat_rows.turns(values, every)
    except Explained as problem:
        yield problem


def collected(told: Told, today: str) -> Transcripts:
    """The recordings of what was told, in the order of the rows, and the troubles with them."""
    made: list[tuple[int, Recording]] = []
    troubles: list[Trouble] = []
    words = 0
    for number, one in told:
        if words >= MOST_WORDS or len(made) >= MOST_ROWS:
            troubles.append(Trouble(number, ENOUGH))
            break
        try:
            if isinstance(one, Explained):
                raise one
            recording, notes = (one, ()) if isinstance(one, Recording) else recorded(one, today)
        except Explained as problem:
            troubles.append(Trouble(number, problem.what))
            continue
        words += len(recording.events)
        made.append((number, recording))
        troubles += [Trouble(number, note) for note in dict.fromkeys(notes)]
    made.sort(key=lambda row: row[0])
    return Transcripts(tuple(one for _, one in made), tuple(sorted(troubles, key=lambda trouble: trouble.row)))

"""Transcripts: recordings from what a product really said, whatever file it was written down in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from components.core.explained import Explained
from components.core.recording import Recording
from components.models.transcripts import chat_rows, csv_table, file_text, own_exports, trace_rows
from components.models.transcripts.csv_table import ColumnChoice, TranscriptTable, propose_columns
from components.models.transcripts.file_text import CHOOSE_FILE_TEXT, MAX_ROWS, NOTHING_IMPORTED, TOO_MANY_ROWS
from components.models.transcripts.transcript_turn import Turn, turn_recording

__all__ = [
    "ColumnChoice",
    "RowProblem",
    "TranscriptTable",
    "Transcripts",
    "columns_of",
    "propose_columns",
    "read_transcripts",
]

MAX_FILE_WORDS = 1_000_000  # in a whole file
FILE_FULL_TEXT = (
    f"This row and the rest were not read: a file may hold {MAX_ROWS:,} answers with {MAX_FILE_WORDS:,} words together."
)
NO_CONVERSATION = "This row is no conversation."
RowResults = Iterator[tuple[int, Turn | Recording | Explained]]  # what a file says, with the numbers of its rows


@dataclass(frozen=True)
class RowProblem:
    """What could not be taken over as it was, in one plain sentence; `row` as a spreadsheet or an editor counts it."""

    row: int
    text: str


@dataclass(frozen=True)
class Transcripts:
    """The recordings that a file holds, and what was odd about its rows."""

    recordings: tuple[Recording, ...]
    troubles: tuple[RowProblem, ...]


def columns_of(content: bytes) -> TranscriptTable | None:
    """The table in a CSV file, to choose columns from; None where the file is JSON. Explained where it is neither."""
    words = file_text.decode_file(content)
    return None if file_text.holds_json(words) else csv_table.parse_table(words)


def read_transcripts(
    content: bytes, today: str, every_answer: bool = False, columns: ColumnChoice | None = None
) -> Transcripts:
    """The recordings in a file: JSON lines, JSON or CSV. Explained where it is none of these.

    `today` (an ISO date) is for answers whose day is not told. `every_answer`: each of a conversation, not only its
    last one. `columns`: what the columns of a CSV file hold, by their names where it is not given.
    """
    words = file_text.decode_file(content)
    if file_text.holds_json(words):
        return collect_recordings(json_turns(words, every_answer), today)
    table = csv_table.parse_table(words)
    return collect_recordings(csv_table.table_turns(table, columns or propose_columns(table)), today)


def json_turns(words: str, every_answer: bool) -> RowResults:
    """What the rows of a JSON file tell. Explained where not one of them is JSON."""
    damaged = True
    for count, (number, values) in enumerate(file_text.json_rows(words)):
        if count == MAX_ROWS:
            yield number, Explained(TOO_MANY_ROWS)
            break
        damaged = damaged and isinstance(values, Explained)
        for result in parse_row(values, every_answer):
            yield number, result
    if damaged:
        raise Explained("No row of this file is whole JSON.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)


def parse_row(values: Any, every_answer: bool) -> Iterator[Turn | Recording | Explained]:
    """What one row of a JSON file holds: turns, a recording of our own, or an Explained for what cannot be read."""
    try:
        if not isinstance(values, dict):
            raise values if isinstance(values, Explained) else Explained(NO_CONVERSATION)
        if "parallax" in values:
            try:
                yield own_exports.parse_own_recording(values)
                return
            except Explained as altered:
                yield altered
        yield from (
            trace_rows.trace_turns(values)
            if trace_rows.is_trace(values)
            else chat_rows.chat_turns(values, every_answer)
        )
    except Explained as problem:
        yield problem


def collect_recordings(results: RowResults, today: str) -> Transcripts:
    """The recordings of what was told, in the order of the rows, and the troubles with them."""
    numbered: list[tuple[int, Recording]] = []
    troubles: list[RowProblem] = []
    words = 0
    for number, result in results:
        if words >= MAX_FILE_WORDS or len(numbered) >= MAX_ROWS:
            troubles.append(RowProblem(number, FILE_FULL_TEXT))
            break
        try:
            if isinstance(result, Explained):
                raise result
            recording, notes = (result, ()) if isinstance(result, Recording) else turn_recording(result, today)
        except Explained as problem:
            troubles.append(RowProblem(number, problem.what))
            continue
        words += len(recording.events)
        numbered.append((number, recording))
        troubles += [RowProblem(number, note) for note in dict.fromkeys(notes)]
    numbered.sort(key=lambda row: row[0])
    return Transcripts(
        tuple(recording for _, recording in numbered), tuple(sorted(troubles, key=lambda trouble: trouble.row))
    )

"""Transcripts: recordings from what a product really said, whatever file it was written down in.

Bytes become text (file_text), the text becomes values with their rows (json_values, or csv_table and table_rows), rows
that belong together become one (row_groups), each is read by its shape (row_shapes, trace_rows), and every answer in
it becomes a turn and then a recording (collected_turns, transcript_turn).
"""

from collections.abc import Iterator

from components.core.explained import Explained
from components.models.transcripts import csv_table, file_text, json_values, row_groups, row_shapes, table_rows
from components.models.transcripts.answer_facts import ReadOptions
from components.models.transcripts.collected_turns import NumberedResult, RowProblem, Transcripts, collect_recordings
from components.models.transcripts.conversation_forms import spoken_lines
from components.models.transcripts.csv_table import TranscriptTable
from components.models.transcripts.file_text import (
    CHOOSE_FILE_TEXT,
    ENCODING_NAMES,
    MAX_ROWS,
    NOTHING_IMPORTED,
    TOO_MANY_ROWS,
    UnknownEncoding,
)
from components.models.transcripts.row_groups import NumberedRow
from components.models.transcripts.table_columns import ColumnChoice, propose_columns, tells_itself

__all__ = [
    "ENCODING_NAMES",
    "ColumnChoice",
    "RowProblem",
    "TranscriptTable",
    "Transcripts",
    "UnknownEncoding",
    "columns_of",
    "propose_columns",
    "read_transcripts",
]


def columns_of(content: bytes, encoding: str = "") -> TranscriptTable | None:
    """The table in a CSV file, to choose columns from; None where the file is JSON, or a table that says itself what
    it holds. Explained where it is neither, UnknownEncoding where its letters cannot be told.
    """
    text = file_text.decode_file(content, encoding).text
    if json_values.holds_json(text) or spoken_lines(text) is not None:
        return None
    table = csv_table.parse_table(text)
    return None if tells_itself(table) else table


def read_transcripts(
    content: bytes, today: str, every_answer: bool = False, columns: ColumnChoice | None = None, encoding: str = "",
    day_first: bool | None = None,
) -> Transcripts:  # fmt: skip
    """The recordings in a file: JSON lines, JSON or CSV. Explained where it is none of these.

    `today` (an ISO date) is for answers whose day is not told. `every_answer`: each of a conversation, not only its
    last one. `columns`: what the columns of a CSV file hold, by their names where it is not given. `encoding`: one of
    ENCODING_NAMES, found out where it is not given. `day_first`: whether 3/4/2026 is 3 April.
    """
    decoded = file_text.decode_file(content, encoding)
    options = ReadOptions(every_answer, day_first)
    if json_values.holds_json(decoded.text):
        notes, rows = decoded.notes, list(row_groups.group_rows(json_rows(decoded.text)))
        return collect_recordings(lambda how: value_results(rows, how), options, today, notes)
    if listed := spoken_lines(decoded.text):
        return collect_recordings(lambda how: value_results([(1, listed)], how), options, today, decoded.notes)
    table = csv_table.parse_table(decoded.text)
    notes = (*decoded.notes, *table.notes)
    chosen = columns or propose_columns(table)
    if tells_itself(table) or (chosen.role and chosen.text and not chosen.question):
        named = None if tells_itself(table) else chosen
        rows = list(row_groups.group_rows(table_rows.table_values(table, named)))
        return collect_recordings(lambda how: value_results(rows, how), options, today, notes)
    notes += table_rows.order_notes(table, chosen, options)
    return collect_recordings(lambda how: table_rows.table_turns(table, chosen, how), options, today, notes)


def json_rows(text: str) -> Iterator[NumberedRow]:
    """The rows of a JSON file, so many as may be read. Explained where not one of them is JSON."""
    damage: Explained | None = None
    whole = False
    for count, (number, value) in enumerate(json_values.json_values(text)):
        if count == MAX_ROWS:
            yield number, Explained(TOO_MANY_ROWS)
            break
        whole = whole or not isinstance(value, Explained)
        damage = damage or (Explained(f"Row {number:,}: {value.what}") if isinstance(value, Explained) else None)
        yield number, value
    if not whole:
        cause = f" {damage.what}" if damage else ""
        raise Explained(f"No row of this file is whole JSON.{cause}", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)


def value_results(rows: list[NumberedRow], options: ReadOptions) -> Iterator[NumberedResult]:
    """What each row tells, with its number."""
    for number, value in rows:
        for result in row_shapes.row_results(value, options):
            yield number, result

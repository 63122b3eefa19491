"""Table rows: the rows of a table as turns or as the values that they stand for, by the same rules as JSON."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from components.core.explained import Explained
from components.core.prompt import Message
from components.models.transcripts.answer_facts import ReadOptions
from components.models.transcripts.conversation_forms import listed_messages, order_by_time
from components.models.transcripts.csv_table import TranscriptTable
from components.models.transcripts.field_names import UNIT_SECONDS, parse_seconds, plain_name, split_unit
from components.models.transcripts.file_text import MAX_ROWS, NOTHING_IMPORTED, TOO_MANY_ROWS
from components.models.transcripts.json_values import nested_names, unpack_json
from components.models.transcripts.message_forms import (
    MAX_MESSAGES,
    left_out_notes,
    parse_conversation,
    spoken_message,
    spoken_messages,
)
from components.models.transcripts.moment_forms import iso_day, parse_moment
from components.models.transcripts.pair_sides import read_answered, read_asked
from components.models.transcripts.row_turns import untimed_thoughts
from components.models.transcripts.table_columns import EMPTY_CELLS, ColumnChoice
from components.models.transcripts.transcript_turn import NO_ANSWER, Turn

NumberedCells = tuple[int, dict[str, str]]  # a row's number, and its cells by what they hold
OWN_COLUMNS = ("recording", "earlier messages", "provider")  # of a table that Parallax gave away
FORMULA_SIGNS = ("'=", "'+", "'-", "'@", "'\t", "'\r")
NEWEST_FIRST_NOTE = "The newest rows stand first, so they were read from the last to the first."


def numbered_rows(table: TranscriptTable) -> list[tuple[int, tuple[str, ...]]]:
    """(number, cells) of each row that holds anything."""
    return [(n, row) for n, row in enumerate(table.rows, start=table.first_row) if any(map(str.strip, row))]


def table_values(table: TranscriptTable, columns: ColumnChoice | None) -> Iterator[tuple[int, Any]]:
    """(number, value) of each row as an object with its columns' names; with those of a message where `columns` says
    who speaks and what is said.
    """
    renamed = {} if columns is None else {
        columns.role: "role", columns.text: "content", columns.conversation: "conversation_id",
        columns.created: "created_at",
    }  # fmt: skip
    for count, (number, row) in enumerate(numbered_rows(table)):
        if count == MAX_ROWS:
            yield number, Explained(TOO_MANY_ROWS)
            return
        pairs = [(renamed.get(name, name), cell) for name, cell in zip(table.header, row, strict=False)]
        held = {name: unpack_json(cell) for name, cell in pairs if cell.strip() not in EMPTY_CELLS}
        yield number, nested_names(held)


def table_turns(
    table: TranscriptTable, columns: ColumnChoice, options: ReadOptions
) -> Iterator[tuple[int, Turn | Explained]]:
    """The rows as turns, with their numbers; the earlier rows of the same conversation come before the question."""
    indices = {which: table.header.index(name) for which, name in vars(columns).items() if name in table.header}
    for which in ("question", "answer"):
        if which not in indices:
            raise Explained(
                f"Which column holds the {which} is not known.", NOTHING_IMPORTED, "Choose it from the columns."
            )
    rows = [(number, cells_by_field(row, indices)) for number, row in numbered_rows(table)]
    if len(rows) > MAX_ROWS:
        yield rows[MAX_ROWS][0], Explained(TOO_MANY_ROWS)
    guarded = set(OWN_COLUMNS) <= set(table.header)
    for several in group_conversations(rows[:MAX_ROWS], options):
        before: tuple[Message, ...] = ()
        for number, cells in several:
            try:
                turn = row_turn(unguarded_cells(cells) if guarded else cells, before, columns, options)
            except Explained as problem:
                yield number, problem
                continue
            yield number, turn
            if turn.answer.strip():
                before = (*turn.messages, Message("assistant", turn.answer.strip()))


def cells_by_field(row: Sequence[str], indices: Mapping[str, int]) -> dict[str, str]:
    """A row's cells by their field."""
    return {which: row[index] for which, index in indices.items() if index < len(row)}


def unguarded_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells without the sign that Parallax puts before what a spreadsheet would take for a formula."""
    return {which: cell[1:] if cell.startswith(FORMULA_SIGNS) else cell for which, cell in cells.items()}


def group_conversations(rows: Sequence[NumberedCells], options: ReadOptions) -> Iterator[list[NumberedCells]]:
    """The rows of each conversation, from the first that was said to the last."""
    conversations: dict[object, list[NumberedCells]] = defaultdict(list)
    for number, cells in rows:
        conversations[cells.get("conversation", "").strip() or number].append((number, cells))
    newest_first = is_newest_first(rows, options)
    for several in conversations.values():
        if len(several) > 1:
            moments = [parse_moment(cells.get("created"), options.day_first) for _, cells in several]
            yield order_by_time(several, moments, newest_first)
        else:
            yield several


def order_notes(table: TranscriptTable, columns: ColumnChoice, options: ReadOptions) -> tuple[str, ...]:
    """What to say of the order in which a table's conversations were read."""
    if columns.conversation not in table.header or columns.created not in table.header:
        return ()
    index = table.header.index(columns.created)
    rows = [(number, cells_by_field(row, {"created": index})) for number, row in numbered_rows(table)]
    return (NEWEST_FIRST_NOTE,) if is_newest_first(rows[:MAX_ROWS], options) else ()


def is_newest_first(rows: Sequence[NumberedCells], options: ReadOptions) -> bool:
    """Whether the moments of a file's rows fall from one to the next, wherever they differ."""
    moments = [m for _, cells in rows if (m := parse_moment(cells.get("created"), options.day_first)) is not None]
    steps = [(a > b) - (a < b) for a, b in itertools.pairwise(moments)]
    return bool(steps) and 1 in steps and -1 not in steps


def row_turn(
    cells: Mapping[str, str], before: tuple[Message, ...], columns: ColumnChoice, options: ReadOptions
) -> Turn:
    """The turn in a row's cells. Explained where its question or its answer is none."""
    if len(before) >= MAX_MESSAGES:
        raise Explained(f"Its conversation has more than {MAX_MESSAGES:,} messages.")
    asked, told = filled_cell(cells, "question"), filled_cell(cells, "answer")
    if not told and cells.get("answer", "").strip():
        raise Explained(f"There is no answer: the cell says “{cells['answer'].strip()}”.")
    if not asked and cells.get("question", "").strip():
        raise Explained(f"There is no question: the cell says “{cells['question'].strip()}”.")
    more = filled_cell(cells, "more")
    messages = read_asked(f"{asked}\n{more}" if more else asked)
    system = filled_cell(cells, "system")
    history = (
        [] if before else parse_conversation(listed_messages(cells.get("history")) or [{"role": "", "content": ""}])
    )
    earlier = before or spoken_messages([spoken_message("system", system), *history])
    sides = read_answered(told)
    answer = sides[0].message if sides else spoken_message("assistant", "")
    if not answer.text and answer.thoughts:
        raise Explained(f"{NO_ANSWER[:-1]}: {len(answer.thoughts):,} letters of reasoning, and then nothing.")
    spoken = spoken_messages(messages)
    day = cells.get("created", "").strip()
    return Turn(
        (*earlier, *spoken) if len(spoken) == 1 else spoken,  # else the cell tells the conversation itself
        answer.text, model=filled_cell(cells, "model"), made=iso_day(day, options.day_first),
        date_text=day if day not in EMPTY_CELLS else "", thoughts=untimed_thoughts(answer.thoughts),
        notes=left_out_notes([*messages, replace(answer, thoughts="")]),
        first=cell_seconds(cells, columns, "first"), total=cell_seconds(cells, columns, "total"),
    )  # fmt: skip


def filled_cell(cells: Mapping[str, str], which: str) -> str:
    """What a cell says; "" where it only says that it is empty."""
    cell = cells.get(which, "").strip()
    return "" if cell in EMPTY_CELLS else cell


def cell_seconds(cells: Mapping[str, str], columns: ColumnChoice, which: str) -> float | None:
    """A length of time in seconds, by the unit in the column's name or the chosen one; None where it is none."""
    told = split_unit(plain_name(getattr(columns, which)))[1]
    return parse_seconds(cells.get(which), told or UNIT_SECONDS[getattr(columns, f"{which}_unit")])

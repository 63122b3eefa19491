"""Table: a CSV file with a question and an answer in each row, whatever its columns are called."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Literal

from components.core.explained import Explained
from components.core.prompt import Message
from components.models.transcripts.field_names import (
    FIELD_ALIASES,
    UNIT_SECONDS,
    iso_day,
    parse_moment,
    parse_seconds,
    plain_name,
    split_unit,
)
from components.models.transcripts.file_text import (
    CHOOSE_FILE_TEXT,
    MAX_FILE_BYTES,
    MAX_ROWS,
    NOTHING_IMPORTED,
    TOO_MANY_ROWS,
)
from components.models.transcripts.message_forms import MAX_MESSAGES, left_out_notes, spoken_messages
from components.models.transcripts.trace_rows import input_messages, output_text
from components.models.transcripts.transcript_turn import Turn, printable_text

DELIMITERS = ",;\t|"
SAMPLE_CHARS, SAMPLE_ROWS = 200_000, 30  # characters and rows from which the delimiter is found
MAX_PLAUSIBLE_S = 120.0  # seconds; where most times are longer than that, they are milliseconds
OTHER_TOPICS = ("id", "score", "rating", "tokens", "count", "length", "cost", "type", "name", "url")
csv.field_size_limit(MAX_FILE_BYTES)  # an answer may be longer than the 128 kB that the module takes by default


@dataclass(frozen=True)
class TranscriptTable:
    """The columns of a file, and its rows; a row's number is the one that a spreadsheet shows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ColumnChoice:
    """Which column holds what, "" where none does; and the units of the two times."""

    question: str = ""
    answer: str = ""
    system: str = ""
    model: str = ""
    first: str = ""
    total: str = ""
    conversation: str = ""
    created: str = ""
    first_unit: Literal["s", "ms"] = "s"
    total_unit: Literal["s", "ms"] = "s"


def parse_table(text: str) -> TranscriptTable:
    """The table in a text, its delimiter found by looking at it. Explained where there is none."""
    mark, _, rest = text.partition("\n")
    named = mark.strip().lower()
    delimiter = named[4:] if named.startswith("sep=") and len(named) == 5 else ("\t" if named == "sep=" else "")
    text = rest if delimiter else text
    try:
        records = list(
            islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or find_delimiter(text)), MAX_ROWS + 2)
        )
    except csv.Error as error:
        raise Explained(f"This table cannot be read: {error}.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT) from error
    if len(records) < 2:
        raise Explained("This table has no rows under its header.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)
    return TranscriptTable(unique_header(records[0]), tuple(tuple(record) for record in records[1:]))


def unique_header(names: Sequence[str]) -> tuple[str, ...]:
    """The columns' names made unique; a nameless column is called by its number."""
    header: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        bare = " ".join(name.split())[:100] or f"Column {number}"
        header[bare if bare not in header else f"{bare} ({number})"] = None
    return tuple(header)


def find_delimiter(text: str) -> str:
    """The delimiter that gives the most rows the same number of columns."""

    def regular(sign: str) -> tuple[float, int]:
        try:
            read = csv.reader(io.StringIO(text[:SAMPLE_CHARS], newline=""), delimiter=sign)
            widths = [len(record) for record in islice(read, SAMPLE_ROWS) if record]
        except csv.Error:
            return 0.0, 0
        if not widths or widths[0] < 2:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(DELIMITERS, key=regular)


def propose_columns(table: TranscriptTable) -> ColumnChoice:
    """Which column seems to hold what, by its name; "" where none does."""
    chosen: dict[str, str] = {}
    for which, names in FIELD_ALIASES.items():
        bare = {name: split_unit(plain_name(name))[0] for name in table.header if name not in chosen.values()}
        exact = next((name for alias in names for name in bare if bare[name] == alias), "")
        chosen[which] = exact or (similar_column(bare, names) if which in ("question", "answer") else "")
    units = {f"{which}_unit": time_unit(table, chosen[which]) for which in ("first", "total")}
    return ColumnChoice(**chosen, **units)  # type: ignore[arg-type]


def similar_column(bare: Mapping[str, str], names: Sequence[str]) -> str:
    """The column whose name has one of these words in it, and none that speaks of something else."""
    several = {name: words.split() for name, words in bare.items() if not set(words.split()) & set(OTHER_TOPICS)}
    return next((name for alias in names for name, words in several.items() if alias in words), "")


def time_unit(table: TranscriptTable, column: str) -> Literal["s", "ms"]:
    """The unit of a column of times: as its name says, else milliseconds where most would be very long seconds."""
    scale = split_unit(plain_name(column))[1]
    if scale is not None or not column:
        return "ms" if scale == UNIT_SECONDS["ms"] else "s"
    index = table.header.index(column)
    lengths = [parse_seconds(row[index], 1.0) for row in table.rows[:200] if len(row) > index]
    known = [length for length in lengths if length is not None]
    return "ms" if known and median(known) > MAX_PLAUSIBLE_S else "s"


def table_turns(table: TranscriptTable, columns: ColumnChoice) -> Iterator[tuple[int, Turn | Explained]]:
    """The rows as turns, with their numbers; the earlier rows of the same conversation come before the question."""
    indices = {which: table.header.index(name) for which, name in vars(columns).items() if name in table.header}
    for which in ("question", "answer"):
        if which not in indices:
            raise Explained(
                f"Which column holds the {which} is not known.", NOTHING_IMPORTED, "Choose it from the columns."
            )
    rows = [
        (number, cells_by_field(row, indices))
        for number, row in enumerate(table.rows, start=2)
        if any(map(str.strip, row))
    ]
    if len(rows) > MAX_ROWS:
        yield rows[MAX_ROWS][0], Explained(TOO_MANY_ROWS)
    for several in group_conversations(rows[:MAX_ROWS]):
        before: tuple[Message, ...] = ()
        for number, cells in several:
            try:
                turn = row_turn(cells, before, columns)
            except Explained as problem:
                yield number, problem
                continue
            yield number, turn
            if turn.answer.strip():
                before = (*turn.messages, Message("assistant", turn.answer.strip()))


def cells_by_field(row: Sequence[str], indices: Mapping[str, int]) -> dict[str, str]:
    """A row's cells by their field."""
    return {which: row[index] for which, index in indices.items() if index < len(row)}


def group_conversations(rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[list[tuple[int, dict[str, str]]]]:
    """The rows of each conversation, in the order of their moments where all of them have one."""
    conversations: dict[object, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for number, cells in rows:
        conversations[cells.get("conversation", "").strip() or number].append((number, cells))
    for several in conversations.values():
        when = {number: parse_moment(cells.get("created")) for number, cells in several}
        if None not in when.values():
            several.sort(key=lambda row: (when[row[0]], row[0]))
        yield several


def row_turn(cells: Mapping[str, str], before: tuple[Message, ...], columns: ColumnChoice) -> Turn:
    """The turn in a row's cells. Explained where its question is none."""
    if len(before) >= MAX_MESSAGES:
        raise Explained(f"Its conversation has more than {MAX_MESSAGES:,} messages.")
    system = printable_text(cells.get("system", "")).strip()
    answer, odd = output_text(cells.get("answer", ""))
    messages = spoken_messages(input_messages(cells.get("question", "")))
    if len(messages) == 1:  # else the cell tells the conversation itself
        messages = (*(before or ((Message("system", system),) if system else ())), *messages)
    return Turn(
        messages, answer, model=cells.get("model", ""), made=iso_day(cells.get("created")),
        notes=left_out_notes([(None, odd)]),
        first=parse_seconds(cells.get("first"), UNIT_SECONDS[columns.first_unit]),
        total=parse_seconds(cells.get("total"), UNIT_SECONDS[columns.total_unit]),
    )  # fmt: skip

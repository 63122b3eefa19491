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
from components.models.transcripts.field_names import FIELDS, UNITS, day, moment, plain, seconds, unit
from components.models.transcripts.file_text import DO, KEPT, LARGEST, MOST_ROWS, TOO_MANY
from components.models.transcripts.message_forms import MOST, notes, spoken
from components.models.transcripts.trace_rows import answered, asked
from components.models.transcripts.transcript_turn import Turn, printable

DELIMITERS = ",;\t|"
SAMPLE, LOOKED_AT = 200_000, 30  # characters and rows from which the delimiter is found
SLOWEST = 120.0  # seconds; where most times are longer than that, they are milliseconds
NO_TIME = ("id", "score", "rating", "tokens", "count", "length", "cost", "type", "name", "url")
csv.field_size_limit(LARGEST)  # an answer may be longer than the 128 kB that the module takes by default


@dataclass(frozen=True)
class Table:
    """The columns of a file, and its rows; a row's number is the one that a spreadsheet shows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Columns:
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


def table(text: str) -> Table:
    """The table in a text, its delimiter found by looking at it. Explained where there is none."""
    mark, _, rest = text.partition("\n")
    named = mark.strip().lower()
    told = named[4:] if named.startswith("sep=") and len(named) == 5 else ("\t" if named == "sep=" else "")
    text = rest if told else text
    try:
        records = list(
            islice(csv.reader(io.StringIO(text, newline=""), delimiter=told or delimiter(text)), MOST_ROWS + 2)
        )
    except csv.Error as error:
        raise Explained(f"This table cannot be read: {error}.", KEPT, DO) from error
    if len(records) < 2:
        raise Explained("This table has no rows under its header.", KEPT, DO)
    return Table(header(records[0]), tuple(tuple(record) for record in records[1:]))


def header(names: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, each once; a column without one gets its number."""
    kept: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        bare = " ".join(name.split())[:100] or f"Column {place}"
        kept[bare if bare not in kept else f"{bare} ({place})"] = None
    return tuple(kept)


def delimiter(text: str) -> str:
    """The sign that splits the most rows into the same number of columns."""

    def regular(sign: str) -> tuple[float, int]:
        try:
            read = csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=sign)
            widths = [len(record) for record in islice(read, LOOKED_AT) if record]
        except csv.Error:
            return 0.0, 0
        if not widths or widths[0] < 2:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(DELIMITERS, key=regular)


def proposed(table: Table) -> Columns:
    """Which column seems to hold what, by its name; "" where none does."""
    found: dict[str, str] = {}
    for which, names in FIELDS.items():
        bare = {name: unit(plain(name))[0] for name in table.header if name not in found.values()}
        exact = next((name for alias in names for name in bare if bare[name] == alias), "")
        found[which] = exact or (alike(bare, names) if which in ("question", "answer") else "")
    units = {f"{which}_unit": unit_of(table, found[which]) for which in ("first", "total")}
    return Columns(**found, **units)  # type: ignore[arg-type]


def alike(bare: Mapping[str, str], names: Sequence[str]) -> str:
    """The column whose name has one of these words in it, and none that speaks of something else."""
    several = {name: words.split() for name, words in bare.items() if not set(words.split()) & set(NO_TIME)}
    return next((name for alias in names for name, words in several.items() if alias in words), "")


def unit_of(table: Table, column: str) -> Literal["s", "ms"]:
    """The unit of a column of times: as its name says, else milliseconds where most would be very long seconds."""
    scale = unit(plain(column))[1]
    if scale is not None or not column:
        return "ms" if scale == UNITS["ms"] else "s"
    place = table.header.index(column)
    known = [seconds(row[place], 1.0) for row in table.rows[:200] if len(row) > place]
    given = [one for one in known if one is not None]
    return "ms" if given and median(given) > SLOWEST else "s"


def turns(table: Table, columns: Columns) -> Iterator[tuple[int, Turn | Explained]]:
    """The rows as turns, with their numbers; the earlier rows of the same conversation come before the question."""
    places = {which: table.header.index(name) for which, name in vars(columns).items() if name in table.header}
    for which in ("question", "answer"):
        if which not in places:
            raise Explained(f"Which column holds the {which} is not known.", KEPT, "Choose it from the columns.")
    rows = [(number, named(row, places)) for number, row in enumerate(table.rows, start=2) if any(map(str.strip, row))]
    if len(rows) > MOST_ROWS:
        yield rows[MOST_ROWS][0], Explained(TOO_MANY)
    for several in conversations(rows[:MOST_ROWS]):
        before: tuple[Message, ...] = ()
        for number, cells in several:
            try:
                made = turn(cells, before, columns)
            except Explained as problem:
                yield number, problem
                continue
            yield number, made
            if made.answer.strip():
                before = (*made.messages, Message("assistant", made.answer.strip()))


def named(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row by what they hold."""
    return {which: row[place] for which, place in places.items() if place < len(row)}


def conversations(rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[list[tuple[int, dict[str, str]]]]:
    """The rows of each conversation, in the order of their moments where all of them have one."""
    found: dict[object, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for number, cells in rows:
        found[cells.get("conversation", "").strip() or number].append((number, cells))
    for several in found.values():
        when = {number: moment(cells.get("created")) for number, cells in several}
        if None not in when.values():
            several.sort(key=lambda row: (when[row[0]], row[0]))
        yield several


def turn(cells: Mapping[str, str], before: tuple[Message, ...], columns: Columns) -> Turn:
    """One row. Explained where its question is none."""
    if len(before) >= MOST:
        raise Explained(f"Its conversation has more than {MOST:,} messages.")
    system = printable(cells.get("system", "")).strip()
    said, odd = answered(cells.get("answer", ""))
    messages = spoken(asked(cells.get("question", "")))
    if len(messages) == 1:  # else the cell tells the conversation itself
        messages = (*(before or ((Message("system", system),) if system else ())), *messages)
    return Turn(
        messages, said, model=cells.get("model", ""), made=day(cells.get("created")), notes=notes([(None, odd)]),
        first=seconds(cells.get("first"), UNITS[columns.first_unit]),
        total=seconds(cells.get("total"), UNITS[columns.total_unit]),
    )  # fmt: skip

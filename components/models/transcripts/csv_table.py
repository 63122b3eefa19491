"""CSV table: a text as rows and columns: how its columns are kept apart, how its quotes are written, where its header
stands.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from components.core.explained import Explained
from components.models.transcripts.field_names import field_ranks, plain_name
from components.models.transcripts.file_text import CHOOSE_FILE_TEXT, MAX_FILE_BYTES, MAX_ROWS, NOTHING_IMPORTED

DELIMITERS = ",;\t|"
SAMPLE_CHARS, SAMPLE_ROWS = 200_000, 30  # characters and rows from which the delimiter is found
MAX_HEADER_ROWS, MAX_NAME_CHARS, MAX_NAME_WORDS = (
    15,
    60,
    7,
)  # rows in which a header is looked for; letters and words of a name
BACKSLASH_PATTERN = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
STREAM_PATTERN = re.compile(r"\s*(?:event: ?\w+\s+)?data: ?[\[{]")
STREAM_TEXT = "This is the stream of one answer as a server sent it, not a table: nobody's question stands in it."
SAVE_STREAM_TEXT = "Record that answer through the proxy, or save the whole answer with its question as JSON lines."
csv.field_size_limit(MAX_FILE_BYTES)  # an answer may be longer than the 128 kB that the module takes by default


@dataclass(frozen=True)
class TranscriptTable:
    """The columns of a file, and its rows; a row's number is the one that a spreadsheet shows, `first_row` that of the
    first. `notes` say how the table was read where that is not plain.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2
    notes: tuple[str, ...] = ()


def parse_table(text: str) -> TranscriptTable:
    """The table in a text, its delimiter and its header found by looking at it. Explained where there is none."""
    text = text.replace("\ufeff", "")
    mark, _, rest = text.partition("\n")
    named = mark.strip().lower()
    delimiter = named[4:] if named.startswith("sep=") and len(named) == 5 else ("\t" if named == "sep=" else "")
    text = rest if delimiter else text
    if STREAM_PATTERN.match(text):
        raise Explained(STREAM_TEXT, NOTHING_IMPORTED, SAVE_STREAM_TEXT)
    records, notes = read_records(text, delimiter or find_delimiter(text))
    if max((len(record) for record in records[:SAMPLE_ROWS]), default=0) < 2:
        refuse_column(records)
    index = header_index(records)
    if index is None:
        width = max(len(record) for record in records[:SAMPLE_ROWS])
        names = [f"Column {number}" for number in range(1, width + 1)]
        notes += ("It has no header, so its columns are called by their numbers.",)
        return TranscriptTable(tuple(names), tuple(map(tuple, records)), 1, notes)
    if len(records) < index + 2:
        raise Explained("This table has no rows under its header.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)
    if index:
        notes += (f"Its header is row {index + 1}; what stands above it was left out.",)
    return TranscriptTable(unique_header(records[index]), tuple(map(tuple, records[index + 1 :])), index + 2, notes)


def read_records(text: str, delimiter: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """(the rows of cells, what to say of their quotes). Explained where they cannot be told apart."""
    mended = BACKSLASH_PATTERN.sub(r'\1""', text) if '\\"' in text else text
    for form, notes in ((text, ()), (mended, ("Its quotes are written with a backslash, and were read so.",))):
        try:
            return list(
                islice(csv.reader(io.StringIO(form, newline=""), delimiter=delimiter, strict=True), MAX_ROWS + 20)
            ), notes
        except csv.Error:
            continue
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        records = list(islice(reader, MAX_ROWS + 20))
    except csv.Error as error:
        raise Explained(f"This table cannot be read: {error}.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT) from error
    return records, ("A quotation mark in it is not closed, or letters follow one: look at the rows near it.",)


def refuse_column(records: Sequence[Sequence[str]]) -> None:
    """Explained where a text with one column is no table, with what it seems to be."""
    cells = [record[0].strip() for record in records[1:20] if record]
    if len(records) == 1:
        raise Explained("This table has no rows under its header.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)
    if cells and sum(cell.startswith(("[", "{")) for cell in cells) * 2 >= len(cells):
        return
    raise Explained(
        "This is a text in one column, neither a table nor JSON.", NOTHING_IMPORTED,
        "Choose a CSV with a question and an answer in each row, or JSON lines.",
    )  # fmt: skip


def header_index(records: Sequence[Sequence[str]]) -> int | None:
    """The row in which the header stands, from 0; None where there is none."""
    heads = records[:MAX_HEADER_ROWS]
    widths = Counter(len(record) for record in records[: SAMPLE_ROWS * 2] if any(record))
    width = max(widths, key=lambda n: (widths[n], n), default=0)
    for wanted in (2, 1):
        for index, record in enumerate(heads):
            if len(record) * 2 > width and known_names(record) >= wanted and looks_like_names(record):
                return index
    first = next((index for index, record in enumerate(heads) if any(map(str.strip, record))), 0)
    return first if heads and looks_like_names(heads[first]) else None


def known_names(record: Sequence[str]) -> int:
    """How many cells of a row are names by which columns are known."""
    return sum(
        bool(field_ranks(cell)) or plain_name(cell).split(" ")[0] in ("attributes", "messages")
        for cell in record
        if cell
    )


def looks_like_names(record: Sequence[str]) -> bool:
    """Whether the cells of a row can be the names of columns: short, no sentences, and mostly not numbers."""
    cells = [cell.strip() for cell in record if cell.strip()]
    odd = [cell for cell in cells if cell[-1] in ".?!。？！" or "\n" in cell or len(cell) > MAX_NAME_CHARS]
    odd += [cell for cell in cells if len(cell.split()) > MAX_NAME_WORDS and cell not in odd]
    known = sum(bool(field_ranks(cell)) for cell in cells)
    return bool(cells) and len(odd) <= known


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
            widths = Counter(len(record) for record in islice(read, SAMPLE_ROWS) if record)
        except csv.Error:
            return 0.0, 0
        usual = max(widths, key=lambda width: (widths[width], width), default=0)
        if usual < 2:
            return 0.0, 0
        return widths[usual] / widths.total(), usual

    return max(DELIMITERS, key=regular)

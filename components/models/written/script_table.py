"""Script table: a script as a table of questions and answers: CSV, or what a spreadsheet copies."""

import csv
import io

from components.core.explained import Explained
from components.core.scenario import TYPED_KEPT
from components.models.transcripts.csv_table import find_delimiter
from components.models.written.scripted_model import question_key

PAIRS_HEADER = ("Question", "Answer")
PASTE_PAIRS_TEXT = "Paste a question and an answer a row, with a comma or a tab between them."
Pairs = tuple[tuple[str, str], ...]


def parse_pairs(text: str) -> Pairs:
    """The first two columns of every row that holds anything. Explained where a row has only one."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text)))
    except csv.Error as error:
        raise Explained(
            f"This table cannot be read: {error}.", TYPED_KEPT, "Paste a question and an answer a row."
        ) from error
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    short = next((number for number, row in filled if len(row) < len(PAIRS_HEADER)), None)
    if not filled or short is not None:
        raise Explained(
            f"Row {short} has no second column." if short else "There is no row in this table.",
            TYPED_KEPT,
            PASTE_PAIRS_TEXT,
        )
    pairs = tuple((row[0].strip(), row[1].strip()) for _, row in filled)
    return pairs[1:] if tuple(map(question_key, pairs[0])) == tuple(map(question_key, PAIRS_HEADER)) else pairs


def pairs_csv(pairs: Pairs) -> str:
    """The pairs as CSV with a header."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows((PAIRS_HEADER, *pairs))
    return file.getvalue()

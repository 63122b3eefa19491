"""Script table: a script as a table of questions and answers: CSV, or what a spreadsheet copies."""

import csv
import io

from components.core.explained import Explained
from components.models.transcripts.csv_table import delimiter
from components.models.written.scripted_model import KEPT, question_key

HEAD = ("Question", "Answer")
DO = "Paste a question and an answer a row, with a comma or a tab between them."
Pairs = tuple[tuple[str, str], ...]


def read(text: str) -> Pairs:
    """The first two columns of every row that holds anything. Explained where a row has only one."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)))
    except csv.Error as error:
        raise Explained(
            f"This table cannot be read: {error}.", KEPT, "Paste a question and an answer a row."
        ) from error
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    short = next((number for number, row in filled if len(row) < len(HEAD)), None)
    if not filled or short is not None:
        raise Explained(f"Row {short} has no second column." if short else "There is no row in this table.", KEPT, DO)
    pairs = tuple((row[0].strip(), row[1].strip()) for _, row in filled)
    return pairs[1:] if tuple(map(question_key, pairs[0])) == tuple(map(question_key, HEAD)) else pairs


def written(pairs: Pairs) -> str:
    """The same as CSV, with a head."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows((HEAD, *pairs))
    return file.getvalue()

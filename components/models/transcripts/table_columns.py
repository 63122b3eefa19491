"""Table columns: which column of a table holds what, by its name and by what is in it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from components.models.transcripts.conversation_forms import listed_messages
from components.models.transcripts.csv_table import TranscriptTable
from components.models.transcripts.field_names import (
    FIELD_ALIASES,
    UNIT_SECONDS,
    field_ranks,
    parse_seconds,
    plain_name,
    split_unit,
)
from components.models.transcripts.message_forms import known_role
from components.models.transcripts.moment_forms import parse_moment
from components.models.transcripts.trace_rows import GENERATION_TYPES, OTHER_TYPES

MAX_PLAUSIBLE_S = 120.0  # seconds; where most times are longer than that, they are milliseconds
SAMPLE_CELLS = 60  # cells of a column that are looked at
OTHER_TOPICS = ("id", "score", "rating", "tokens", "count", "length", "cost", "type", "name", "url", "time", "date")
EMPTY_CELLS = frozenset(("", "NULL", "null", r"\N", "None", "nan", "NaN", "<NA>", "#N/A"))
STEP_TYPES = frozenset((*GENERATION_TYPES, *OTHER_TYPES))
STEP_TYPE_NAMES = ("type", "run type", "span kind", "observation type")
CellTest = Callable[[str], bool]


@dataclass(frozen=True)
class ColumnChoice:
    """Which column holds what, "" where none does; and the units of the two times.

    `more` belongs to the question, as an instruction's input does; `history` holds what was said before it. Where each
    row is one message, `role` says who speaks and `text` what is said.
    """

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
    more: str = ""
    history: str = ""
    role: str = ""
    text: str = ""


def column_cells(table: TranscriptTable, column: str) -> list[str]:
    """The first cells of a column that hold anything."""
    index = table.header.index(column)
    cells = (row[index].strip() for row in table.rows[: SAMPLE_CELLS * 4] if len(row) > index)
    return [cell for cell in cells if cell not in EMPTY_CELLS][:SAMPLE_CELLS]


def are_mostly(cells: Sequence[str], test: CellTest) -> bool:
    """Whether most of these cells pass a test, or there are none."""
    return sum(map(test, cells)) * 2 > len(cells) or not cells


def is_moment_cell(cell: str) -> bool:
    """Whether a cell holds a date or a time of day with one."""
    return parse_moment(cell, True) is not None


def is_wait_cell(cell: str) -> bool:
    """Whether a cell holds a length of time."""
    return parse_seconds(cell, 1.0) is not None and parse_moment(cell, True) is None


def is_role_cell(cell: str) -> bool:
    """Whether a cell names who speaks."""
    return bool(known_role(cell))


def is_sentence_cell(cell: str) -> bool:
    """Whether a cell says something: several words, a question, or a script without spaces."""
    return cell.endswith(("?", "？", "!", ".")) or len(cell.split()) > 2 or (len(cell) > 5 and not cell.isascii())


FITTING_CELLS: Mapping[str, CellTest] = {
    "first": is_wait_cell, "total": is_wait_cell, "created": is_moment_cell, "role": is_role_cell,
}  # fmt: skip


def propose_columns(table: TranscriptTable) -> ColumnChoice:
    """Which column seems to hold what, by its name and by what is in it; "" where none does."""
    cells = {column: column_cells(table, column) for column in table.header}
    chosen = message_columns(cells)
    for which in () if chosen.get("role") else ("question", "answer"):
        chosen[which] = named_text(cells, which, tuple(chosen.values()))
    if not chosen.get("role") and not (chosen["question"] and chosen["answer"]):
        chosen |= told_columns(cells, chosen)
    for which in ("first", "total", "created", "model", "conversation", "system", "history"):
        chosen[which] = named_column(cells, which, tuple(chosen.values()))
    bare = {plain_name(column): column for column in table.header}
    if {"instruction", "input"} <= bare.keys() and chosen.get("question") in (bare["instruction"], bare["input"]):
        chosen |= {"question": bare["instruction"], "more": bare["input"]}
    if not chosen["created"]:
        dated = [c for c, held in cells.items() if held and c not in chosen.values() and all(map(is_moment_cell, held))]
        chosen["created"] = dated[0] if len(dated) == 1 and not dated[0].lower().endswith("id") else ""
    units = {f"{which}_unit": time_unit(table, chosen[which]) for which in ("first", "total")}
    return ColumnChoice(**chosen, **units)  # type: ignore[arg-type]


def message_columns(cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The columns of who speaks and of what is said, where each row is one message; {} where it is not."""
    roles = [column for column, held in cells.items() if len(held) > 1 and all(map(is_role_cell, held))]
    role = next((column for column in roles if "role" in field_ranks(column)), roles[0] if len(roles) == 1 else "")
    known = {known_role(cell) for cell in cells[role]} if role else set()
    if "user" not in known or known.isdisjoint(("assistant", "system")):
        return {}
    ranked = sorted((field_ranks(column)["text"], column) for column in cells if "text" in field_ranks(column))
    said = [column for column, held in cells.items() if column != role and held and are_mostly(held, is_sentence_cell)]
    text = next((column for _, column in ranked if column != role), said[0] if len(said) == 1 else "")
    return {"role": role, "text": text} if text else {}


def named_column(cells: Mapping[str, Sequence[str]], which: str, taken: Collection[str]) -> str:
    """The column that bears a name of this field and holds what fits it; "" where there is none."""
    ranked = sorted((field_ranks(column)[which], column) for column in cells if which in field_ranks(column))
    fits = FITTING_CELLS.get(which, bool)
    free = [column for _, column in ranked if column not in taken]
    named = (column for column in free if len(field_ranks(column)) == 1)  # by a name that means nothing else
    return next((column for column in free if are_mostly(cells[column], fits)), next(named, ""))


def named_text(cells: Mapping[str, Sequence[str]], which: str, taken: Collection[str]) -> str:
    """The column of questions or answers by its name; of several, the first that holds sentences."""
    ranked = [c for _, c in sorted((field_ranks(c)[which], list(cells).index(c), c)[::2] for c in cells
                                   if which in field_ranks(c))]  # fmt: skip
    words = {column: set(split_unit(plain_name(column))[0].split()) for column in cells}
    alike = [c for alias in FIELD_ALIASES[which] for c in cells
             if alias in words[c] and not words[c] & set(OTHER_TOPICS) and not field_ranks(c)]  # fmt: skip
    several = [column for column in dict.fromkeys([*ranked, *alike]) if column not in taken]
    if not several:
        return ""
    said = [column for column in several if cells[column] and are_mostly(cells[column], is_sentence_cell)]
    wordy = [column for column in said if not are_mostly(cells[several[0]], is_sentence_cell)]
    return wordy[0] if wordy else several[0]


def told_columns(cells: Mapping[str, Sequence[str]], chosen: Mapping[str, str]) -> dict[str, str]:
    """The columns of the question and the answer by what is in them: two columns of sentences, questions in one."""
    said = [
        column for column, held in cells.items() if held and are_mostly(held, is_sentence_cell) and not is_dated(held)
    ]
    asks = [column for column in said if are_mostly(cells[column], lambda cell: cell.rstrip().endswith(("?", "？")))]
    question = chosen["question"] or (asks[0] if len(asks) == 1 and asks[0] != chosen["answer"] else "")
    others = [column for column in said if column != question]
    answer = chosen["answer"] or (others[0] if question and len(others) == 1 else "")
    return {"question": question, "answer": answer}


def is_dated(cells: Sequence[str]) -> bool:
    """Whether most cells are dates or lengths of time, and no sentences."""
    return are_mostly(cells, lambda cell: is_moment_cell(cell) or is_wait_cell(cell))


def time_unit(table: TranscriptTable, column: str) -> Literal["s", "ms"]:
    """The unit of a column of times: as its name says, else milliseconds where most would be very long seconds."""
    scale = split_unit(plain_name(column))[1]
    if scale is not None or not column:
        return "ms" if scale == UNIT_SECONDS["ms"] else "s"
    index = table.header.index(column)
    lengths = [parse_seconds(row[index], 1.0) for row in table.rows[:200] if len(row) > index]
    known = [length for length in lengths if length is not None]
    return "ms" if known and median(known) > MAX_PLAUSIBLE_S else "s"


def tells_itself(table: TranscriptTable) -> bool:
    """Whether the rows of a table say themselves what they are: steps of traces, or whole conversations in a cell."""
    bare = [plain_name(column) for column in table.header]
    kinds = [column for column in table.header if plain_name(column) in STEP_TYPE_NAMES]
    steps = any(all(cell.upper() in STEP_TYPES for cell in column_cells(table, column)) for column in kinds)
    if any(name.startswith("attributes ") for name in bare) or (steps and {"input", "inputs"} & set(bare)):
        return True
    if any("question" in field_ranks(name) for name in bare) and any("answer" in field_ranks(name) for name in bare):
        return False
    return any(
        cells and all(map(is_conversation_cell, cells[:5])) for cells in (column_cells(table, c) for c in table.header)
    )


def is_conversation_cell(cell: str) -> bool:
    """Whether a cell holds a whole list of messages."""
    return cell.startswith("[") and listed_messages(cell) is not None

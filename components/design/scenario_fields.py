"""Scenario fields: every part of a scenario that a person can write, as a text, a number, lines or a table."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from components.core.script import split_parts

Shape = Literal["line", "text", "number", "lines", "table", "row", "answers", "options"]
Row = Mapping[str, Any]
SURE_COLUMN = "How sure, in %"
OPTION_COLUMN, ANSWER_COLUMN = "Option", "Answer"
CELL_BAR = "\u2223"  # stands in a cell where a person typed |, which parts the cells of a line


@dataclass(frozen=True)
class ScenarioField:
    """One part of a scenario: where its value is in the scenario's JSON, what it is called and how it is written.

    `low`, `high` and `default` are a number's; `columns` are a table's, of which the `wide` ones hold longer texts, and
    `row` is the noun for one of its rows.
    """

    path: tuple[str, ...]
    label: str
    shape: Shape
    help: str = ""
    columns: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    row: str = ""
    low: float = 0.0
    high: float = 100.0
    default: float | None = None

    @property
    def key(self) -> str:
        """Its path in one word."""
        return "-".join(self.path)


@dataclass(frozen=True)
class ScenarioPart:
    """Fields that are written together, and the patterns, by class name, that show what is written there."""

    name: str
    about: str
    fields: tuple[ScenarioField, ...]
    patterns: tuple[str, ...]


def answer_fields(name: str, label: str, about: str) -> tuple[ScenarioField, ...]:
    """The fields of one written answer."""
    return (
        ScenarioField((name, "text"), label, "text", about),
        ScenarioField(
            (name, "sure"), f"How sure the {label.lower()} seems, in %", "number",
            "What a confidence badge shows. Left empty, no badge is shown.",
        ),
        ScenarioField(
            (name, "doubts"), f"Phrases of the {label.lower()} that are more or less sure", "table",
            "Written as in the answer. Highlighting marks those under 50 %.", ("Phrase", SURE_COLUMN), row="phrase",
        ),
    )  # fmt: skip


SCENARIO_PARTS = (
    ScenarioPart(
        "Question and answers", "What is asked, the right answer, and a wrong one to test trust with.",
        (
            ScenarioField(("question",), "Question", "text", "In the words of a real person."),
            ScenarioField(("also",), "Other wordings", "lines", "One a line. Slips of typing are understood anyway."),
            ScenarioField(("subject",), "Topic", "line", "Where it belongs: banking, health, travel …"),
            *answer_fields("answer", "Right answer", "Markdown is drawn: lists, tables, bold, code."),
            *answer_fields("wrong", "Wrong answer", "As fluent as the right one, and wrong in a point that matters."),
            ScenarioField(
                ("again",), "Further attempts", "answers", "What “Try again” and alternatives show.",
                (ANSWER_COLUMN, SURE_COLUMN), (ANSWER_COLUMN,), "attempt",
            ),
        ),
        ("Streaming", "Badge", "Highlighting"),
    ),
    ScenarioPart(
        "Asking back", "What is missing from the question, what is asked for it, and the answer for each option.",
        (
            ScenarioField(("script", "missing"), "What is missing", "lines", "One a line."),
            ScenarioField(("script", "question"), "Question back", "line"),
            ScenarioField(
                ("replies",), "Options", "options", "An option without an answer can be picked; nothing plays.",
                (OPTION_COLUMN, SURE_COLUMN, ANSWER_COLUMN), (ANSWER_COLUMN,), "option",
            ),
            ScenarioField(("script", "restated"), "The request in one sentence", "line"),
            ScenarioField(
                ("script", "brief"), "The request part by part", "table", "", ("Part", "As it is taken"), row="part",
            ),
            ScenarioField(
                ("script", "assumes"), "Taken for granted", "table", "", ("As it is taken", "If it is not"),
                row="point",
            ),
        ),
        ("Streaming", "AskOneQuestion"),
    ),
    ScenarioPart(
        "Sources", "Where the answer can be checked, and which words of it each source bears out.",
        (
            ScenarioField(
                ("script", "sources"), "Sources", "table", "Copy the words it bears out from the answer.",
                ("Title", "Passage", "Words it bears out", "Address"), ("Passage",), "source",
            ),
        ),
        ("Streaming", "Citations"),
    ),
    ScenarioPart(
        "Plan and steps", "What it would do and what comes of it; what it did to find the answer.",
        (
            ScenarioField(
                ("script", "plan"), "Plan", "table", "Shown before anything is done.", ("Step", "Result"), row="step",
            ),
            ScenarioField(
                ("script", "steps"), "Steps done", "table", "Shown while it works.", ("Step", "Outcome"), row="step",
            ),
        ),
        ("Streaming", "PlanApproval", "StepLog"),
    ),
    ScenarioPart(
        "Thoughts and reasons", "What it thinks before the answer, and what speaks for and against it.",
        (
            ScenarioField(("script", "thinking"), "Thoughts", "lines", "One a line, in the order they come."),
            ScenarioField(("thinks",), "It thinks for (seconds)", "number", "", high=120.0, default=0.0),
            ScenarioField(("script", "why"), "Reasons for the answer", "lines"),
            ScenarioField(("script", "pro"), "What speaks for it", "lines"),
            ScenarioField(("script", "contra"), "What speaks against it", "lines"),
        ),
        ("Streaming", "ReasoningTrace", "Why", "ForAndAgainst"),
    ),
    ScenarioPart(
        "Before and after", "What it says it can do, what a person decides first, what comes next, who takes over.",
        (
            ScenarioField(("script", "can"), "What it can do", "lines"),
            ScenarioField(("script", "cannot"), "What it cannot do", "lines"),
            ScenarioField(("script", "decisions"), "Decisions", "lines", "What a person chooses from first."),
            ScenarioField(("script", "next"), "Follow-ups", "lines", "Short, specific, and questions."),
            ScenarioField(
                ("script", "person"), "Who takes over", "row", "Shown where the assistant hands over to a person.",
                ("Name", "Role", "First words"), ("First words",),
            ),
        ),
        ("Streaming", "FollowUps"),
    ),
    ScenarioPart(
        "Pace", "How long it takes to the first word, and how fast the words come.",
        (
            ScenarioField(("first",), "First word after (seconds)", "number", "", high=120.0, default=0.6),
            ScenarioField(("rate",), "Words a second", "number", "", low=0.1, high=1000.0, default=20.0),
        ),
        ("Streaming",),
    ),
)  # fmt: skip


def read_field(values: Mapping[str, Any], field: ScenarioField) -> Any:
    """A field's value in a scenario's JSON, as it is written: a text, a number or None, or rows of a table."""
    if field.shape == "options":
        return option_rows(values)
    kept = read_path(values, field.path)
    match field.shape:
        case "number":
            return field.default if kept is None else float(kept)
        case "lines":
            return "\n".join(kept or ())
        case "table":
            return [dict(zip(field.columns, split_parts(line, len(field.columns)), strict=True)) for line in kept or ()]
        case "row":
            return [dict(zip(field.columns, split_parts(kept, len(field.columns)), strict=True))] if kept else []
        case "answers":
            return [{ANSWER_COLUMN: answer["text"], SURE_COLUMN: answer.get("sure")} for answer in kept or ()]
    return kept or ""


def write_field(values: Mapping[str, Any], field: ScenarioField, written: Any) -> dict[str, Any]:
    """The scenario's JSON with what was written in a field; a field that says nothing is left out."""
    changed = deepcopy(dict(values))
    if field.shape == "options":
        filled = [row for row in written if cell_text(row, OPTION_COLUMN)]
        options = [cell_text(row, OPTION_COLUMN) for row in filled]
        replies = {
            cell_text(row, OPTION_COLUMN): written_answer(row) for row in filled if cell_text(row, ANSWER_COLUMN)
        }
        write_path(changed, ("script", "options"), options)
        write_path(changed, ("replies",), replies)
        return changed
    value = written
    if field.shape == "lines":
        value = [line.strip() for line in str(written).splitlines() if line.strip()]
    elif field.shape == "table":
        value = [line for row in written if (line := join_cells(row, field.columns))]
    elif field.shape == "row":
        value = join_cells(written[0], field.columns) if written else ""
    elif field.shape == "answers":
        value = [written_answer(row) for row in written if cell_text(row, ANSWER_COLUMN)]
    elif field.shape in ("line", "text"):
        value = str(written).strip()
    write_path(changed, field.path, value)
    return changed


def option_rows(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The options of a question back with their answers, as rows."""
    replies = values.get("replies", {})
    options = list(dict.fromkeys([*(read_path(values, ("script", "options")) or ()), *replies]))
    answers = {option: replies.get(option, {}) for option in options}
    return [
        {OPTION_COLUMN: option, ANSWER_COLUMN: answer.get("text", ""), SURE_COLUMN: answer.get("sure")}
        for option, answer in answers.items()
    ]


def written_answer(row: Row) -> dict[str, Any]:
    """A row with an answer as a written answer's JSON."""
    sure = row.get(SURE_COLUMN)
    return {"text": cell_text(row, ANSWER_COLUMN), **({} if sure in (None, "") else {"sure": float(sure)})}


def cell_text(row: Row, column: str) -> str:
    """The text in a cell; "" where it is empty."""
    return str(row.get(column) or "").strip()


def join_cells(row: Row, columns: Iterable[str]) -> str:
    """A row as a line with | between its cells, without those at the end that are empty; "" for an empty row."""
    cells = [" ".join(cell_text(row, column).replace("|", CELL_BAR).split()) for column in columns]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def read_path(values: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path; None where there is none."""
    found: Any = values
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def write_path(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Put a value at a path, or take it out where it says nothing."""
    for name in path[:-1]:
        values = values.setdefault(name, {})
    if value in (None, "", [], {}):
        values.pop(path[-1], None)
    else:
        values[path[-1]] = value

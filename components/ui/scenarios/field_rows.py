"""Field rows: a table of a scenario as rows of fields, which are added, moved up and taken out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.design.scenario_fields import SURE_COLUMN, ScenarioField, read_field
from components.ui.scenarios.open_scenario import OpenScenario
from components.ui.shared import state

WIDE_CELL_PX = 96
SaveField = Callable[[OpenScenario, ScenarioField, object], None]


@dataclass(frozen=True)
class FieldRows:
    """The rows of a table as they were drawn; `key` begins the keys of their widgets.

    What is typed may be told after the part was left, so nothing here is read from what is drawn then.
    """

    shown: OpenScenario
    field: ScenarioField
    save: SaveField
    key: str
    rows: list[dict[str, Any]]

    def cell_key(self, number: int, column: str) -> str:
        """The key of a cell's widget."""
        return f"{self.key}-{number}-{self.field.columns.index(column)}"

    def typed_rows(self) -> list[dict[str, Any]]:
        """The rows with what stands in their fields now."""
        return [
            {column: state.read_widget(self.cell_key(number, column), row.get(column)) for column in self.field.columns}
            for number, row in enumerate(self.rows)
        ]

    def save_typed_rows(self) -> None:
        """Save the rows as they stand in their fields."""
        self.save(self.shown, self.field, self.typed_rows())

    def add_row(self) -> None:
        """One more row, in which nothing is written."""
        self.rows.append(blank_row(self.field))

    def take_out(self, number: int) -> None:
        """Take a row out; an earlier version still has it."""
        rows = self.typed_rows()
        del rows[number]
        self.put_rows(rows)

    def move_up(self, number: int) -> None:
        """Let a row stand before the one above it."""
        rows = self.typed_rows()
        rows[number - 1], rows[number] = rows[number], rows[number - 1]
        self.put_rows(rows)

    def put_rows(self, rows: list[dict[str, Any]]) -> None:
        """Put other rows into the fields, and save them."""
        self.save(self.shown, self.field, rows)
        self.shown.draw_anew()
        self.shown.rows[self.field.key] = rows or [blank_row(self.field)]


def show(shown: OpenScenario, field: ScenarioField, save: SaveField) -> None:
    """A table's name and its rows with what can be done with them, drawn; what changes is given to `save`."""
    st.markdown(f"**{field.label}**", help=field.help or None)
    rows = shown.rows.setdefault(field.key, list(read_field(shown.opened, field)) or [blank_row(field)])
    table = FieldRows(shown, field, save, f"scenario-{shown.work.id}-{shown.afresh}-{field.key}", rows)
    with st.container(key=f"scenario-rows-{field.key}", gap="small"):
        for number in range(len(rows)):
            show_row_fields(table, number)
        if field.shape == "row":
            return
        st.button(
            f"Add {'an' if field.row[0] in 'aeiou' else 'a'} {field.row}", icon=":material/add:", type="tertiary",
            key=f"{table.key}-add", on_click=table.add_row,
        )  # fmt: skip


def blank_row(field: ScenarioField) -> dict[str, Any]:
    """A row in which nothing is written."""
    return {column: None if is_number(field, column) else "" for column in field.columns}


def is_number(field: ScenarioField, column: str) -> bool:
    """Whether a column holds a number; beside a phrase a percentage is a text, as it stands in the scenario."""
    return column == SURE_COLUMN and field.shape != "table"


def show_row_fields(table: FieldRows, number: int) -> None:
    """One row of a table, drawn: its fields, then what moves it up and takes it out."""
    key = f"{table.key}-{number}"
    with st.container(border=True, gap="xsmall", key=f"{key}-row"):
        for line in cell_lines(table.field):
            for column, place in zip(line, st.columns(len(line)), strict=True):
                with place:
                    show_cell(table, number, column)
        if table.field.shape == "row":
            return
        with st.container(horizontal=True, horizontal_alignment="right", gap="xxsmall"):
            if number:
                st.button("Move up", key=f"{key}-up", type="tertiary", on_click=table.move_up, args=(number,))
            st.button("Take out", key=f"{key}-out", type="tertiary", on_click=table.take_out, args=(number,))


def cell_lines(field: ScenarioField) -> Iterator[tuple[str, ...]]:
    """The columns of a table line by line: two short ones beside each other, a wide one by itself."""
    waiting: tuple[str, ...] = ()
    for column in field.columns:
        alone = column in field.wide
        if waiting and (alone or len(waiting) == 2):
            yield waiting
            waiting = ()
        if alone:
            yield (column,)
        else:
            waiting = (*waiting, column)
    if waiting:
        yield waiting


def show_cell(table: FieldRows, number: int, column: str) -> None:
    """One cell as the widget that fits it, drawn."""
    value = table.rows[number].get(column)
    common: dict[str, Any] = {"key": table.cell_key(number, column), "on_change": table.save_typed_rows}
    if is_number(table.field, column):
        number_value = None if value is None else float(value)
        st.number_input(column, 0.0, 100.0, number_value, format="%g", placeholder="Not said", **common)
    elif column in table.field.wide:
        st.text_area(column, value or "", height=WIDE_CELL_PX, **common)
    else:
        st.text_input(column, value or "", **common)

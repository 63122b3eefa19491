"""Scenario form: the fields of one part of a scenario, drawn; what is typed in one is saved at once."""

from contextlib import suppress
from typing import Any

import streamlit as st

from components.core.explained import Explained
from components.design.scenario_fields import (
    SCENARIO_PARTS,
    ScenarioField,
    ScenarioPart,
    read_field,
    write_field,
)
from components.ui.scenarios import field_rows
from components.ui.scenarios.field_remarks import field_remarks
from components.ui.scenarios.open_scenario import OpenScenario, save_values
from components.ui.shared import state, theme

LONG_TEXT_PX, LINES_PX = 220, 110
SHORT_TEXTS = ("question",)  # texts of a line or two


def choose_part(shown: OpenScenario) -> ScenarioPart:
    """The part that is being written, from the control that is drawn here; its fields are drawn with what is saved."""
    names = [part.name for part in SCENARIO_PARTS]
    chosen = st.segmented_control(
        "Part", names, default=names[0], required=True, key="scenario-part", label_visibility="collapsed"
    )
    if shown.part != chosen:
        shown.part = str(chosen)
        shown.draw_anew()
    return SCENARIO_PARTS[names.index(shown.part)]


def show(shown: OpenScenario, part: ScenarioPart) -> None:
    """The fields of a part, drawn."""
    st.caption(part.about)
    for field in part.fields:
        if field.columns:
            field_rows.show(shown, field, save_field)
        else:
            show_field(shown, field)
        for remark in field_remarks(shown.values, field):
            st.caption(f":material/visibility_off: {theme.inert_label(remark)}")


def show_field(shown: OpenScenario, field: ScenarioField) -> None:
    """One field as the widget that fits it, drawn."""
    value, key = read_field(shown.opened, field), f"scenario-{shown.work.id}-{shown.afresh}-{field.key}"
    common: dict[str, Any] = {
        "help": field.help or None, "key": key, "on_change": save_typed, "args": (shown, field, key),
    }  # fmt: skip
    match field.shape:
        case "line":
            st.text_input(field.label, value, **common)
        case "number":
            st.number_input(
                field.label, field.low, field.high, None if value is None else float(value), format="%g",
                placeholder="Not said", **common,
            )  # fmt: skip
        case _:
            lines = field.shape == "lines" or field.key in SHORT_TEXTS
            st.text_area(field.label, value, height=LINES_PX if lines else LONG_TEXT_PX, **common)


def save_typed(shown: OpenScenario, field: ScenarioField, key: str) -> None:
    """Save what was typed into the widget with this key."""
    save_field(shown, field, state.read_widget(key))


def save_field(shown: OpenScenario, field: ScenarioField, written: object) -> None:
    """Save what was written in a field, also when the page is left at the same moment.

    Where it cannot be saved, the next drawing tries again, and says why not.
    """
    with suppress(Explained):
        save_values(shown, write_field(shown.values, field, written))

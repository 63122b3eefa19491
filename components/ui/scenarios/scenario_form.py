"""Scenario form: the fields of one part of a scenario, drawn; what is written in them comes back at once."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.design.scenario_fields import (
    SCENARIO_PARTS,
    SURE_COLUMN,
    ScenarioField,
    ScenarioPart,
    read_field,
    write_field,
)
from components.ui.scenarios.open_scenario import OpenScenario

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


def show(shown: OpenScenario, part: ScenarioPart) -> dict[str, Any]:
    """The fields of a part, drawn; the scenario's JSON with what stands in them."""
    st.caption(part.about)
    values = dict(shown.values)
    for field in part.fields:
        values = write_field(values, field, show_field(shown, field))
    return values


def show_field(shown: OpenScenario, field: ScenarioField) -> Any:
    """One field as the widget that fits it, drawn; what is written in it."""
    value, key = read_field(shown.opened, field), f"scenario-{shown.work.id}-{shown.afresh}-{field.key}"
    about = field.help or None
    match field.shape:
        case "line":
            return st.text_input(field.label, value, help=about, key=key)
        case "text":
            height = LINES_PX if field.key in SHORT_TEXTS else LONG_TEXT_PX
            return st.text_area(field.label, value, help=about, key=key, height=height)
        case "lines":
            return st.text_area(field.label, value, help=about, key=key, height=LINES_PX)
        case "number":
            return st.number_input(
                field.label, field.low, field.high, None if value is None else float(value), key=key, help=about,
                format="%g", placeholder="Not said",
            )  # fmt: skip
    st.markdown(f"**{field.label}**", help=about)
    blank = dict.fromkeys(field.columns, "") | ({SURE_COLUMN: None} if SURE_COLUMN in field.columns else {})
    rows = st.data_editor(
        value or [blank], num_rows="dynamic", hide_index=True, key=key, row_height=44, alt=field.label,
        column_config=column_settings(field), width="stretch",
    )  # fmt: skip
    return list(rows)


def column_settings(field: ScenarioField) -> Mapping[str, Any]:
    """How the columns of a table are written: a percentage as a number, everything else as text."""
    texts = {column: st.column_config.TextColumn(column, width="medium") for column in field.columns}
    if SURE_COLUMN in texts and field.shape != "table":
        return {**texts, SURE_COLUMN: st.column_config.NumberColumn(SURE_COLUMN, min_value=0, max_value=100)}
    return texts

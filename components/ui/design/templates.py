"""Templates: ten named prototypes to start from, each on a written scenario that fits it."""

import json
from dataclasses import dataclass, replace
from functools import cache

import streamlit as st

from components.core.layer import pattern_title
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.prompts.scenarios import SCENARIOS_FOLDER, read_scenario_file
from components.ui.recordings import recording_list
from components.ui.shared import screen, theme
from components.ui.shared.problems import show_problems
from components.ui.shared.theme import ASSETS_FOLDER


@dataclass(frozen=True)
class Template:
    """A prototype, and the written answer on which it is shown."""

    prototype: Prototype
    recording: Recording


@cache
def load_templates() -> tuple[Template, ...]:
    """Every template that comes with Parallax."""
    listed = json.loads((ASSETS_FOLDER / "prototypes" / "templates.json").read_text("utf-8"))
    return tuple(
        Template(
            Prototype.from_json(values["prototype"], ALL_PATTERNS),
            read_scenario_file(SCENARIOS_FOLDER / f"{values['scenario']}.json").recordings()[0],
        )
        for values in listed
    )


def show(compare: Comparison, key: str) -> None:
    """The button that opens the templates, drawn."""
    if st.button("Templates", icon=":material/dashboard_customize:", key="templates"):
        open_templates(compare, key)


@st.dialog("Templates", width="large")
@show_problems()
def open_templates(compare: Comparison, key: str) -> None:
    """The dialog with all templates, drawn only while it is open."""
    st.caption("Ten worked examples. The one you choose takes the place of this pane; Undo brings it back.")
    for template in load_templates():
        show_template(compare, key, template)


def show_template(compare: Comparison, key: str, template: Template) -> None:
    """One template with its button, drawn."""
    prototype = template.prototype
    with st.container(key=f"template-{prototype.id[:12]}", horizontal=True, vertical_alignment="center"):
        with st.container():
            st.markdown(f"**{theme.inert_label(prototype.name)}**")
            titles = ", ".join(pattern_title(type(layer)).lower() for layer in prototype.layers)
            st.caption(f"{theme.inert_label(prototype.about)} *{titles[:1].upper()}{titles[1:]}.*")
        if st.button("Start here", key=f"start-{prototype.id[:12]}"):
            start_from_template(compare, key, template)
            st.rerun()


def start_from_template(compare: Comparison, key: str, template: Template) -> None:
    """Put the template and its answer on screen."""
    family = recording_list.conversation_recordings(template.recording)
    screen.change_comparison(replace(compare.with_prototype(key, template.prototype), recordings=family))

"""Templates: ten named prototypes to start from, each on a written scenario that fits it, and a blank one."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from components.core.comparison import PANE_KEYS
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import ALL_PATTERNS
from components.layers.delivery.streaming import Streaming
from components.prompts.scenario_opening import scenario_opening
from components.prompts.scenarios import SCENARIOS_FOLDER, bundled_scenarios, find_scenario, read_scenario_file
from components.ui.shared import play_cards, screen, state, theme
from components.ui.shared.problems import defer_problems, show_problems
from components.ui.shared.samples import example_recordings
from components.ui.shared.theme import ASSETS_FOLDER

STARTS_KEY, PLACE_KEY, BLANK = "starts", "starts-place", "blank"


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


def show() -> None:
    """The button that opens what a prototype can begin with, drawn."""
    if st.button("New", icon=":material/add:", key="templates"):
        open_starts()


@st.dialog("New prototype", width="large")
@show_problems()
def open_starts() -> None:
    """The dialog with a blank prototype and all templates, drawn only while it is open."""
    here = state.page_state()
    if here.begun:
        here.begun = False
        st.rerun()
    st.caption("It is added beside the others, and the question stays. Every card plays on its own question.")
    panes = screen.current_comparison().panes
    if len(panes) == len(PANE_KEYS):
        st.segmented_control(
            "Four panes are on screen. Which one gives way? Undo brings it back.", list(panes), default=here.design,
            format_func=lambda key: theme.inert_label(f"{key} {panes[key].name}"), key=PLACE_KEY, required=True,
        )  # fmt: skip
    play_cards.show_cards(STARTS_KEY, start_cards(), begin_prototype, small=True)


@cache
def start_cards() -> tuple[dict[str, Any], ...]:
    """A card for a blank prototype, then one for each template; a template's name is its number."""
    blank = Prototype("Blank", (Streaming(),), "The words as they come, and nothing else.")
    starts = [Template(blank, example_recordings()[0]), *load_templates()]
    names = [BLANK, *map(str, range(len(starts) - 1))]
    return tuple(
        play_cards.prototype_card(name, start.prototype, scenario_answers(start.recording), "Add")
        for name, start in zip(names, starts, strict=True)
    )


def scenario_answers(recording: Recording) -> tuple[Recording, ...]:
    """The beginnings of the written answers to a recording's question, the main one first."""
    scenario = find_scenario(recording.prompt.text, bundled_scenarios())
    return scenario_opening(scenario).recordings() if scenario else (recording,)


@defer_problems()
def begin_prototype() -> None:
    """Add the prototype whose card was pressed, and design it; where four are there, in the place of the chosen one."""
    name, here, compare = play_cards.picked_card(STARTS_KEY), state.page_state(), screen.current_comparison()
    if not name:
        return
    prototype = Prototype("Blank", (Streaming(),)) if name == BLANK else load_templates()[int(name)].prototype
    if len(compare.panes) < len(PANE_KEYS):
        changed = compare.with_added(prototype)
        here.design = list(changed.panes)[-1]
    else:
        here.design = str(state.read_widget(PLACE_KEY) or here.design)
        changed = compare.with_prototype(here.design, prototype)
    screen.change_comparison(changed)
    here.begun = True

"""Play cards: patterns and prototypes as small cards that play, each with a button."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import streamlit as st

from components.core.layer import dials_of, pattern_description, pattern_title
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.scenario import RIGHT, WRONG
from components.core.timeline import build_timeline
from components.layers import ALL_PATTERNS
from components.layers.example_stack import PACE, example_stack
from components.prompts.scenario_opening import scenario_opening
from components.prompts.scenarios import SCENARIOS_FOLDER, read_scenario_file
from components.server.routes import player_module
from components.ui.shared import state
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.samples import example_recordings

CARDS_PART = "catalogue"
ALL_PANES_NOTE = "Chosen for all panes at once, on Compare."

cards_component = st.components.v2.component("parallax_catalogue", js=LOADER_SCRIPT)


def show_cards(key: str, cards: Sequence[dict[str, Any]], pick: Callable[[], None], small: bool = False) -> None:
    """The cards, drawn; `pick` is called once a card's button was pressed, see `picked_card`."""
    data = {"module": player_module(), "part": CARDS_PART, "key": key, "small": small, "cards": list(cards)}
    cards_component(key=key, data=data, on_try_change=pick)


def picked_card(key: str) -> str:
    """The name of the card whose button was pressed; "" where none was."""
    return str(getattr(state.read_widget(key), "try", "") or "")


@cache
def pattern_card(name: str) -> dict[str, Any]:
    """The card of the pattern of this class: how it plays on the scenario that suits it, its dials, what is known."""
    kind = ALL_PATTERNS[name]
    recordings = example_opening(kind.example.scenario, kind.example.wrong)
    prompt = recordings[0].prompt
    prompt = prompt.next_attempt() if kind.example.again else prompt
    line = build_timeline(Prototype("", example_stack(kind, ALL_PATTERNS)), prompt, replay(recordings), depth=0)
    return {
        "name": name, "title": pattern_title(kind), "family": kind.family.label,
        "about": pattern_description(kind), "moves": list(kind.moves),
        "evidence": [
            {"finding": evidence.finding, "source": evidence.citation, "link": evidence.link}
            for evidence in kind.evidence
        ],
        "dials": [{"label": spec.label, "range": spec.range_text, "help": spec.help} for spec in dials_of(kind)],
        "action": "" if kind.for_all_panes else "Try it in a pane",
        "note": ALL_PANES_NOTE if kind.for_all_panes else "",
        "prompt": prompt.text, "timeline": line.to_json(),
    }  # fmt: skip


@cache
def example_opening(scenario: str, wrong: bool = False) -> tuple[Recording, ...]:
    """The beginning of a scenario's right or wrong answer, and what follows it; of the first example's for ""."""
    if not scenario:
        return example_recordings()[:1]
    written = read_scenario_file(SCENARIOS_FOLDER / f"{scenario}.json")
    return scenario_opening(written).recordings(WRONG if wrong else RIGHT)


def prototype_card(name: str, prototype: Prototype, recordings: Sequence[Recording], action: str) -> dict[str, Any]:
    """A prototype's card: how it plays on the first of these recordings, slowed down."""
    line = build_timeline(prototype.with_weather(PACE), recordings[0].prompt, replay(recordings), depth=0)
    return {
        "name": name, "title": prototype.name, "family": "", "about": prototype.about, "action": action,
        "prompt": recordings[0].prompt.text, "timeline": line.to_json(),
    }  # fmt: skip

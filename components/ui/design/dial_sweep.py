"""Dial sweep: one dial of a prototype at several values side by side, on the same answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.core.dial_words import choice_title
from components.core.layer import Dial, Layer, pattern_title
from components.core.prompt import content_id
from components.core.prototype import Prototype
from components.design.sweep import (
    SWEEP_VALUES,
    is_number_dial,
    sweep_dial,
    sweep_reach,
    sweep_values,
    sweepable_dials,
)
from components.layers.compare import Comparison
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import player, screen, state
from components.ui.shared.problems import defer_problems

SWEEP_KEY, SWEEP_KEYS = "sweep", "ABCDE"
WAIT_LABEL = f"Add “{pattern_title(LatencyProfile)}”, to sweep the wait"


def show(compare: Comparison, key: str) -> None:
    """Choose a dial of the prototype, from where to where, and at how many values; then see them play."""
    prototype = compare.panes[key]
    choices = sweepable_dials(type(layer) for layer in prototype.layers)
    here = state.page_state()
    wanted = here.swept or state.read_widget(dial_key(key))
    state.set_widget(dial_key(key), wanted if wanted in choices else None)  # its pattern may have been taken away
    here.swept = ""
    with st.container(key="sweep-controls", horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            "Dial", list(choices), None, key=dial_key(key),
            placeholder="Choose a dial of this prototype" if choices else "This prototype has no dials",
        )  # fmt: skip
        values = choose_values(prototype, *choices[name], f"sweep-{key}-{name}") if name else ()
    if name is None:
        st.caption("How much delay is too much? From which value on does the badge stop helping? Sweep a dial to see.")
        offer_wait(compare, key)
        return
    if len(values) < 2:
        st.caption("Two values or more can be compared.")
        return
    kind, dial = choices[name]
    swept = replace(compare, prototypes=sweep_dial(prototype, kind, dial, values), keys=SWEEP_KEYS)
    with st.spinner(f"Playing the answer at {len(values)} values"):
        lines = [(line.events, list(line.branches)) for line in swept.timelines.values()]
    if all(line == lines[0] for line in lines):
        st.caption(":material/info: On this answer, this dial changes nothing that is seen: all of these play alike.")
    player.show_sweep(swept, SWEEP_KEY, content_id([key, name, list(values)]))


def choose_values(prototype: Prototype, kind: type[Layer], dial: Dial, key: str) -> Sequence[Any]:
    """The values that are chosen in the controls that are drawn here; a yes-or-no needs none."""
    if dial.choices:
        return st.multiselect(
            "Values", dial.choices, list(dial.choices[:SWEEP_VALUES]), max_selections=SWEEP_VALUES,
            format_func=choice_title, select_all=False, key=f"{key}-values",
        )  # fmt: skip
    if not is_number_dial(dial):
        return sweep_values(dial)
    value = next(getattr(layer, dial.name) for layer in prototype.layers if type(layer) is kind)
    number = type(dial.default)
    unit = f" ({dial.unit})" if dial.unit else ""
    low, high = st.slider(
        f"From and to{unit}", number(dial.low), number(dial.high),
        tuple(map(number, sweep_reach(dial, value))), number(dial.step or 1), key=f"{key}-reach",
    )  # fmt: skip
    count = st.segmented_control(
        "Values", range(2, SWEEP_VALUES + 1), default=SWEEP_VALUES, required=True, key=f"{key}-count"
    )
    return sweep_values(dial, count or SWEEP_VALUES, low, high)


def offer_wait(compare: Comparison, key: str) -> None:
    """The button that gives a prototype a pace of its own, drawn where it has none."""
    prototype = compare.panes[key]
    if any(type(layer) is LatencyProfile for layer in prototype.layers):
        return
    st.button(WAIT_LABEL, icon=":material/add:", key="sweep-wait", on_click=add_wait, args=(compare, key))


@defer_problems()
def add_wait(compare: Comparison, key: str) -> None:
    """Give a prototype a pace of its own, and choose the wait for its first word as the dial."""
    prototype = compare.panes[key]
    screen.change_comparison(compare.with_prototype(key, prototype.with_layers((LatencyProfile(), *prototype.layers))))
    state.page_state().swept = next(iter(sweepable_dials([LatencyProfile])))


def dial_key(key: str) -> str:
    """The key of the choice of a dial of a pane's prototype."""
    return f"sweep-{key}"

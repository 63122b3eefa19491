"""Dial sweep: one dial at five values side by side, on the same answer."""

from dataclasses import replace

import streamlit as st

from components.design.sweep import sweep_dial, sweepable_dials
from components.layers.compare import Comparison
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import player, state

SWEEP_KEYS = "ABCDE"


def show(compare: Comparison, key: str) -> None:
    """Choose a dial, then see it at its values."""
    prototype = compare.panes[key]
    kinds = {type(layer).__name__: type(layer) for layer in prototype.layers}
    choices = sweepable_dials({"LatencyProfile": LatencyProfile, **kinds})
    name = st.selectbox(
        "Dial", list(choices), None, placeholder="Choose a dial to see it at five values",
        key=f"sweep-{key}-{state.page_state().afresh}",
    )  # fmt: skip
    if name is None:
        st.caption("How much delay is too much? From which value on does the badge stop helping? Sweep a dial to see.")
        return
    variants = sweep_dial(prototype, *choices[name])
    player.show_beside(replace(compare, prototypes=variants, keys=SWEEP_KEYS), "sweep")

"""Calibrated: beside a score's dials, what the score is made of, and whether it is told as a chance of being right."""

from dataclasses import replace

import streamlit as st

from components.core.layer import Dial
from components.core.recording import Recording
from components.layers.confidence.score import SOURCES, offered_for
from components.layers.confidence.scored import Scored
from components.models.calibrations import fitting
from components.ui import theme


def working(dial: Dial, layer: Scored, recording: Recording) -> Dial:
    """The dial of a score's source with only those that work for this answer, and the one it stands on."""
    works = offered_for(recording)
    return replace(dial, choices=tuple(name for name in dial.choices if name in works or name == layer.source))


def show(layer: Scored, recording: Recording, key: str) -> Scored:
    """What the score is made of and blind to; the layer with what is known of it, or without."""
    made_of, card = SOURCES[layer.source], recording.card
    st.caption(f"{made_of.about} {made_of.limit}")
    carried = layer.fitting if layer.fitting and layer.fitting.made_for(card) else None
    known = carried or fitting(card, layer.source, layer.looks)
    if known is None:
        st.caption(f"How often answers of {theme.plain(card.name)} with such a score are right has not been measured.")
        return layer
    on = st.toggle("Calibrated", layer.calibration is not None, help=known.basis, key=key)
    return replace(layer, calibration=known if on else None)

"""Score dial: beside a score's dials, what the score is made of, and whether it is told as a chance of being right."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.core.calibration import Calibration
from components.core.layer import Dial, Layer, pattern_title
from components.core.recording import Recording
from components.layers.confidence.abstain import Abstain
from components.layers.confidence.score import SCORE_SOURCES, sources_for_recording
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.failure.human_handoff import HumanHandoff
from components.models.calibration.calibration_files import closest_calibration
from components.ui.shared import theme
from components.ui.shared.glossary import term_meaning


def working_sources(dial: Dial, layer: ScoredLayer, recording: Recording) -> Dial:
    """The dial of a score's source with only the sources that work for this answer, and the one it stands on."""
    works = sources_for_recording(recording)
    return replace(dial, choices=tuple(name for name in dial.choices if name in works or name == layer.source))


def idle_score_dials(layer: Layer, others: Sequence[Layer]) -> tuple[frozenset[str], str]:
    """The dials of a layer's score that do nothing in a stack of these others, and what decides in their place."""
    if not isinstance(layer, HumanHandoff):
        return frozenset(), ""
    if not layer.doubts:
        return frozenset({"source", "threshold", "unsure"} if layer.unsure.strip() else {"source", "threshold"}), ""
    lender = layer.score_lender(others)
    if lender is None:
        return frozenset(), ""
    name = pattern_title(type(lender))
    if isinstance(lender, Abstain):
        return frozenset(
            {"source", "threshold", "unsure"}
        ), f"{name} says when the model is unsure, and in which words."
    return frozenset({"source"}), f"It goes by the same confidence as {name}."


def with_calibration(layer: ScoredLayer, recording: Recording, on: bool) -> ScoredLayer:
    """The layer with its calibration, or without where not `on`; unchanged where nothing was measured."""
    calibration = layer_calibration(layer, recording)
    return replace(layer, calibration=calibration if on else None) if calibration else layer


def layer_calibration(layer: ScoredLayer, recording: Recording) -> Calibration | None:
    """The calibration of this layer's score on the model that answered; None where there is none."""
    carried = (
        layer.fitting_calibration
        if layer.fitting_calibration and layer.fitting_calibration.made_for(recording.card)
        else None
    )
    return carried or closest_calibration(recording.card, layer.source, layer.token_limit)


def show(layer: ScoredLayer, recording: Recording, key: str) -> None:
    """The score's description and limit, and the switch for its calibration, drawn."""
    made_of, calibration = SCORE_SOURCES[layer.source], layer_calibration(layer, recording)
    st.caption(f"{made_of.about} {made_of.limit}")
    if calibration:
        meaning = f"{term_meaning('Calibration')} {theme.inert_label(calibration.basis)}"
        st.toggle("Calibrated", layer.calibration is not None, help=meaning, key=key)
        return
    name = theme.inert_label(recording.card.name)
    st.caption(f"How often answers of {name} with such a score are right has not been measured.")

"""Dials: the side panel in which a pane's patterns are chosen and turned; every turn replays at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.core.comparison import UNANSWERED_TEXT
from components.core.dial_words import choice_title
from components.core.layer import Dial, Family, Layer, dials_of, pattern_description, pattern_title
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.design.lint import lint
from components.layers import ALL_PATTERNS
from components.layers.compare import CUSTOM_WEATHER, Comparison
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.weather.instructions import unheard_instructions
from components.ui.shared import pane_models, score_dial, screen, state, theme
from components.ui.shared.dial_widgets import (
    DIAL_FAMILIES,
    chosen_titles,
    dial_stem,
    fresh_key,
    show_other_turn,
    value_words,
    widget_value,
)
from components.ui.shared.glossary import term_meaning
from components.ui.shared.text_fields import text_box, text_line, used_text

MAX_NAME_CHARS, MAX_DIAL_CHARS = 60, 500  # characters of a prototype's name, and of a text that a dial holds
MODEL_HELP = (
    "Another model answers the same question in this pane. What it said before plays at once; otherwise ask live, "
    "and every pane is answered by its own model at the same time."
)
FAMILY_LABELS = {Family.WEATHER: "Pace and instructions of this pane alone"}
FAMILY_HELP = {
    Family.WEATHER: term_meaning("Weather"),
    Family.DELIVERY: "How the words arrive, and what shows while they do not.",
    Family.CONFIDENCE: "How the product says how sure it is.",
    Family.CLARIFICATION: "What it asks back before it answers, or after.",
    Family.FAILURE: "What people see and can do when the answer breaks.",
    Family.EXPECTATION: "What people are told beforehand: what it can do, and how often it is right.",
    Family.TRANSPARENCY: "Sources, reasons and steps: what the answer rests on.",
    Family.CONTROL: "What people can do: stop, correct, ask again, go back.",
}


def apply_dials(compare: Comparison) -> Comparison:
    """The comparison as the open panel's dials stand, read before they are drawn."""
    open = state.page_state().open
    if open in compare.panes:
        after = compare.with_prototype(open, prototype_from_dials(compare.panes[open], open))
        after = pane_models.with_own_answers(after)
    else:
        after = weather_from_dials(compare) if open == "weather" and compare.weather == CUSTOM_WEATHER else compare
    screen.change_comparison(after, dialled=True)
    return after


def show(compare: Comparison) -> None:
    """The panel for the pane whose gear is pressed."""
    here = state.page_state()
    if here.open not in (*compare.panes, "weather") or (here.open == "weather" and compare.weather != CUSTOM_WEATHER):
        return
    with st.sidebar, st.container(key="side"), st.container(key=f"dials-{here.open}"):
        if here.open == "weather":
            show_weather_dials(compare)
        else:
            show_pane_dials(compare, here.open)
        if st.button("Done", width="stretch", key="dials-done"):
            here.open = ""
            st.rerun()


def weather_from_dials(compare: Comparison) -> Comparison:
    """The comparison with the person's own weather as its dials stand."""
    return replace(compare, own=layer_from_dials(compare.own, "weather"))  # type: ignore[arg-type]


def prototype_from_dials(prototype: Prototype, key: str) -> Prototype:
    """The prototype as its name and its dials stand in the widgets."""
    typed = used_text(widget_value(f"name-{key}", prototype.name), prototype.name, MAX_NAME_CHARS)
    name = typed.strip() or prototype.name
    layers = [
        layer_from_dials(layer, key) for family in DIAL_FAMILIES for layer in chosen_layers(prototype, family, key)
    ]
    value = widget_value(f"model-{key}", pane_models.model_value(prototype.own_model))
    return replace(prototype, name=name, layers=tuple(layers)).with_own_model(pane_models.read_model(value))


def chosen_layers(prototype: Prototype, family: Family, key: str) -> list[Layer]:
    """The layers of one family, as chosen in its widget."""
    offered, current = patterns_of(family), {pattern_title(type(layer)): layer for layer in prototype.layers_of(family)}
    names = widget_value(f"family-{key}-{family.name}", [name for name in offered if name in current])
    return [current.get(name) or offered[name]() for name in names]


def patterns_of(family: Family) -> dict[str, type[Layer]]:
    """The patterns of a family that can be chosen, by their titles."""
    return {
        pattern_title(kind): kind for kind in ALL_PATTERNS.values() if kind.family == family and not kind.for_all_panes
    }


def layer_from_dials(layer: Layer, key: str) -> Layer:
    """The layer with each dial as its widget stands."""
    stem = dial_stem(layer, key)
    after = replace(layer, **{dial.name: value_from_dial(dial, layer, stem) for dial in dials_of(type(layer))})
    if not isinstance(after, ScoredLayer):
        return after
    return score_dial.with_calibration(
        after, played_in(key), widget_value(f"{stem}-calibrated", after.calibration is not None)
    )


def value_from_dial(dial: Dial, layer: Layer, stem: str) -> Any:
    """The value of one dial of a layer as its widget stands; of a text, no more than is used."""
    before = getattr(layer, dial.name)
    value = type(dial.default)(widget_value(f"{stem}-{dial.name}", before))
    return used_text(value, before, MAX_DIAL_CHARS) if isinstance(value, str) else value


def played_in(key: str) -> Recording:
    """The answer that a pane plays; that of the others where its own model has none yet, or `key` is no pane."""
    compare = screen.current_comparison()
    return compare.pane_answers.get(key, compare.recording)


def show_weather_dials(compare: Comparison) -> None:
    """The comparison's own weather, the same around every pane."""
    st.subheader("My own weather")
    st.caption("The same around every pane. Zero means: as recorded.", help=term_meaning("Weather"))
    show_layer_dials(compare.own, "weather")


def show_pane_dials(compare: Comparison, key: str) -> None:
    """The panel of one pane: its patterns, their dials and the remarks, drawn."""
    prototype = compare.panes[key]
    st.subheader(f"{key} · {theme.inert_label(prototype.name)}")
    choose_patterns(compare, key)
    if key in compare.unanswered_panes:
        st.caption(f":material/hourglass_empty: {UNANSWERED_TEXT}")
        return
    unheard = unheard_instructions(prototype, compare.prompt, compare.recordings_of(key))
    for remark in (*lint(prototype, played_in(key).card), *unheard):
        st.caption(f":material/lightbulb: {theme.inert_label(remark.text)}")


def choose_pane_model(compare: Comparison, key: str) -> None:
    """Which model answers in a pane, drawn."""
    own = compare.panes[key].own_model
    offered = pane_models.models_for_pane(compare, own)
    st.selectbox(
        "Model", list(offered), list(offered).index(pane_models.model_value(own)), key=fresh_key(f"model-{key}"),
        format_func=lambda value: offered.get(value, value), help=MODEL_HELP,
    )  # fmt: skip
    show_other_turn(f"model-{key}", lambda value: offered.get(str(value), "another model"))


def choose_patterns(compare: Comparison, key: str) -> None:
    """Its name, who answers in it, and a choice of patterns a family, each with its dials."""
    prototype = compare.panes[key]
    text_line("Name", prototype.name, key=fresh_key(f"name-{key}"), max_chars=MAX_NAME_CHARS)
    show_other_turn(f"name-{key}", lambda name: f"“{name}”")
    choose_pane_model(compare, key)
    for family in DIAL_FAMILIES:
        layers = prototype.with_own_model(None).layers_of(family)
        st.multiselect(
            FAMILY_LABELS.get(family, family.label), list(patterns_of(family)),
            chosen_titles(prototype, family),
            key=fresh_key(f"family-{key}-{family.name}"), placeholder="None", select_all=False,
            help=FAMILY_HELP[family],
        )  # fmt: skip
        show_other_turn(f"family-{key}-{family.name}")
        for layer in layers:
            with st.expander(pattern_title(type(layer)), expanded=family in (Family.DELIVERY, Family.CONFIDENCE)):
                st.caption(pattern_description(type(layer)))
                show_layer_dials(layer, key, prototype.layers)


def show_layer_dials(layer: Layer, key: str, others: Sequence[Layer] = ()) -> None:
    """The dials of one layer in a stack of these, drawn; those of a score that it does not use or shares are not."""
    kind, recording = type(layer), played_in(key)
    hidden, note = score_dial.idle_score_dials(layer, others)
    stem = dial_stem(layer, key)
    for spec in dials_of(kind):
        if spec.name in hidden:
            continue
        if isinstance(layer, ScoredLayer) and spec.name == "source":
            spec = score_dial.working_sources(spec, layer, recording)
        show_dial(spec, getattr(layer, spec.name), f"{stem}-{spec.name}")
    if note:
        st.caption(f":material/link: {note}")
    if isinstance(layer, ScoredLayer) and "source" not in hidden:
        score_dial.show(layer, recording, fresh_key(f"{stem}-calibrated"))
        show_other_turn(f"{stem}-calibrated")


def show_dial(dial: Dial, value: Any, name: str) -> None:
    """One dial as the widget that fits it, and below it who else turned it."""
    key = fresh_key(name)
    label = f"{dial.label} ({dial.unit})" if dial.unit else dial.label
    if dial.choices:
        st.selectbox(label, dial.choices, dial.choices.index(value), format_func=choice_title, help=dial.help, key=key)
    elif isinstance(dial.default, bool):
        st.toggle(label, value, help=dial.help, key=key)
    elif isinstance(dial.default, int | float):
        kind = type(dial.default)
        low, high, step = kind(dial.low or 0), kind(dial.high or 100), kind(dial.step or 1)
        st.slider(label, low, high, kind(value), step, help=dial.help, key=key)
    else:
        text_box(label, value, help=dial.help, key=key, height=68, max_chars=MAX_DIAL_CHARS)
    show_other_turn(name, value_words(dial))

"""Link: a comparison as the address of its page, so that a reload or a colleague sees exactly the same."""

import json
from dataclasses import replace

import streamlit as st

from components.core.comparison import branch_recordings, conversation_start
from components.core.explained import Explained
from components.core.layer import Layer, layer_from_json
from components.layers import WEATHER_PROFILES
from components.layers.compare import AS_RECORDED, CUSTOM_WEATHER, NO_FAULT, Comparison
from components.layers.weather.fault import WEATHER_FAULTS, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import state
from components.ui.shared.samples import first_comparison, shipped_recordings

PANE_LETTERS = "abcd"


def keep_link(compare: Comparison) -> None:
    """Keep what the address names, then write the address. Explained where it cannot be kept."""
    if compare == first_comparison():
        st.query_params.clear()
        return
    store = state.shared_store()
    store.keep_recording(compare.recording)
    wanted = {"answer": compare.recording.id}
    for letter, prototype in zip(PANE_LETTERS, compare.prototypes, strict=False):
        wanted[letter] = store.keep_prototype(prototype)
    if compare.weather != AS_RECORDED:
        own = compare.weather == CUSTOM_WEATHER
        wanted["weather"] = json.dumps(compare.own.to_json()) if own else compare.weather
    if broken := compare.played_fault:
        plain = broken == replace(compare, breaking=first_comparison().breaking).played_fault
        wanted["fault"] = compare.fault if plain else json.dumps(broken.to_json())
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def read_link() -> Comparison:
    """The comparison that the address names. Explained where a part of it is not here."""
    query = st.query_params.to_dict()
    start = first_comparison()
    if "answer" not in query:
        return start
    store = state.shared_store()
    recording = store.recording(query["answer"]) or next(
        (r for r in shipped_recordings() if r.id == query["answer"]), None
    )
    prototypes = tuple(store.prototype(query[letter]) for letter in PANE_LETTERS if letter in query)
    recordings = (*shipped_recordings(), *store.recordings_for(recording.prompt.id)) if recording else ()
    main = conversation_start(recording, recordings) if recording else None
    if main is None or not prototypes or None in prototypes:
        st.query_params.clear()
        raise Explained(
            "This link names a comparison that is not kept here.",
            "The sample is shown in its place.",
            "Ask for a new link, or open it where it was made.",
        )
    stored = tuple(prototype for prototype in prototypes if prototype is not None)
    compare = replace(start, recordings=(main, *branch_recordings(main, recordings)), prototypes=stored)
    return with_address_fault(
        with_address_weather(compare, query.get("weather", AS_RECORDED)), query.get("fault", NO_FAULT)
    )


def with_address_weather(compare: Comparison, weather: str) -> Comparison:
    """The comparison in the weather that an address gives: a name, or a profile of one's own as JSON."""
    if weather in WEATHER_PROFILES:
        return replace(compare, weather=weather)
    own = layer_from_address(weather, LatencyProfile)
    return replace(compare, weather=CUSTOM_WEATHER, own=own) if isinstance(own, LatencyProfile) else compare


def with_address_fault(compare: Comparison, fault: str) -> Comparison:
    """The comparison with the fault that an address gives: its kind, or its dials as JSON."""
    if fault in (NO_FAULT, *WEATHER_FAULTS):
        return replace(compare, fault=fault)
    own = layer_from_address(fault, Fault)
    return replace(compare, fault=own.kind, breaking=own) if isinstance(own, Fault) else compare


def layer_from_address(text: str, kind: type[Layer]) -> Layer | None:
    """The layer that an address holds as JSON; None where it is none."""
    try:
        return layer_from_json(json.loads(text), {kind.__name__: kind})
    except (ValueError, AttributeError, RecursionError, Explained):
        return None

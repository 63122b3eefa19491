"""Link: a comparison as the address of its page, so that a reload or a colleague sees exactly the same."""

import json
from dataclasses import replace

import streamlit as st

from components.core.comparison import begun, branches
from components.core.explained import Explained
from components.core.layer import Layer, from_json
from components.layers import named_weather
from components.layers.compare import CUSTOM, NOTHING, RECORDED, Compare
from components.layers.weather.fault import KINDS, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import state
from components.ui.shared.samples import first, shipped

PANES = "abcd"


def keep_link(compare: Compare) -> None:
    """Keep what the address names, then write the address. Explained where it cannot be kept."""
    if compare == first():
        st.query_params.clear()
        return
    store = state.store()
    store.keep_recording(compare.recording)
    wanted = {"answer": compare.recording.id}
    for letter, prototype in zip(PANES, compare.prototypes, strict=False):
        wanted[letter] = store.keep_prototype(prototype)
    if compare.weather != RECORDED:
        own = compare.weather == CUSTOM
        wanted["weather"] = json.dumps(compare.own.to_json()) if own else compare.weather
    if broken := compare.broken:
        plain = broken == replace(compare, breaking=first().breaking).broken
        wanted["fault"] = compare.fault if plain else json.dumps(broken.to_json())
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def read_link() -> Compare:
    """The comparison that the address names. Explained where a part of it is not here."""
    asked = st.query_params.to_dict()
    start = first()
    if "answer" not in asked:
        return start
    store = state.store()
    recording = store.recording(asked["answer"]) or next((r for r in shipped() if r.id == asked["answer"]), None)
    prototypes = tuple(store.prototype(asked[letter]) for letter in PANES if letter in asked)
    known = (*shipped(), *store.recordings_for(recording.prompt.id)) if recording else ()
    main = begun(recording, known) if recording else None
    if main is None or not prototypes or None in prototypes:
        st.query_params.clear()
        raise Explained(
            "This link names a comparison that is not kept here.",
            "The sample is shown in its place.",
            "Ask for a new link, or open it where it was made.",
        )
    kept = tuple(prototype for prototype in prototypes if prototype is not None)
    compare = replace(start, recordings=(main, *branches(main, known)), prototypes=kept)
    return faulty(weathered(compare, asked.get("weather", RECORDED)), asked.get("fault", NOTHING))


def weathered(compare: Compare, weather: str) -> Compare:
    """The comparison in the weather that an address gives: a name, or a profile of one's own as JSON."""
    if weather in named_weather:
        return replace(compare, weather=weather)
    own = read(weather, LatencyProfile)
    return replace(compare, weather=CUSTOM, own=own) if isinstance(own, LatencyProfile) else compare


def faulty(compare: Compare, fault: str) -> Compare:
    """The comparison with the fault that an address gives: its kind, or its dials as JSON."""
    if fault in (NOTHING, *KINDS):
        return replace(compare, fault=fault)
    own = read(fault, Fault)
    return replace(compare, fault=own.kind, breaking=own) if isinstance(own, Fault) else compare


def read(text: str, kind: type[Layer]) -> Layer | None:
    """The layer that an address holds as JSON; None where it is none."""
    try:
        return from_json(json.loads(text), {kind.__name__: kind})
    except (ValueError, AttributeError, RecursionError, Explained):
        return None

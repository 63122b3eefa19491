"""Link: a comparison as the address of its page, so that a reload or a colleague sees exactly the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from components.core.comparison import branch_recordings, conversation_start
from components.core.explained import Explained
from components.core.layer import Layer, layer_from_json
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import WEATHER_PROFILES
from components.layers.compare import AS_RECORDED, CUSTOM_WEATHER, NO_FAULT, Comparison
from components.layers.weather.fault import WEATHER_FAULTS, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import state
from components.ui.shared.pane_models import with_answers
from components.ui.shared.samples import first_comparison, shipped_recordings

PANE_LETTERS = "abcd"
OWN_ANSWER = "answer-"  # before a pane's letter: the answer of its own model


def full_address(page: str, query: Mapping[str, str] | None = None) -> str:
    """The address of a page of this server with a query, as it can be sent to others; `page` may be a path from /."""
    here = urlsplit(st.context.url or "")
    folder = here.path.rsplit("/", 1)[0]
    path = page if page.startswith("/") else f"{folder}/{page}"
    return urlunsplit((here.scheme, here.netloc, path, urlencode(query or {}), ""))


def frozen_address(compare: Comparison) -> dict[str, str]:
    """The address that always opens just this comparison; all that it names is kept. Explained where it cannot be."""
    here, store = state.page_state(), state.shared_store()
    prototypes = dict(zip(PANE_LETTERS, compare.prototypes, strict=False))
    ids = {letter: prototype.id for letter, prototype in prototypes.items()}
    own = {f"{OWN_ANSWER}{letter}": id for letter, id in own_answer_ids(compare).items()}
    named = {"answer": compare.recording.id, **ids, **own, **address_around(compare)}
    if here.linked != named:
        keep_pane_answers(compare)
        for prototype in prototypes.values():
            store.keep_prototype(prototype)
        here.linked = named
    return named


def own_answer_ids(compare: Comparison) -> dict[str, str]:
    """The ids of the answers of the panes' own models, by the letter of the pane in an address."""
    panes = zip(PANE_LETTERS, compare.panes.items(), strict=False)
    own = {letter: compare.recording_of(key) for letter, (key, prototype) in panes if prototype.own_model}
    return {letter: recording.id for letter, recording in own.items() if recording is not None}


def keep_pane_answers(compare: Comparison) -> str:
    """Keep what every pane plays; the id of the first. Explained where it cannot be kept."""
    store = state.shared_store()
    for _, recording in compare.answers:
        store.keep_recording(recording)
    return store.keep_recording(compare.recording)


def address_around(compare: Comparison) -> dict[str, str]:
    """The weather and the fault as an address holds them, where there are any."""
    around = {}
    if compare.weather != AS_RECORDED:
        own = compare.weather == CUSTOM_WEATHER
        around["weather"] = json.dumps(compare.own.to_json()) if own else compare.weather
    if broken := compare.played_fault:
        plain = broken == replace(compare, breaking=first_comparison().breaking).played_fault
        around["fault"] = compare.fault if plain else json.dumps(broken.to_json())
    return around


def read_link(query: Mapping[str, str]) -> Comparison:
    """The comparison that an address names; the first screen's where it names none. Explained where a part of it is
    not here.
    """
    if "answer" not in query:
        return first_comparison()
    store = state.shared_store()
    prototypes = tuple(store.prototype(query[letter]) for letter in PANE_LETTERS if letter in query)
    stored = tuple(prototype for prototype in prototypes if prototype is not None)
    own = [query.get(f"{OWN_ANSWER}{letter}", "") for letter in PANE_LETTERS if letter in query]
    compare = stored_comparison(query["answer"], stored, own) if len(stored) == len(prototypes) else None
    if compare is None:
        raise Explained(
            "This link names a comparison that is not kept here.",
            "The sample is shown in its place.",
            "Ask for a new link, or open it where it was made.",
        )
    return with_around(compare, query)


def recording_at_hand(id: str) -> Recording | None:
    """A recording that is kept or comes along; None where it is not here."""
    return state.shared_store().recording(id) or next((r for r in shipped_recordings() if r.id == id), None)


def stored_comparison(
    answer: str, prototypes: tuple[Prototype, ...], own_answers: Sequence[str] = ()
) -> Comparison | None:
    """The comparison of these prototypes on a kept answer and its conversation; None where it is not here.

    `own_answers` are the ids of what the panes' own models answered, "" where a pane has none.
    """
    store, recording = state.shared_store(), recording_at_hand(answer)
    recordings = (*shipped_recordings(), *store.recordings_for(recording.prompt.id)) if recording else ()
    main = conversation_start(recording, recordings) if recording else None
    if main is None or not prototypes:
        return None
    compare = replace(
        first_comparison(), recordings=(main, *branch_recordings(main, recordings)), prototypes=prototypes
    )
    own = [
        (prototype.own_model, recording_at_hand(id))
        for prototype, id in zip(prototypes, own_answers, strict=False)
        if id and prototype.own_model
    ]
    found = [(model, recording) for model, recording in own if model is not None and recording is not None]
    return with_answers(compare, found) if len(found) == len(own) else None


def with_around(compare: Comparison, around: Mapping[str, str]) -> Comparison:
    """The comparison in the weather and with the fault that `address_around` gave."""
    weathered = with_address_weather(compare, str(around.get("weather", AS_RECORDED)))
    return with_address_fault(weathered, str(around.get("fault", NO_FAULT)))


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

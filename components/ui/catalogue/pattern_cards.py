"""Pattern cards: every pattern as a card that plays, and a way to try it in a pane."""

from dataclasses import replace
from typing import Any

import streamlit as st

from components.core.event import Event
from components.core.layer import Family, Layer, dials_of, pattern_description, pattern_title
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.layers.example_stack import example_stack
from components.prompts.bundled_recordings import bundled_recordings
from components.server.routes import player_module
from components.ui.shared import screen, state
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.problems import defer_problems
from components.ui.shared.samples import sample_recordings

CATALOGUE_KEY, EXAMPLE_TOKENS = (
    "catalogue",
    26,
)  # tokens of the example: enough to see a pattern, little enough to see it again

catalogue_component = st.components.v2.component("parallax_catalogue", js=LOADER_SCRIPT)


def show() -> None:
    """The page: what a pattern is, then all of them."""
    st.title("Catalogue")
    st.caption(
        "Every pattern that can be put around an answer. Each card plays the beginning of one recorded answer, slowed "
        "down so that the pattern shows. The evidence says what studies found, and where they found nothing."
    )
    cards = [pattern_card(kind) for kind in ALL_PATTERNS.values()]
    catalogue_component(
        key=CATALOGUE_KEY,
        data={"module": player_module(), "part": CATALOGUE_KEY, "cards": cards},
        on_try_change=try_pattern,
    )
    if state.page_state().leaving:
        state.page_state().leaving = False
        st.switch_page("pages/compare.py")


def pattern_card(kind: type[Layer]) -> dict[str, Any]:
    """A pattern's data for the front end."""
    example = shorten_recording(sample_recordings()[0])
    prompt = example.prompt.next_attempt() if kind.example.again else example.prompt
    further = (
        shorten_recording(recording)
        for recording in bundled_recordings()
        if recording.prompt.attempt and recording.prompt.id == prompt.id
    )
    line = build_timeline(
        Prototype("", example_stack(kind, ALL_PATTERNS)), prompt, replay([example, *further]), depth=0
    )
    return {
        "name": kind.__name__, "title": pattern_title(kind), "family": kind.family.label,
        "about": pattern_description(kind),
        "moves": list(kind.moves), "evidence": [{"finding": evidence.finding,
        "source": evidence.citation, "link": evidence.link} for evidence in kind.evidence],
        "dials": [{"label": spec.label, "range": spec.range_text, "help": spec.help} for spec in dials_of(kind)],
        "prompt": example.prompt.text, "timeline": line.to_json(),
    }  # fmt: skip


def shorten_recording(sample: Recording) -> Recording:
    """The first words of an answer, as they were recorded."""
    tokens = sample.events[:EXAMPLE_TOKENS]
    return replace(sample, events=(*tokens, Event(tokens[-1].at, "end", data={"reason": "length"})))


@defer_problems()
def try_pattern() -> None:
    """Put the pattern whose button was pressed into the last pane of the comparison, and go there."""
    name = str(getattr(state.read_widget(CATALOGUE_KEY), "try", ""))
    if name not in ALL_PATTERNS:
        return
    screen.change_comparison(with_pattern(screen.current_comparison(), ALL_PATTERNS[name]()))
    state.page_state().leaving = True


def with_pattern(compare: Comparison, layer: Layer) -> Comparison:
    """The comparison with this pattern in its last pane, in the place of what would stand in its way."""
    key = list(compare.panes)[-1]
    prototype = compare.panes[key]
    others = [other for other in prototype.layers if type(other) is not type(layer) and not same_job(other, layer)]
    changed = compare.with_prototype(key, Prototype(f"{pattern_title(type(layer))}, tried", (*others, layer)))
    return replace(changed, fault="cut") if layer.family == Family.FAILURE else changed


def same_job(first: Layer, second: Layer) -> bool:
    """Whether two patterns would do the same job."""
    if first.family != second.family:
        return False
    return (first.releases and second.releases) or (first.waits and second.waits) or first.family == Family.FAILURE

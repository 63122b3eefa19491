"""Pattern cards: every pattern as a card that plays, and a way to try it in a pane."""

from dataclasses import replace
from typing import Any

import streamlit as st

from components.core.event import Event
from components.core.layer import Family, Layer, about, dials, title
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import timeline
from components.layers import KNOWN
from components.layers.compare import Compare
from components.layers.example_stack import example_stack
from components.prompts.bundled_recordings import shelf
from components.server.routes import player_module
from components.ui.shared import screen, state
from components.ui.shared.player import LOADER
from components.ui.shared.problems import defer_problems
from components.ui.shared.samples import samples

KEY, SHORT = "catalogue", 26  # tokens of the example: enough to see a pattern, little enough to see it again

component = st.components.v2.component("parallax_catalogue", js=LOADER)


def show() -> None:
    """The page: what a pattern is, then all of them."""
    st.title("Catalogue")
    st.caption(
        "Every pattern that can be put around an answer. Each card plays the beginning of one recorded answer, slowed "
        "down so that the pattern shows. The evidence says what studies found, and where they found nothing."
    )
    cards = [card(kind) for kind in KNOWN.values()]
    component(key=KEY, data={"module": player_module(), "part": KEY, "cards": cards}, on_try_change=tried)
    if state.state().leaving:
        state.state().leaving = False
        st.switch_page("pages/compare.py")


def card(kind: type[Layer]) -> dict[str, Any]:
    """What the front end shows of a pattern."""
    example = excerpt(samples()[0])
    asked = example.prompt.again() if kind.example.again else example.prompt
    further = (excerpt(one) for one in shelf() if one.prompt.attempt and one.prompt.id == asked.id)
    line = timeline(Prototype("", example_stack(kind, KNOWN)), asked, replay([example, *further]), depth=0)
    return {
        "name": kind.__name__, "title": title(kind), "family": kind.family.label, "about": about(kind),
        "moves": list(kind.moves), "evidence": [{"finding": one.finding, "source": one.cited} for one in kind.evidence],
        "dials": [{"label": spec.label, "range": spec.range, "help": spec.help} for spec in dials(kind)],
        "prompt": example.prompt.text, "timeline": line.to_json(),
    }  # fmt: skip


def excerpt(sample: Recording) -> Recording:
    """The first words of an answer, as they were recorded."""
    tokens = sample.events[:SHORT]
    return replace(sample, events=(*tokens, Event(tokens[-1].at, "end", data={"reason": "length"})))


@defer_problems()
def tried() -> None:
    """Put a pattern into the last pane of the comparison on screen, and go there."""
    name = str(getattr(state.widget(KEY), "try", ""))
    if name not in KNOWN:
        return
    screen.change_comparison(wearing(screen.current_comparison(), KNOWN[name]()))
    state.state().leaving = True


def wearing(compare: Compare, layer: Layer) -> Compare:
    """The comparison with this pattern in its last pane, in the place of what would stand in its way."""
    key = list(compare.panes)[-1]
    prototype = compare.panes[key]
    kept = [other for other in prototype.layers if type(other) is not type(layer) and not same_job(other, layer)]
    changed = compare.turned(key, Prototype(f"{title(type(layer))}, tried", (*kept, layer)))
    return replace(changed, fault="cut") if layer.family == Family.FAILURE else changed


def same_job(one: Layer, other: Layer) -> bool:
    """Whether two patterns would do the same job."""
    if one.family != other.family:
        return False
    return (one.releases and other.releases) or (one.waits and other.waits) or one.family == Family.FAILURE

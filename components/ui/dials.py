"""Dials: the side panel in which a pane's patterns are chosen and turned; every turn replays at once."""

from dataclasses import replace
from typing import Any, cast

import streamlit as st

from components.core.layer import Dial, Family, Layer, about, dials, luggage, title
from components.core.lint import lint
from components.core.prototype import Prototype
from components.layers import KNOWN
from components.layers.confidence.scored import Scored
from components.ui import calibrated, link, state, theme
from components.ui.compare import CUSTOM, Compare

CHOSEN = tuple(family for family in Family if any(kind.family == family for kind in KNOWN.values()))
NAMES = {Family.WEATHER: "This pane's own weather"}


def show(compare: Compare) -> Compare:
    """The panel for the pane whose gear is pressed; the comparison with its dials as they are now."""
    here = state.state()
    if here.open not in (*compare.panes, "weather") or (here.open == "weather" and compare.weather != CUSTOM):
        return compare
    with st.sidebar, st.container(key=f"dials-{here.open}"):
        turned = weather(compare) if here.open == "weather" else pane(compare, here.open)
        if st.button("Done", width="stretch", key="dials-done"):
            here.open = ""
            st.rerun()
    if turned != compare:
        link.change(turned, dialled=True)
        st.rerun()  # the player is drawn before this panel's answer is known elsewhere
    return turned


def weather(compare: Compare) -> Compare:
    """The comparison's own weather, the same around every pane."""
    st.subheader("My own weather")
    st.caption("The same around every pane. Zero means: as recorded.")
    own = layer(compare.own, "weather")
    return replace(compare, own=own)  # type: ignore[arg-type]


def pane(compare: Compare, key: str) -> Compare:
    """One pane's prototype: a pattern for each family, its dials, and what to know about it."""
    prototype = compare.panes[key]
    st.subheader(f"{key} · {theme.plain(prototype.name)}")
    turned = stack(prototype, key)
    for remark in lint(turned, compare.recording.card):
        st.caption(f":material/lightbulb: {remark.text}")
    return compare if turned == prototype else compare.turned(key, turned)


def stack(prototype: Prototype, key: str) -> Prototype:
    """The prototype as its name and its dials say now."""
    name = st.text_input("Name", prototype.name, key=fresh(f"name-{key}"), max_chars=60).strip() or prototype.name
    layers: list[Layer] = []
    for family in CHOSEN:
        layers += chosen(prototype, family, key)
    return replace(prototype, name=name, layers=tuple(layers))


def chosen(prototype: Prototype, family: Family, key: str) -> list[Layer]:
    """The patterns of one family, each with its dials."""
    offered = {title(kind): kind for kind in KNOWN.values() if kind.family == family and title(kind) != "Fault"}
    worn = {title(type(layer)): layer for layer in prototype.of(family)}
    names = st.multiselect(
        NAMES.get(family, family.label), list(offered), [name for name in offered if name in worn],
        key=fresh(f"family-{key}-{family.name}"), placeholder="None",
    )  # fmt: skip
    layers = []
    for name in names:
        with st.expander(name, expanded=family in (Family.DELIVERY, Family.CONFIDENCE)):
            st.caption(about(offered[name]))
            layers.append(layer(worn.get(name) or offered[name](), key))
    return layers


def layer(worn: Layer, key: str) -> Layer:
    """One pattern's dials, and the pattern as they stand."""
    kind = type(worn)
    stem = f"dial-{key}-{kind.__name__}"
    scored = cast(Scored, worn) if "calibration" in luggage(kind) else None
    recording = link.current().recording
    offered = [calibrated.working(d, scored, recording) if scored and d.name == "source" else d for d in dials(kind)]
    turned = replace(worn, **{d.name: turn(d, getattr(worn, d.name), fresh(f"{stem}-{d.name}")) for d in offered})
    return calibrated.show(cast(Scored, turned), recording, fresh(f"{stem}-calibrated")) if scored else turned


def turn(dial: Dial, value: Any, key: str) -> Any:
    """One dial as the widget that fits it."""
    label = f"{dial.label} ({dial.unit})" if dial.unit else dial.label
    if dial.choices:
        return st.selectbox(label, dial.choices, dial.choices.index(value), help=dial.help, key=key)
    if isinstance(dial.default, bool):
        return st.toggle(label, value, help=dial.help, key=key)
    if isinstance(dial.default, int | float):
        kind = type(dial.default)
        low, high, step = kind(dial.low or 0), kind(dial.high or 100), kind(dial.step or 1)
        return kind(st.slider(label, low, high, kind(value), step, help=dial.help, key=key))
    return st.text_area(label, value, help=dial.help, key=key, height=68, max_chars=500)


def fresh(key: str) -> str:
    """A widget's key that changes where something else than the widget changed what it shows."""
    return f"{key}-{state.state().afresh}"

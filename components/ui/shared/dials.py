"""Dials: the side panel in which a pane's patterns are chosen and turned; every turn replays at once."""

from dataclasses import replace
from typing import Any, TypeVar, cast

import streamlit as st

from components.core.layer import Dial, Family, Layer, about, dials, title
from components.core.prototype import Prototype
from components.design.lint import lint
from components.layers import KNOWN
from components.layers.compare import CUSTOM, Compare
from components.layers.confidence.scored_layer import Scored
from components.ui.shared import score_dial, screen, state, theme

CHOSEN = tuple(family for family in Family if any(kind.family == family for kind in KNOWN.values()))
T = TypeVar("T")
NAMES = {Family.WEATHER: "This pane's own weather"}


def turned(compare: Compare) -> Compare:
    """The comparison as the open panel says, before it is drawn: who turns a dial waits for the answer, not for it."""
    open = state.state().open
    if open in compare.panes:
        after = compare.turned(open, stack(compare.panes[open], open))
    else:
        after = own(compare) if open == "weather" and compare.weather == CUSTOM else compare
    screen.change_comparison(after, dialled=True)
    return after


def show(compare: Compare) -> None:
    """The panel for the pane whose gear is pressed."""
    here = state.state()
    if here.open not in (*compare.panes, "weather") or (here.open == "weather" and compare.weather != CUSTOM):
        return
    with st.sidebar, st.container(key=f"dials-{here.open}"):
        if here.open == "weather":
            weather(compare)
        else:
            pane(compare, here.open)
        if st.button("Done", width="stretch", key="dials-done"):
            here.open = ""
            st.rerun()


def own(compare: Compare) -> Compare:
    """The comparison in the weather that its dials tell."""
    return replace(compare, own=layer(compare.own, "weather"))  # type: ignore[arg-type]


def stack(prototype: Prototype, key: str) -> Prototype:
    """The prototype as its name and its dials tell."""
    name = told(f"name-{key}", prototype.name).strip() or prototype.name
    layers = [layer(worn, key) for family in CHOSEN for worn in chosen(prototype, family, key)]
    return replace(prototype, name=name, layers=tuple(layers))


def chosen(prototype: Prototype, family: Family, key: str) -> list[Layer]:
    """The patterns of one family, as chosen."""
    offered, worn = patterns(family), {title(type(layer)): layer for layer in prototype.of(family)}
    names = told(f"family-{key}-{family.name}", [name for name in offered if name in worn])
    return [worn.get(name) or offered[name]() for name in names]


def patterns(family: Family) -> dict[str, type[Layer]]:
    """The patterns of a family that can be chosen, by their titles."""
    return {title(kind): kind for kind in KNOWN.values() if kind.family == family and not kind.for_all_panes}


def layer(worn: Layer, key: str) -> Layer:
    """One pattern as its dials tell."""
    stem = f"dial-{key}-{type(worn).__name__}"
    values = {d.name: type(d.default)(told(f"{stem}-{d.name}", getattr(worn, d.name))) for d in dials(type(worn))}
    after = replace(worn, **values)
    if not isinstance(after, Scored):
        return after
    return score_dial.told(
        after, screen.current_comparison().recording, told(f"{stem}-calibrated", after.calibration is not None)
    )


def told(key: str, value: T) -> T:
    """What stands in a widget, drawn or not; `value` where nobody touched it yet."""
    found = state.widget(fresh(key))
    return value if found is None else cast(T, found)


def weather(compare: Compare) -> None:
    """The comparison's own weather, the same around every pane."""
    st.subheader("My own weather")
    st.caption("The same around every pane. Zero means: as recorded.")
    turn(compare.own, "weather")


def pane(compare: Compare, key: str) -> None:
    """One pane's prototype: a pattern for each family, its dials, and what to know about it."""
    prototype = compare.panes[key]
    st.subheader(f"{key} · {theme.plain(prototype.name)}")
    choose(prototype, key)
    for remark in lint(prototype, compare.recording.card):
        st.caption(f":material/lightbulb: {remark.text}")


def choose(prototype: Prototype, key: str) -> None:
    """Its name, and a choice of patterns a family, each with its dials."""
    st.text_input("Name", prototype.name, key=fresh(f"name-{key}"), max_chars=60)
    for family in CHOSEN:
        worn = prototype.of(family)
        st.multiselect(
            NAMES.get(family, family.label), list(patterns(family)), [title(type(layer)) for layer in worn],
            key=fresh(f"family-{key}-{family.name}"), placeholder="None",
        )  # fmt: skip
        for layer in worn:
            with st.expander(title(type(layer)), expanded=family in (Family.DELIVERY, Family.CONFIDENCE)):
                st.caption(about(type(layer)))
                turn(layer, key)


def turn(worn: Layer, key: str) -> None:
    """One pattern's dials."""
    kind, recording = type(worn), screen.current_comparison().recording
    stem = f"dial-{key}-{kind.__name__}"
    for each in dials(kind):
        if isinstance(worn, Scored) and each.name == "source":
            each = score_dial.working(each, worn, recording)
        dial(each, getattr(worn, each.name), fresh(f"{stem}-{each.name}"))
    if isinstance(worn, Scored):
        score_dial.show(worn, recording, fresh(f"{stem}-calibrated"))


def dial(dial: Dial, value: Any, key: str) -> None:
    """One dial as the widget that fits it."""
    label = f"{dial.label} ({dial.unit})" if dial.unit else dial.label
    if dial.choices:
        st.selectbox(label, dial.choices, dial.choices.index(value), help=dial.help, key=key)
    elif isinstance(dial.default, bool):
        st.toggle(label, value, help=dial.help, key=key)
    elif isinstance(dial.default, int | float):
        kind = type(dial.default)
        low, high, step = kind(dial.low or 0), kind(dial.high or 100), kind(dial.step or 1)
        st.slider(label, low, high, kind(value), step, help=dial.help, key=key)
    else:
        st.text_area(label, value, help=dial.help, key=key, height=68, max_chars=500)


def fresh(key: str) -> str:
    """A widget's key that changes where something else than the widget changed what it shows."""
    return f"{key}-{state.state().afresh}"

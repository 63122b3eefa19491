"""Dial widgets: what each of a comparison's dials is called and shows, and at each what another person turned."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

import streamlit as st

from components.core.dial_words import choice_title
from components.core.layer import Dial, Family, Layer, dials_of, format_value, pattern_title
from components.core.prototype import Prototype
from components.design.history import quote_text
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.layers.confidence.scored_layer import ScoredLayer
from components.ui.shared import pane_models, state, theme

DIAL_FAMILIES = tuple(family for family in Family if any(kind.family == family for kind in ALL_PATTERNS.values()))
T = TypeVar("T")


def fresh_key(name: str) -> str:
    """A widget's key that changes where something else than the widget changed what it shows."""
    return f"{name}-{state.page_state().afresh}"


def widget_value(name: str, value: T) -> T:
    """The value in a widget, drawn or not; `value` where nobody touched it yet."""
    chosen = state.read_widget(fresh_key(name))
    return value if chosen is None else cast(T, chosen)


def dial_stem(layer: Layer, key: str) -> str:
    """What the names of all dials of a layer begin with, in a pane or, where `key` is "weather", around all."""
    return f"dial-{key}-{type(layer).__name__}"


def dial_values(compare: Comparison) -> dict[str, object]:
    """What every dial of a comparison shows, by the names of their widgets."""
    values = layer_values(compare.own, "weather")
    for key, prototype in compare.panes.items():
        values |= {
            f"name-{key}": prototype.name,
            f"about-{key}": prototype.about,
            f"model-{key}": pane_models.model_value(prototype.own_model),
            **{f"family-{key}-{family.name}": chosen_titles(prototype, family) for family in DIAL_FAMILIES},
        }
        for layer in prototype.layers:
            values |= layer_values(layer, key)
    return values


def layer_values(layer: Layer, key: str) -> dict[str, object]:
    """The same of one layer."""
    stem = dial_stem(layer, key)
    values = {f"{stem}-{dial.name}": getattr(layer, dial.name) for dial in dials_of(type(layer))}
    calibrated = {f"{stem}-calibrated": layer.calibration is not None} if isinstance(layer, ScoredLayer) else {}
    return values | calibrated


def chosen_titles(prototype: Prototype, family: Family) -> list[str]:
    """The titles of a prototype's patterns of one family, without the model that answers."""
    return [pattern_title(type(layer)) for layer in prototype.with_own_model(None).layers_of(family)]


def same_value(one: object, other: object) -> bool:
    """Whether two dials show the same; patterns that were chosen in another order are the same."""
    return sorted(one) == sorted(other) if isinstance(one, list) and isinstance(other, list) else one == other


def turn_widgets(before: Comparison, after: Comparison) -> None:
    """Let the dials that are drawn show what others turned; one that was turned here as well stays as it is."""
    old, new = dial_values(before), dial_values(after)
    for name in old.keys() & new.keys():
        drawn = state.read_widget(fresh_key(name))
        if drawn is not None and same_value(drawn, old[name]) and not same_value(old[name], new[name]):
            state.set_widget(fresh_key(name), new[name])


def note_turns(who: str, kept: Comparison, theirs: Comparison, merged: Comparison) -> None:
    """Remember which dials a person turned since what was `kept`; `merged`: what stands here now."""
    turned, old, new, here = state.page_state().turned, *map(dial_values, (kept, theirs, merged))
    for name in old.keys() & new.keys() & here.keys():
        if not same_value(old[name], new[name]):
            known = turned.get(name)
            goes_on = known is not None and known.name == who and same_value(known.after, old[name])
            before = known.before if known and goes_on else old[name]
            turned[name] = state.OtherTurn(who, before, new[name], widget_value(name, here[name]))


def show_other_turn(name: str, words: Callable[[object], str] = format_value) -> None:
    """Who else turned a dial, from what to what, and a button for the other value; nothing where nobody did, or it
    was turned here since. `words`: what a value of it is called.
    """
    turn = state.page_state().turned.get(name)
    if turn is None or not same_value(widget_value(name, turn.shown), turn.shown):
        return
    stands, who = same_value(turn.shown, turn.after), turn.name or "Somebody"
    if stands:
        told, label, value = f"{who}: {turn_words(turn.before, turn.after, words)}", "Take back", turn.before
    else:
        told, label, value = f"{who} turned it too; yours stands", "Use theirs", turn.after
    with st.container(key=f"turn-{name}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(f":material/edit: {theme.inert_label(told)}")
        st.button(label, key=f"turn-back-{name}", type="tertiary",
                  on_click=partial(state.set_widget, fresh_key(name), value))  # fmt: skip


def turn_words(before: object, after: object, words: Callable[[object], str]) -> str:
    """What was turned, from what to what; of patterns, which were added and taken away."""
    if isinstance(before, list) and isinstance(after, list):
        added = [title for title in after if title not in before]
        taken = [title for title in before if title not in after]
        parts = (f"{verb} {', '.join(titles)}" for verb, titles in (("added", added), ("took away", taken)) if titles)
        return ", ".join(parts)
    return " → ".join(quote_text(words(value)) for value in (before, after))


def value_words(dial: Dial) -> Callable[[object], str]:
    """What the values of a dial are called."""
    return lambda value: choice_title(str(value)) if dial.choices else format_value(value, dial.unit)

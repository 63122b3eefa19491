"""Rows: the answers to try, the weather and the ways to break it, the same for every pane; and what is chosen there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.core.faults import FAULT_KINDS
from components.core.prototype import Prototype
from components.layers import WEATHER_NOTES, WEATHER_PROFILES
from components.layers.compare import AS_RECORDED, CUSTOM_WEATHER, NO_FAULT, Comparison
from components.layers.weather.fault import MIDWAY_KINDS, WEATHER_FAULTS
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import example_rows, screen, state

DELAYS_S = (0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 20.0)  # seconds; a step is felt anywhere
WEATHER_ABOUT = "How fast the network and the model are, the same in every pane."
NEAREST = ("timeout", "cut", "empty", "server")  # faults with a button of their own
GROUPS = {
    "The connection": ("refused", "rate", "malformed"),
    "The words": ("refusal", "wrong", "loop", "garbled"),
}
FAULT_LABELS = {NO_FAULT: "Nothing", **{name: FAULT_KINDS[name].label for name in NEAREST}}
FURTHER_FAULTS = {group: {name: FAULT_KINDS[name].label for name in names} for group, names in GROUPS.items()}
SHARES_PERCENT = tuple(range(10, 91, 5))
MAX_WORDS_CHARS = 500  # characters of a scripted answer


def choice_rows(compare: Comparison, told: bool = True) -> list[dict[str, Any]]:
    """Each row with its chips, and what can be turned beside them. Unless `told`, nothing in it tells seconds."""
    outcome = example_rows.outcome_row(compare)
    return [
        example_rows.example_row(compare),
        *([outcome] if outcome else []),
        weather_row(compare) if told else blind_weather_row(compare),
        fault_row(compare),
    ]


def row_option(value: str, label: str, title: str = "", opens: str = "") -> dict[str, str]:
    """A chip's data; its title is read when the pointer rests on it.

    `opens` says where what can be turned after it is chosen: in the "panel" at the side, or nowhere.
    """
    return {"value": value, "label": label, "title": title, **({"opens": opens} if opens else {})}


def weather_row(compare: Comparison) -> dict[str, Any]:
    """The named weathers with what their numbers rest on, and the wait for the first word to be felt."""
    named = [row_option(name, name, WEATHER_NOTES[name]) for name in WEATHER_PROFILES]
    own = row_option(CUSTOM_WEATHER, "My own …", "Set the first words and the speed yourself.", "panel")
    note = "" if compare.weather == AS_RECORDED else WEATHER_NOTES.get(compare.weather, "")
    note = " ".join(part for part in (note, own_weather_note(compare)) if part)
    recorded = next((event.at for event in compare.recording.events if event.kind == "token"), 0.0)
    return {
        "name": "weather", "label": "Weather", "options": [*named, own], "value": compare.weather, "note": note,
        "about": WEATHER_ABOUT, "says": weather_words(compare),
        "knob": {
            "name": "delay", "label": "What does it feel like?", "steps": DELAYS_S, "unit": "s",
            "value": round(weather_profile(compare).first or recorded, 1), "after": "to the first word",
        },
    }  # fmt: skip


def blind_weather_row(compare: Comparison) -> dict[str, Any]:
    """The named weathers without any seconds, for who rates before they are told."""
    told = weather_row(compare)
    options = [{**option, "title": ""} for option in told["options"]]
    return {**{name: value for name, value in told.items() if name != "knob"}, "options": options, "note": ""}


def weather_words(compare: Comparison) -> str:
    """The weather as the line above the panes says it, with the panes that have one of their own."""
    name = "My own weather" if compare.weather == CUSTOM_WEATHER else compare.weather
    own = panes_with_weather(compare)
    return f"{name}, {', '.join(own)} in {'its' if len(own) == 1 else 'their'} own weather" if own else name


def own_weather_note(compare: Comparison) -> str:
    """Which panes have a weather of their own, which wins over this one; "" where none has."""
    own = panes_with_weather(compare)
    has = "has a weather" if len(own) == 1 else "have weathers"
    return (
        f"{', '.join(own)} {has} of {'its' if len(own) == 1 else 'their'} own, which wins over this one." if own else ""
    )


def panes_with_weather(compare: Comparison) -> list[str]:
    """The letters of the panes whose prototype has a weather of its own."""
    return [key for key, prototype in compare.panes.items() if has_own_pace(prototype)]


def has_own_pace(prototype: Prototype) -> bool:
    """Whether a prototype brings a weather of its own; instructions and another model are none."""
    return any(type(layer).__name__ == LatencyProfile.__name__ for layer in prototype.layers)


def fault_row(compare: Comparison) -> dict[str, Any]:
    """The ways to break the answer: those shown most as chips, the others in a list."""
    groups = [
        {"label": group, "options": [row_option(*pair) for pair in kinds.items()]}
        for group, kinds in FURTHER_FAULTS.items()
    ]
    row: dict[str, Any] = {
        "name": "fault", "label": "Break it", "options": [row_option(*pair) for pair in FAULT_LABELS.items()],
        "value": compare.fault, "more": {"label": "More ways …", "groups": groups},
        "about": "What goes wrong with the answer, the same in every pane.", "says": broken_words(compare),
    }  # fmt: skip
    if compare.fault in MIDWAY_KINDS:
        after, share = "of the answer", compare.breaking.share
        row["knob"] = {
            "name": "share",
            "label": "Breaks after",
            "steps": SHARES_PERCENT,
            "unit": "%",
            "value": share,
            "after": after,
        }
    if compare.fault == "wrong":
        row["words"] = {
            "name": "words",
            "label": "It says",
            "value": compare.breaking.words,
            "longest": MAX_WORDS_CHARS,
        }
    return row


def broken_words(compare: Comparison) -> str:
    """What breaks, as the line above the panes says it."""
    return "nothing broken" if compare.fault == NO_FAULT else f"broken: {FAULT_KINDS[compare.fault].label}"


def weather_profile(compare: Comparison) -> LatencyProfile:
    """The latency profile of the comparison's weather."""
    return compare.own if compare.weather == CUSTOM_WEATHER else WEATHER_PROFILES.get(compare.weather, LatencyProfile())


def apply_choice(choice: Mapping[str, Any]) -> None:
    """Apply what was chosen in a row to the comparison. ValueError or LookupError where it is not offered."""
    compare, value = screen.current_comparison(), str(choice["value"])
    changed = CHOICE_HANDLERS[str(choice["name"])](compare, value)
    same = replace(compare, own=changed.own, breaking=changed.breaking) == changed
    screen.change_comparison(changed, further=same)
    if choice["name"] == "weather":
        here = state.page_state()
        here.open = "weather" if value == CUSTOM_WEATHER else here.open.replace("weather", "")


def with_named_weather(compare: Comparison, value: str) -> Comparison:
    """The comparison in another weather."""
    return replace(compare, weather=value if value in WEATHER_PROFILES or value == CUSTOM_WEATHER else AS_RECORDED)


def with_delay(compare: Comparison, value: str) -> Comparison:
    """The comparison in the person's own weather with another wait for the first word."""
    first = DELAYS_S[DELAYS_S.index(float(value))]
    return replace(compare, weather=CUSTOM_WEATHER, own=replace(weather_profile(compare), first=first))


def with_fault(compare: Comparison, value: str) -> Comparison:
    """The comparison with another kind of fault. LookupError where there is none such."""
    if value not in (NO_FAULT, *WEATHER_FAULTS):
        raise LookupError(value)
    return replace(compare, fault=value)


def with_share(compare: Comparison, value: str) -> Comparison:
    """The comparison with the fault after another share of the answer. ValueError where it is not offered."""
    return replace(compare, breaking=replace(compare.breaking, share=SHARES_PERCENT[SHARES_PERCENT.index(int(value))]))


def with_words(compare: Comparison, value: str) -> Comparison:
    """The comparison with other words for the scripted answer."""
    return replace(compare, breaking=replace(compare.breaking, words=value[:MAX_WORDS_CHARS]))


CHOICE_HANDLERS = {
    "sample": example_rows.with_example, "outcome": example_rows.with_outcome, "weather": with_named_weather,
    "delay": with_delay, "fault": with_fault, "share": with_share, "words": with_words,
}  # fmt: skip

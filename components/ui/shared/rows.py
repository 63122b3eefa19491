"""Rows: the answers to try, the weather and the ways to break it, the same for every pane; and what is chosen there."""

from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten
from typing import Any

from components.core.comparison import branches
from components.core.faults import FAULT_KINDS
from components.layers import named_weather, weather_notes
from components.layers.compare import CUSTOM, NOTHING, RECORDED, Compare
from components.layers.weather.fault import KINDS, PLACED
from components.layers.weather.latency_profile import LatencyProfile
from components.ui.shared import screen, state
from components.ui.shared.samples import samples, shipped

DELAYS = (0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 20.0)  # seconds; a step is felt anywhere
NEAREST = ("timeout", "cut", "empty", "server")  # faults with a button of their own
GROUPS = {
    "The connection": ("refused", "rate", "malformed"),
    "The words": ("refusal", "wrong", "loop", "garbled"),
}
FAULTS = {NOTHING: "Nothing", **{name: FAULT_KINDS[name].label for name in NEAREST}}
FURTHER = {group: {name: FAULT_KINDS[name].label for name in names} for group, names in GROUPS.items()}
SHARES = tuple(range(10, 91, 5))
LONGEST = 500  # characters of a scripted answer


def rows(compare: Compare) -> list[dict[str, Any]]:
    """Each row with its chips, and what can be turned beside them."""
    tries = {sample.id: sample.prompt.text for sample in samples() if not sample.prompt.choices}
    return [
        {
            "name": "sample", "label": "Try", "value": compare.recording.id,
            "options": [option(id, shorten(text, 40, placeholder=" …"), text) for id, text in tries.items()],
        },
        weather(compare),
        fault(compare),
    ]  # fmt: skip


def option(value: str, label: str, title: str = "") -> dict[str, str]:
    """One chip; its title is read when the pointer rests on it."""
    return {"value": value, "label": label, "title": title}


def weather(compare: Compare) -> dict[str, Any]:
    """The named weathers with what their numbers rest on, and the wait for the first word to be felt."""
    named = [option(name, name, weather_notes[name]) for name in named_weather]
    own = option(CUSTOM, "My own …", "Set the first words and the speed yourself.")
    said = "" if compare.weather == RECORDED else weather_notes.get(compare.weather, "")
    recorded = next((event.at for event in compare.recording.events if event.kind == "token"), 0.0)
    return {
        "name": "weather", "label": "Weather", "options": [*named, own], "value": compare.weather, "note": said,
        "knob": {
            "name": "delay", "label": "What does it feel like?", "steps": DELAYS, "unit": "s",
            "value": round(profile(compare).first or recorded, 1), "after": "to the first word",
        },
    }  # fmt: skip


def fault(compare: Compare) -> dict[str, Any]:
    """The ways to break the answer: those shown most as chips, the others in a list."""
    groups = [
        {"label": group, "options": [option(*each) for each in kinds.items()]} for group, kinds in FURTHER.items()
    ]
    row: dict[str, Any] = {
        "name": "fault", "label": "Break it", "options": [option(*each) for each in FAULTS.items()],
        "value": compare.fault, "more": {"label": "More ways …", "groups": groups},
    }  # fmt: skip
    if compare.fault in PLACED:
        after, share = "of the answer", compare.breaking.share
        row["knob"] = {"name": "share", "label": "After", "steps": SHARES, "unit": "%", "value": share, "after": after}
    if compare.fault == "wrong":
        row["words"] = {"name": "words", "label": "It says", "value": compare.breaking.words, "longest": LONGEST}
    return row


def profile(compare: Compare) -> LatencyProfile:
    """The weather's pace."""
    return compare.own if compare.weather == CUSTOM else named_weather.get(compare.weather, LatencyProfile())


def chosen(choice: Mapping[str, Any]) -> None:
    """Something else was chosen or turned in a row. ValueError or LookupError where it is not offered."""
    compare, value = screen.current_comparison(), str(choice["value"])
    changed = CHOICES[str(choice["name"])](compare, value)
    same = replace(compare, own=changed.own, breaking=changed.breaking) == changed
    screen.change_comparison(changed, further=same)
    if choice["name"] == "weather":
        here = state.state()
        here.open = "weather" if value == CUSTOM else here.open.replace("weather", "")


def sampled(compare: Compare, value: str) -> Compare:
    """The same around another answer."""
    sample = {sample.id: sample for sample in samples()}[value]
    return replace(compare, recordings=(sample, *branches(sample, shipped())))


def weathered(compare: Compare, value: str) -> Compare:
    """The same in other weather."""
    return replace(compare, weather=value if value in named_weather or value == CUSTOM else RECORDED)


def delayed(compare: Compare, value: str) -> Compare:
    """The same weather, but for when the first word comes."""
    first = DELAYS[DELAYS.index(float(value))]
    return replace(compare, weather=CUSTOM, own=replace(profile(compare), first=first))


def broken(compare: Compare, value: str) -> Compare:
    """The same, broken in another way."""
    if value not in (NOTHING, *KINDS):
        raise LookupError(value)
    return replace(compare, fault=value)


def shared(compare: Compare, value: str) -> Compare:
    """Broken after another share of the answer."""
    return replace(compare, breaking=replace(compare.breaking, share=SHARES[SHARES.index(int(value))]))


def worded(compare: Compare, value: str) -> Compare:
    """Other words for the scripted answer."""
    return replace(compare, breaking=replace(compare.breaking, words=value[:LONGEST]))


CHOICES = {
    "sample": sampled, "weather": weathered, "delay": delayed, "fault": broken, "share": shared, "words": worded,
}  # fmt: skip

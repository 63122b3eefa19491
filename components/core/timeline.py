"""Timeline: what a person sees and when, worked out whole before it is played."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from components.core.event import LAST, Event, answer_text_after
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.core.prototype import Prototype, visible_events
from components.core.vocabulary import BREAKING, FREEZE_S, HIDDEN, NO_SIGN

BRANCH_DEPTH = 2  # how many of a person's next steps are worked out beforehand


@dataclass(frozen=True)
class Timeline:
    """The events of one pane, and what follows each thing a person can press in it.

    `branches` maps a button's name (an option, "retry", "again" or "continue") to the timeline that it starts.
    """

    events: tuple[Event, ...]
    branches: Mapping[str, "Timeline"] = field(default_factory=dict)

    @property
    def sign(self) -> float | None:
        """Seconds until the first sign of life; None where there is none. What stands there before Send is none."""
        signs = (
            event
            for event in self.events
            if event.kind not in NO_SIGN and not (event.data.get("remark") or event.data.get("before"))
        )
        return next((event.at for event in signs), None)

    @property
    def first(self) -> float | None:
        """Seconds until the first words of the answer; None where none came."""
        return next((event.at for event in self.events if event.carries_words), None)

    @property
    def complete(self) -> float:
        """Seconds since Send at the last event; 0.0 where there is none."""
        return self.events[-1].at if self.events else 0.0

    @property
    def broke(self) -> bool:
        """Whether the answer ended in a failure, raw or graceful."""
        return bool(self.events) and self.events[-1].kind in BREAKING

    @property
    def freezes(self) -> tuple[tuple[float, float], ...]:
        """(from, to) in seconds of every gap between words longer than FREEZE_S."""
        times = [event.at for event in self.events if event.carries_words or event.kind in LAST]
        return tuple((a, b) for a, b in pairwise(times) if b - a > FREEZE_S)

    def to_json(self) -> dict[str, Any]:
        """What the player takes: events without the layers' own data, and the branches."""
        return {
            "events": [without_layer_data(event).to_json() for event in self.events],
            "branches": {name: branch.to_json() for name, branch in self.branches.items()},
        }


def build_timeline(prototype: Prototype, prompt: Prompt, model: Answer, depth: int = BRANCH_DEPTH) -> Timeline:
    """The timeline of a prototype's answer, with a branch for each button, `depth` presses deep."""
    events = with_end_event(visible_events(prototype, prompt, model))
    steps = next_prompts(prompt, events) if depth else {}
    branches = {name: build_timeline(prototype, step, model, depth - 1) for name, step in steps.items()}
    return Timeline(events, {name: branch for name, branch in branches.items() if has_recording(branch)})


def next_prompts(prompt: Prompt, events: Iterable[Event]) -> dict[str, Prompt]:
    """The next prompt for each button that the events offer, by the button's name."""
    steps: dict[str, Prompt] = {}
    shown = prompt.partial
    for event in events:
        shown = answer_text_after(shown, event)
        if event.kind == "question":
            steps |= {option: prompt.with_choice(event.text, option) for option in event.data.get("options", ())}
        actions = event.data.get("actions", ())
        if "retry" in actions:
            steps["retry"] = replace(
                prompt.next_attempt(), partial=""
            )  # from the beginning; "continue" keeps the words
        if "again" in actions:
            steps["again"] = replace(prompt.next_attempt(), partial="")  # the answer before stays to be looked at
        if "continue" in actions:
            steps["continue"] = replace(prompt.next_attempt(), partial=shown)
    return steps


def with_end_event(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events with an `end` added where the stream ran dry without a final event."""
    if events and events[-1].kind in LAST:
        return events
    return (*events, Event(events[-1].at if events else 0.0, "end"))


def has_recording(branch: Timeline) -> bool:
    """Whether the branch's turn was recorded, and so can be shown."""
    return not any(event.data.get("fault") == "unrecorded" for event in branch.events)


def without_layer_data(event: Event) -> Event:
    """The event without the data keys that only layers read."""
    if not any(key in event.data for key in HIDDEN):
        return event
    return Event(event.at, event.kind, event.text, {k: v for k, v in event.data.items() if k not in HIDDEN})

"""Streams to test layers with: scripted answers, and strategies for every stream and every turn of a dial."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

from hypothesis import strategies as st

from components.core.event import Event, Stream, answer_text_after
from components.core.layer import Family, Layer, carried_fields, dials_of
from components.core.prompt import Prompt
from components.core.prototype import release_tokens
from components.core.vocabulary import EventKind
from tests.core.calibrated import calibrations

ASKED = Prompt.from_typed("What should I do when my flight is cancelled tonight in Rome?")
ERROR = {"fault": "server"}


@dataclass
class Scripted:
    """An answer that gives the same events to every prompt, and remembers what it was asked."""

    events: Sequence[Event]
    asked: list[Prompt] = field(default_factory=list)

    def __call__(self, prompt: Prompt) -> Stream:
        self.asked.append(prompt)
        yield from self.events


def said(
    text: str, every: float = 0.1, first: float = 0.5, logprob: float = -0.5, last: EventKind = "end"
) -> list[Event]:
    """The words of a text as tokens at a steady pace, then `last`."""
    parts = [word if place == 0 else " " + word for place, word in enumerate(text.split(" "))] if text else []
    tokens = [
        Event(first + place * every, "token", part, {"logprob": logprob, "alternatives": []})
        for place, part in enumerate(parts)
    ]
    at = tokens[-1].at if tokens else first
    return [*tokens, Event(at, last, "boom" if last == "error" else "", ERROR if last == "error" else {})]


def heard(layer: Layer, events: Sequence[Event], prompt: Prompt = ASKED) -> list[Event]:
    """What a layer makes of a model's events; layers after delivery hear text, as they do in a prototype."""
    answer = Scripted(events)
    return list(layer.around(answer if layer.family <= Family.DELIVERY else release_tokens(answer))(prompt))


def kinds(events: Sequence[Event]) -> list[str]:
    """The kinds of the events in order."""
    return [event.kind for event in events]


def shown(events: Sequence[Event]) -> str:
    """The words of the answer that are on the screen in the end, tokens counted as shown."""
    text = ""
    for event in events:
        text = answer_text_after(text, event) if event.kind != "token" else text + event.text
    return text


def told(events: Sequence[Event]) -> str:
    """The words on the screen, and those handed on with the last event."""
    return shown(events) + (str(events[-1].data.get("partial", "")) if events else "")


def instead(events: Sequence[Event]) -> bool:
    """Whether a pattern says that it shows something else in the place of the model's words."""
    return any(event.data.get("instead") or event.made_up for event in events)


def past(layer: Layer, prompt: Prompt = ASKED) -> Prompt:
    """The prompt once every question that the layer asks first has been answered."""
    for _ in range(3):
        *_, last = heard(layer, said("Yes."), prompt)
        if last.kind != "question":
            break
        prompt = prompt.with_choice(last.text, [*last.data.get("options", ()), "Yes"][0])
    return prompt


def turned(kind: type[Layer]) -> st.SearchStrategy[Layer]:
    """The pattern with its dials turned anyhow within their ranges, calibrated or not."""

    def values(spec: Any) -> st.SearchStrategy[Any]:
        if spec.choices:
            return st.sampled_from(spec.choices)
        if isinstance(spec.default, bool):
            return st.booleans()
        if isinstance(spec.default, int):
            return st.integers(int(spec.low), int(spec.high)) | st.integers(
                int(spec.low), min(int(spec.high), int(spec.low) + 6)
            )
        if isinstance(spec.default, float):
            return st.floats(spec.low, spec.high)
        return st.text(max_size=30)

    held = {name: st.none() | calibrations() for name in carried_fields(kind)}
    return st.builds(kind, **{spec.name: values(spec) for spec in dials_of(kind)}, **held)


LOGPROBS = st.none() | st.floats(-20, 0)
PIECES = st.text(max_size=8) | st.sampled_from(
    ["", " ", "\n\n", " the", ". ", "<script>alert(1)</script>", "\x00\x1b[2J", "\u202eabc", "👩‍👩‍👧‍👦", "。", "\ud83d"]
)


@st.composite
def streams(draw: st.DrawFn, last: Sequence[EventKind | Literal[""]] = ("end", "error", "")) -> list[Event]:
    """Any stream of a model: tokens and silences in order, then `last`, where "" is a stream that runs dry."""
    kinds: list[EventKind] = ["token", "token", "silence"]
    body = draw(st.lists(st.tuples(st.sampled_from(kinds), PIECES, LOGPROBS), max_size=14))
    ending = draw(st.sampled_from(list(last)))
    steps = draw(st.lists(st.sampled_from([0.0, 0.05, 0.3, 4.0]), min_size=len(body) + 1, max_size=len(body) + 1))
    times = list(accumulate(steps))
    events = [
        Event(at, kind, text, {"logprob": logprob}) if kind == "token" else Event(at, kind)
        for at, (kind, text, logprob) in zip(times, body, strict=False)
    ]
    if ending == "error":
        events.append(Event(times[-1], "error", "boom", ERROR))
    elif ending:
        events.append(Event(times[-1], ending))
    return events

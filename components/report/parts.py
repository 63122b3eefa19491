"""Parts: a prototype's numbers and words as plain values, for a program that does without Parallax.

They are what the layers themselves say when they are played over an answer that breaks in every way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from components.core.event import Event, standing
from components.core.faults import FAULT_KINDS
from components.core.layer import Family, Layer, title
from components.core.prompt import Message, Prompt
from components.core.prototype import Prototype
from components.core.timeline import timeline
from components.layers.confidence.badge import Badge
from components.layers.confidence.low_confidence_alert import LowConfidenceAlert
from components.layers.confidence.score import LOWEST, MEAN
from components.layers.content import MODEL

COVERED = (
    "Streaming", "PacedStreaming", "Blocking", "Skeleton", "TypingIndicator", "StagedStatus", "Badge", "VisibleRetry",
    "KeepPartial", "CauseAndNextStep", "RawError", "Disclaimer", "Disclosure", "CapabilityCard", "Starters",
    "AccuracyStatement", "Apology", "HumanHandoff", "Regenerate", "Why", "Citations", "ForAndAgainst", "FollowUps",
    "AnswerThenAsk", "ReasoningTrace", "StepLog", "RestateAndConfirm", "PlanApproval", "DecideFirst", "Abstain",
    "ProgressBar", "ExpectedTime", "DeliberateDelay", "DraftThenFinal", "BackgroundAndNotify", "LowConfidenceAlert",
)  # fmt: skip
# Of each of these the outermost is part of the program.
SCORED = ("Badge", "LowConfidenceAlert", "Abstain")
HOLDING = ("DraftThenFinal", "BackgroundAndNotify", "Abstain")
EVERY = tuple(name for name, kind in FAULT_KINDS.items() if kind.outside)  # that it can have
MIDWAY = tuple(name for name, kind in FAULT_KINDS.items() if kind.midway)  # those that can come after words
STATES = ("nothing", "held", "shown")  # what has come when the answer breaks; held words are not on the screen yet
UNHELD = ("nothing", "shown")
BUTTONS = ("retry", "continue")
BREAKING = (Family.DELIVERY, Family.CONFIDENCE, Family.FAILURE)  # that have a say in it
HELD, SHOWN, RAW = "It is", "Before that. ", "the exception's own words"

Failure = dict[str, Any]
States = dict[str, dict[str, Failure | None]]


def covered(layer: Layer) -> bool:
    """Whether the program does what this layer does."""
    name, dials = type(layer).__name__, vars(layer)
    asks = name in SCORED and dials["source"] not in (MEAN, LOWEST)
    plans = name == "StepLog" and dials["origin"] == MODEL
    waits = name == "DecideFirst" and dials["delay"] > 0
    shows = name == "Abstain" and (dials["anyway"] or not dials["words"].strip())
    return name in COVERED and not (asks or plans or waits or shows)


def known(prototype: Prototype) -> Prototype:
    """The prototype without what the program does not do."""
    worn = [layer for layer in prototype.layers if covered(layer)]
    for group in (SCORED, HOLDING):
        last = next((layer for layer in reversed(worn) if type(layer).__name__ in group), None)
        worn = [layer for layer in worn if layer is last or type(layer).__name__ not in group]
    return prototype.wearing(worn)


def left_out(prototype: Prototype) -> tuple[str, ...]:
    """The names of the patterns that the program does not do."""
    done = known(prototype).layers
    others = (layer for layer in prototype.layers if layer.family != Family.WEATHER and layer not in done)
    return tuple(title(type(layer)) for layer in others)


def named(prototype: Prototype, name: str) -> Any:
    """The first layer of this kind; None where there is none."""
    return next((layer for layer in prototype.layers if type(layer).__name__ == name), None)


def play(layers: Iterable[Layer], said: Iterable[Event], attempt: int = 0, partial: str = "") -> tuple[Event, ...]:
    """What these layers make of a model that says the same each time."""
    prompt = Prompt((Message("user", "Is it so?"),), attempt=attempt, partial=partial)
    return timeline(Prototype("", tuple(layers)), prompt, lambda _: iter(tuple(said)), depth=0).events


def signs(prototype: Prototype) -> list[list[Any]]:
    """What is seen until the first words: from which second on, and what."""
    late = (Event(0.0, "silence"), Event(3600.0, "token", HELD), Event(3600.0, "end"))  # nobody knows how late
    told = [layer for layer in prototype.layers if type(layer).__name__ == "StepLog"]
    waiting = (event for event in play((*prototype.of(Family.DELIVERY), *told), late) if event.kind == "status")
    return [[event.at, event.text or "…"] for event in waiting]


def notices(layers: Iterable[Layer]) -> tuple[list[str], list[str]]:
    """What these layers say above the answer, and what below it."""
    events = play(layers, (Event(1.0, "token", HELD), Event(1.0, "end")))
    place = next(place for place, event in enumerate(events) if event.words)
    return [*lines(events[:place])], [*lines(events[place:])]


def lines(events: Iterable[Event]) -> Iterator[str]:
    """The words of every notice, and those of its list."""
    for event in events:
        if event.kind == "notice":
            yield event.text
            yield from (f"- {item}" for item in event.data.get("items", ()))


def retrying(prototype: Prototype) -> list[str]:
    """What is said before each attempt that it makes by itself."""
    retry = named(prototype, "VisibleRetry")
    if retry is None or not retry.automatic:
        return []
    events = play([retry], [Event(1.0, "error", RAW, {"fault": "server"})])
    return [event.text for event in events if event.kind == "status"]


def badges(badge: Badge | LowConfidenceAlert) -> list[list[Any]]:
    """From which probability on which badge or warning, and what it means, highest first."""
    if isinstance(badge, LowConfidenceAlert):
        low = badge.verdict(-1.0)
        return [[badge.trigger, "", ""], [0.0, low.text if low else "", ""]]
    cuts = {"high": badge.high, "medium": min(badge.medium, badge.high), "low": 0.0}
    return [[cut, f"{level.capitalize()} confidence", badge.legend(level)] for level, cut in cuts.items()]


def failures(prototype: Prototype) -> list[States]:
    """What is said when the answer breaks, for each attempt that differs from the next."""
    retry, streaming = named(prototype, "VisibleRetry"), named(prototype, "Streaming")
    keeps_back = any(named(prototype, name) for name in ("Blocking", *HOLDING))
    by_hand = retry is not None and not retry.automatic
    within = (layer for layer in prototype.layers if layer.family in BREAKING)
    layers = [layer for layer in within if by_hand or layer is not retry]
    states = STATES if keeps_back or (streaming is not None and streaming.unit != "token") else UNHELD
    attempts = range(retry.attempts + 1 if by_hand else 1)
    return [{state: table(layers, state, attempt) for state in states} for attempt in attempts]


def table(layers: Sequence[Layer], state: str, attempt: int) -> dict[str, Failure | None]:
    """What is said for each kind of fault that there can be then; `any` where it is the same for all."""
    goes_on = any(getattr(layer, "resume", False) for layer in layers)  # the first words can be older than the fault
    kinds = EVERY if state == "nothing" else [kind for kind in EVERY if kind != "empty"] if goes_on else MIDWAY
    found = {kind: failure(layers, kind, state, attempt) for kind in kinds}
    first = found[kinds[0]]
    return {"any": first} if all(one == first for one in found.values()) else found


def failure(layers: Sequence[Layer], kind: str, state: str, attempt: int) -> Failure | None:
    """What is said of one fault: `words` (none for the exception's own), `do`, `buttons`; None where nothing is.

    `keep` is whether words that were held back are shown; `technical` whether the exception's own words follow.
    """
    partial = SHOWN if state == "shown" else ""
    came = () if state == "nothing" else (Event(1.0, "token", HELD),)
    broke = Event(1.0, "end") if kind == "empty" else Event(1.0, "error", RAW, {"fault": kind})
    events = play(layers, (*came, broke), attempt, partial)
    stands = partial
    for event in events:
        stands = standing(stands, event)
    last = events[-1]
    if last.kind == "end":
        return None
    labels: Mapping[str, str] = last.data.get("labels", {})
    buttons = {name: labels.get(name, name) for name in last.data.get("actions", ()) if name in BUTTONS}
    person = [event.text for event in events if event.kind == "action" and event.data["name"] == "say"]
    buttons |= {"person": person[-1]} if person else {}
    said = {
        "words": "" if RAW in last.text else last.text, "do": last.data.get("detail", ""), "buttons": buttons,
        "technical": bool(last.data.get("technical")), "keep": bool(came) and stands.endswith(HELD),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}

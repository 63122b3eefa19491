"""Continue recording: an answer that was cut at its limit, and what its model said when it was asked to go on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.models.generation import Generation
from components.models.make_recording import make_recording

SAME_START_CHARS = 24  # an answer that goes on with as many letters of its own beginning has begun anew
CUT_KEPT = "The answer stays as it is, cut at its limit."
NOTHING_CAME = Explained("The model had nothing to add.", CUT_KEPT, "Ask the question again, or another model.")
BEGAN_ANEW = Explained(
    "The model began its answer anew instead of going on.", CUT_KEPT,
    "Give it a longer limit on the page Models, then ask again.",
)  # fmt: skip


@dataclass(frozen=True)
class Continuation:
    """A cut answer, and what is being made to follow it."""

    recording: Recording
    generation: Generation


def continuation_prompt(recording: Recording) -> Prompt:
    """What a model is asked to go on with a cut answer: the same, with the words that it gave."""
    return replace(recording.prompt.next_attempt(), partial=recording.text)


def join_continuation(recording: Recording, events: Iterable[Event], made: str) -> Recording:
    """A cut answer and what came after it, as one answer to the same question; `made` is an ISO date.

    Its times are the seconds of both, one after the other, and its card says at which seconds it was asked to go on.
    Explained where nothing came, where it broke, or where the model began anew.
    """
    further = make_recording(events, recording.prompt, recording.card, made)
    last = further.events[-1] if further.events else None
    if last is not None and last.kind == "error" and not further.text.strip():
        told = last.data
        raise Explained(str(told.get("what") or "The model broke off."), CUT_KEPT, str(told.get("do") or "Try again."))
    if last is None or not further.text.strip():
        raise NOTHING_CAME
    start = recording.text.strip()[:SAME_START_CHARS]
    if len(start) == SAME_START_CHARS and further.text.strip().startswith(start):
        raise BEGAN_ANEW
    asked_at = round(recording.seconds, 4)
    settings = dict(recording.card.settings)
    settings["continued_at"] = [*settings.get("continued_at", ()), asked_at]
    words = tuple(event for event in recording.events if event.kind == "token")
    after = tuple(event.with_time(round(event.at + asked_at, 4)) for event in further.events)
    return Recording(recording.prompt, replace(recording.card, settings=settings), (*words, *after), made)

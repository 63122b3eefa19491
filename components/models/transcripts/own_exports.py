"""Own: recordings that Parallax itself exported, read back as they were."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, get_args

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Role
from components.core.recording import Recording
from components.models.transcripts.transcript_turn import MAX_WAIT_S, finite_number

RECORDING_FORMAT = "parallax-recording/1"
MAX_JSON_DEPTH = 8  # levels; a recording has six
RECORDED_KINDS = ("token", "error", "end")
UNSAFE_CHARACTERS = re.compile("[\0\ud800-\udfff]")  # what some database or browser cannot take
ALTERED_TEXT = "It was changed since Parallax exported it, so it was read as any other transcript."


def parse_own_recording(values: Mapping[str, Any]) -> Recording:
    """The recording in a row of an export. Explained where it is not the one that its id names, or none at all."""
    try:
        inner = values["parallax"]
        if inner["format"] != RECORDING_FORMAT or not is_harmless(inner):
            raise Explained(ALTERED_TEXT)
        recording = Recording.from_json(inner["recording"])
        if not is_sound_recording(recording) or recording.id != inner["id"]:
            raise Explained(ALTERED_TEXT)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise Explained(ALTERED_TEXT) from None
    return recording


def is_harmless(value: object, depth: int = 0) -> bool:
    """Whether a JSON value holds nothing that a database or a browser cannot take."""
    if isinstance(value, str):
        return not UNSAFE_CHARACTERS.search(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return finite_number(value) is not None
    if isinstance(value, list | dict):
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        return depth < MAX_JSON_DEPTH and all(is_harmless(part, depth + 1) for part in inner)
    return value is None or isinstance(value, bool)


def is_sound_recording(recording: Recording) -> bool:
    """Whether a recording's parts are of the kinds that the rest of Parallax counts on."""
    prompt, card, times = recording.prompt, recording.card, [event.at for event in recording.events]
    texts = [card.name, card.provider, card.revision]
    texts += [part for choice in prompt.choices for part in (choice.question, choice.option)]
    return (
        all(isinstance(text, str) for text in texts)
        and all(isinstance(message.text, str) and message.role in get_args(Role) for message in prompt.messages)
        and any(message.role == "user" for message in prompt.messages)
        and 0 <= prompt.attempt <= 1000
        and bool(times) and times[0] >= 0 and times[-1] <= MAX_WAIT_S and all(a <= b for a, b in pairwise(times))
        and all(is_model_event(event) for event in recording.events)
        and recording.events[-1].kind != "token" and all(event.kind == "token" for event in recording.events[:-1])
    )  # fmt: skip


def is_model_event(event: Event) -> bool:
    """Whether an event is a model's, and its probabilities and thoughts are what they should be."""
    likely = event.data.get("alternatives", [])
    pairs = isinstance(likely, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in likely)
    named = pairs and all(isinstance(text, str) and finite_number(n) is not None for text, n in likely)
    thoughts = event.data.get("thoughts", [])
    return (
        event.kind in RECORDED_KINDS
        and named
        and isinstance(thoughts, list)
        and all(map(is_thought, thoughts))
        and (event.data.get("logprob") is None or finite_number(event.data["logprob"]) is not None)
    )


def is_thought(pair: object) -> bool:
    """Whether a value is a thought of a recording: its seconds, None where they are not told, and its words."""
    if not isinstance(pair, list) or len(pair) != 2:
        return False
    return isinstance(pair[1], str) and (pair[0] is None or finite_number(pair[0]) is not None)

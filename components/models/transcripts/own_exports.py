"""Own: recordings that Parallax itself exported, read back as they were."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, get_args

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Role
from components.core.recording import Recording
from components.models.transcripts.transcript_turn import LONGEST_WAIT, finite

FORMAT = "parallax-recording/1"
DEEPEST = 8  # levels; a recording has six
KINDS = ("token", "error", "end")
BROKEN = re.compile("[\0\ud800-\udfff]")  # what some database or browser cannot take
ALTERED = "It was changed since Parallax exported it, so it was read as any other transcript."


def recording(values: Mapping[str, Any]) -> Recording:
    """The recording in a row of an export. Explained where it is not the one that its id names, or none at all."""
    try:
        inner = values["parallax"]
        if inner["format"] != FORMAT or not harmless(inner):
            raise Explained(ALTERED)
        made = Recording.from_json(inner["recording"])
        if not sound(made) or made.id != inner["id"]:
            raise Explained(ALTERED)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise Explained(ALTERED) from None
    return made


def harmless(value: object, depth: int = 0) -> bool:
    """Whether a JSON value holds nothing that breaks what it is kept or shown with."""
    if isinstance(value, str):
        return not BROKEN.search(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return finite(value) is not None
    if isinstance(value, list | dict):
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        return depth < DEEPEST and all(harmless(one, depth + 1) for one in inner)
    return value is None or isinstance(value, bool)


def sound(made: Recording) -> bool:
    """Whether a recording's parts are of the kinds that the rest of Parallax counts on."""
    prompt, card, times = made.prompt, made.card, [event.at for event in made.events]
    texts = [card.name, card.provider, card.revision]
    texts += [part for choice in prompt.choices for part in (choice.question, choice.option)]
    return (
        all(isinstance(one, str) for one in texts)
        and all(isinstance(one.text, str) and one.role in get_args(Role) for one in prompt.messages)
        and any(one.role == "user" for one in prompt.messages)
        and 0 <= prompt.attempt <= 1000
        and bool(times) and times[0] >= 0 and times[-1] <= LONGEST_WAIT and all(a <= b for a, b in pairwise(times))
        and all(known(event) for event in made.events)
        and made.events[-1].kind != "token" and all(event.kind == "token" for event in made.events[:-1])
    )  # fmt: skip


def known(event: Event) -> bool:
    """Whether an event is one of a model's, its probabilities numbers."""
    likely = event.data.get("alternatives", [])
    pairs = isinstance(likely, list) and all(isinstance(one, list) and len(one) == 2 for one in likely)
    named = pairs and all(isinstance(text, str) and finite(n) is not None for text, n in likely)
    return (
        event.kind in KINDS
        and named
        and (event.data.get("logprob") is None or finite(event.data["logprob"]) is not None)
    )

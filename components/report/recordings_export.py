"""Recordings to take away: JSON lines that come back as they were, and a table for a spreadsheet."""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from components.core.recording import Recording
from components.models.transcripts import own_exports
from components.models.transcripts.transcript_turn import printable
from components.report.results import ratings_export

COLUMNS = (
    "recording", "earlier messages", "question", "answer", "model", "provider", "first token s", "total s", "tokens",
    "times", "whole", "created",
)  # fmt: skip


def jsonl(recordings: Iterable[Recording]) -> bytes:
    """A conversation a line in the chat-completions form, in ASCII; `parallax` holds all that the recording is."""
    return "".join(json.dumps(line(one)) + "\n" for one in recordings).encode()


def line(recording: Recording) -> dict[str, Any]:
    """One recording as a conversation that ends with its answer."""
    turns = [{"role": message.role, "content": message.text} for message in recording.prompt.conversation]
    answer = {"role": "assistant", "content": recording.prompt.partial + recording.text}
    held = {"format": own_exports.FORMAT, "id": recording.id, "recording": recording.to_json()}
    return {"messages": [*turns, answer], "model": recording.card.name, "parallax": held}


def csv(recordings: Iterable[Recording]) -> bytes:
    """A row for each recording, safe to open in a spreadsheet; times in seconds since the model began."""
    return ratings_export.csv(pd.DataFrame([row(one) for one in recordings], columns=list(COLUMNS)))


def row(recording: Recording) -> tuple[object, ...]:
    """One recording as the cells of a table."""
    turns = recording.prompt.conversation
    place = max((n for n, message in enumerate(turns) if message.role == "user"), default=len(turns))
    before = [{"role": message.role, "content": message.text} for message in turns[:place]]
    first = next((event.at for event in recording.events if event.kind == "token"), None)
    return (
        recording.id, json.dumps(before, ensure_ascii=False) if before else "",
        printable(turns[place].text if turns[place:] else ""), printable(recording.prompt.partial + recording.text),
        printable(recording.card.name), printable(recording.card.provider), first, recording.seconds,
        recording.length, recording.card.times, recording.whole, recording.made,
    )  # fmt: skip

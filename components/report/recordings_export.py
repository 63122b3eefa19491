"""Recordings to take away: JSON lines that come back as they were, and a table for a spreadsheet."""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from components.core.recording import Recording
from components.models.transcripts import own_exports
from components.models.transcripts.transcript_turn import printable_text
from components.report.results import ratings_export

CSV_COLUMNS = (
    "recording", "earlier messages", "question", "answer", "model", "provider", "first token s", "total s", "tokens",
    "times", "whole", "created",
)  # fmt: skip


def recordings_jsonl(recordings: Iterable[Recording]) -> bytes:
    """A conversation a line in the chat-completions form, in ASCII; `parallax` holds all that the recording is."""
    return "".join(json.dumps(recording_line(recording)) + "\n" for recording in recordings).encode()


def recording_line(recording: Recording) -> dict[str, Any]:
    """The recording as a chat conversation that ends with its answer."""
    turns = [{"role": message.role, "content": message.text} for message in recording.prompt.conversation]
    answer = {"role": "assistant", "content": recording.prompt.partial + recording.text}
    held = {"format": own_exports.RECORDING_FORMAT, "id": recording.id, "recording": recording.to_json()}
    return {"messages": [*turns, answer], "model": recording.card.name, "parallax": held}


def recordings_csv(recordings: Iterable[Recording]) -> bytes:
    """A row for each recording, safe to open in a spreadsheet; times in seconds since the model began."""
    return ratings_export.ratings_csv(
        pd.DataFrame([recording_cells(recording) for recording in recordings], columns=list(CSV_COLUMNS))
    )


def recording_cells(recording: Recording) -> tuple[object, ...]:
    """One recording as the cells of a table."""
    turns = recording.prompt.conversation
    question_index = max((n for n, message in enumerate(turns) if message.role == "user"), default=len(turns))
    before = [{"role": message.role, "content": message.text} for message in turns[:question_index]]
    first = next((event.at for event in recording.events if event.kind == "token"), None)
    return (
        recording.id, json.dumps(before, ensure_ascii=False) if before else "",
        printable_text(turns[question_index].text if turns[question_index:] else ""),
        printable_text(recording.prompt.partial + recording.text),
        printable_text(recording.card.name), printable_text(recording.card.provider), first, recording.seconds,
        recording.token_count, recording.card.times, recording.whole, recording.made,
    )  # fmt: skip

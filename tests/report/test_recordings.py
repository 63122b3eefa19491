"""Recordings that were taken away come back as they were, and open safely in a spreadsheet."""

import io
import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Message, Prompt
from components.core.recording import Recording
from components.models.transcripts import own_exports, read_transcripts
from components.report import recordings_export as taken
from tests.core.test_recording import KEPT
from tests.layers.streams import streams

TODAY = "2026-03-04"
TALK = Recording(
    Prompt((Message("system", "Be brief."), Message("user", "Hi"), Message("assistant", "Hello"),
            Message("user", "=1+1"))),
    Card("gpt-x", "imported", settings={"times": "made up"}),
    (Event(1.0, "token", "=2"), Event(1.5, "error", "died", {"fault": "server"})),
    "2026-01-01",
)  # fmt: skip


def test_a_recording_comes_back_with_the_same_id_date_and_model() -> None:
    chosen = Recording(KEPT.prompt.with_choice("When?", "Today").going_on("To "), KEPT.card, KEPT.events, KEPT.made)
    found = read_transcripts(taken.recordings_jsonl([KEPT, TALK, chosen]), TODAY)
    assert found.recordings == (KEPT, TALK, chosen) and not found.troubles
    assert [one.id for one in found.recordings] == [KEPT.id, TALK.id, chosen.id]


@settings(max_examples=60)
@given(streams(last=("end", "error")))
def test_whatever_a_model_said_comes_back_unless_it_would_break_something(events: list[Event]) -> None:
    made = Recording(KEPT.prompt, KEPT.card, tuple(event for event in events if event.kind != "silence"), KEPT.made)
    found = read_transcripts(taken.recordings_jsonl([made]), TODAY)
    if own_exports.is_harmless(json.loads(json.dumps(made.to_json()))):
        assert [one.id for one in found.recordings] == [made.id]
    else:
        assert [trouble.text for trouble in found.troubles][:1] == [own_exports.ALTERED_TEXT]


def test_the_line_is_a_conversation_that_other_tools_read() -> None:
    row = json.loads(taken.recordings_jsonl([TALK]))
    del row["parallax"]
    assert row == {
        "messages": [
            {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"}, {"role": "user", "content": "=1+1"},
            {"role": "assistant", "content": "=2"},
        ],
        "model": "gpt-x",
    }  # fmt: skip


def altered(**changes: Any) -> bytes:
    row = json.loads(taken.recordings_jsonl([KEPT]))
    for path, value in changes.items():
        inner = row["parallax"]
        *steps, last = path.split("__")
        for step in steps:
            inner = inner[int(step) if step.isdigit() else step]
        inner[int(last) if last.isdigit() else last] = value
    return json.dumps(row).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "0" * 64}, {"format": "parallax-recording/2"}, {"recording": None}, {"recording__events": []},
        {"recording__events__0__text": "Go"}, {"recording__events__0__at": float("nan")},
        {"recording__events__0__at": 10**400}, {"recording__events__0__data": 5}, {"recording__model__name": 7},
        {"recording__events__0__data": {"logprob": float("inf")}}, {"recording__prompt__messages": []},
        {"recording__events__0__kind": "failure"}, {"recording__model__settings": [1]},
    ],
)  # fmt: skip
def test_a_recording_that_was_changed_is_read_as_any_other_transcript(changes: dict[str, Any]) -> None:
    found = read_transcripts(altered(**changes), TODAY)
    [recording] = found.recordings
    assert (recording.card.provider, recording.card.times) == ("imported", "made up")
    assert recording.text == KEPT.text and [trouble.text for trouble in found.troubles] == [own_exports.ALTERED_TEXT]


def test_a_forged_recording_with_a_fitting_id_must_still_be_sound() -> None:
    for events in ((Event(1.0, "token", "x"),), (Event(2.0, "token", "x"), Event(1.0, "end")), (Event(-1.0, "end"),)):
        forged = Recording(KEPT.prompt, KEPT.card, events)
        assert read_transcripts(taken.recordings_jsonl([forged]), TODAY).recordings != (forged,)


def test_the_table_runs_nothing_and_tells_what_was_made_up() -> None:
    strange = Recording(
        Prompt.from_typed("@x"), Card("+m", "endpoint"), (Event(0.5, "token", "\ud800=1"), Event(1.0, "end"))
    )
    table = pd.read_csv(io.BytesIO(taken.recordings_csv([KEPT, TALK, strange])), keep_default_na=False)
    assert list(table.columns) == list(taken.CSV_COLUMNS)
    assert list(table["answer"]) == ["To Rome, of course.", "'=2", "'=1"]
    assert list(table["question"]) == ["Where to?", "'=1+1", "'@x"] and table["model"][2] == "'+m"
    assert list(table["times"]) == ["measured", "made up", "measured"] and list(table["total s"]) == [1.25, 1.5, 1.0]
    assert [len(json.loads(cell)) if cell else 0 for cell in table["earlier messages"]] == [0, 3, 0]


def test_the_table_can_be_imported_again() -> None:
    [recording] = read_transcripts(taken.recordings_csv([KEPT]), TODAY).recordings
    assert (recording.prompt, recording.text, recording.made) == (KEPT.prompt, KEPT.text, KEPT.made)
    assert recording.events[0].at == 0.5 and recording.seconds == 1.25 and recording.card.times == "spread"


def test_no_recording_is_an_empty_table() -> None:
    assert taken.recordings_jsonl([]) == b"" and taken.recordings_csv([]).count(b"\n") == 1

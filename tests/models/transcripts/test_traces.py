"""What an observability tool exported becomes recordings: every model answer in its traces."""

import json
from typing import Any

import pytest

from components.core.recording import Recording
from components.models.transcripts import read_transcripts

TODAY = "2026-01-02"
INPUT = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Where to?"}]
GENERATION = {
    "id": "o1", "traceId": "t1", "type": "GENERATION", "name": "chat", "model": "gpt-x",
    "startTime": "2026-01-01T10:00:00.000Z", "completionStartTime": "2026-01-01T10:00:00.400Z",
    "endTime": "2026-01-01T10:00:01.200Z", "modelParameters": {"temperature": 0.3, "max_tokens": 50, "stop": "x"},
    "usage": {"input": 12, "output": 4, "total": 16, "unit": "TOKENS"}, "level": "DEFAULT", "statusMessage": None,
    "input": INPUT, "output": {"role": "assistant", "content": "To Rome, of course."},
}  # fmt: skip
SPAN = {"id": "o0", "traceId": "t1", "type": "SPAN", "name": "retrieve", "input": "x", "output": "y"}
TRACE = {
    "id": "t1", "timestamp": "2026-01-01T10:00:00Z", "name": "ask", "sessionId": "s1",
    "input": "Where to?", "output": "To Rome, of course.",
}  # fmt: skip
SNAKE = {
    "id": "o1", "trace_id": "t1", "type": "GENERATION", "provided_model_name": "gpt-x",
    "start_time": "2026-01-01 10:00:00.000000", "completion_start_time": "2026-01-01 10:00:00.400000",
    "end_time": "2026-01-01 10:00:01.200000", "model_parameters": '{"temperature": 0.3, "max_tokens": 50}',
    "input": json.dumps(INPUT), "output": json.dumps({"role": "assistant", "content": "To Rome, of course."}),
}  # fmt: skip


def recordings(*rows: Any) -> tuple[Recording, ...]:
    found = read_transcripts("\n".join(map(json.dumps, rows)).encode(), TODAY)
    assert not found.troubles
    return found.recordings


@pytest.mark.parametrize(
    "file",
    [
        [{**TRACE, "observations": [SPAN, GENERATION]}],
        {**TRACE, "observations": [GENERATION]},
        {"trace": TRACE, "observations": [SPAN, GENERATION], "scores": []},
        {"data": [SPAN, GENERATION], "meta": {"page": 1}},
        {"id": "s1", "traces": [{**TRACE, "observations": [GENERATION]}]},
        GENERATION,
        SNAKE,
    ],
)  # fmt: skip
def test_every_way_to_export_a_trace_gives_the_same_recording(file: Any) -> None:
    [recording] = recordings(file)
    assert [(m.role, m.text) for m in recording.prompt.messages] == [("system", "Be brief."), ("user", "Where to?")]
    assert recording.text == "To Rome, of course." and recording.made == "2026-01-01"
    assert [event.at for event in recording.events] == [0.4, 0.6, 0.8, 1.0, 1.2]
    assert recording.card.name == "gpt-x"
    assert recording.card.settings == {"temperature": 0.3, "max_tokens": 50, "times": "spread"}


@pytest.mark.parametrize(
    "asked",
    ["Where to?", {"messages": [INPUT[1]]}, {"question": "Where to?"}, {"args": [], "input": "Where to?"}, INPUT[1],
     {"messages": json.dumps([INPUT[1]])}],
)  # fmt: skip
def test_an_input_can_be_a_text_or_an_object_with_one(asked: Any) -> None:
    [recording] = recordings({**GENERATION, "input": asked})
    assert [(m.role, m.text) for m in recording.prompt.messages] == [("user", "Where to?")]


@pytest.mark.parametrize(
    "output",
    ["Rome.", {"content": "Rome."}, {"choices": [{"message": {"content": "Rome."}}]},
     [{"role": "assistant", "content": "Rome."}],
     {"message": {"role": "assistant", "content": "Rome."}}, {"text": "Rome."}, ["Rome."]],
)  # fmt: skip
def test_an_output_can_be_a_text_or_an_object_with_one(output: Any) -> None:
    assert [recording.text for recording in recordings({**GENERATION, "output": output})] == ["Rome."]


def test_an_answer_that_is_json_itself_stays_as_it_is() -> None:
    assert recordings({**SNAKE, "output": '{"city": "Rome"}'})[0].text == '{"city": "Rome"}'


def test_an_observation_that_failed_is_a_recording_that_fails_again() -> None:
    failed = {
        **GENERATION,
        "output": None,
        "level": "ERROR",
        "statusMessage": "Rate limit",
        "completionStartTime": None,
    }
    [recording] = recordings(failed)
    assert recording.broke and recording.events[-1].text == "Rate limit" and recording.seconds == 1.2


def test_a_trace_without_observations_stands_for_itself() -> None:
    [recording] = recordings({**TRACE, "latency": 1.25})
    assert recording.text == "To Rome, of course." and recording.seconds == 1.25 and recording.card.times == "made up"


def test_what_cannot_be_read_of_a_trace_is_named_and_the_rest_is_kept() -> None:
    odd = [{**GENERATION, "input": 5, "name": "plan"}, {**GENERATION, "output": None}, GENERATION]
    found = read_transcripts(json.dumps([{**TRACE, "observations": odd}]).encode(), TODAY)
    assert len(found.recordings) == 1
    assert [(t.row, t.text) for t in found.troubles] == [
        (1, "“plan”: What was asked is neither a text nor a list of messages."), (1, "There is no answer."),
    ]  # fmt: skip


def test_moments_that_run_backwards_are_not_used() -> None:
    found = read_transcripts(json.dumps({**GENERATION, "endTime": "2025-01-01T10:00:00Z"}).encode(), TODAY)
    assert found.recordings[0].card.times == "made up" and "cannot be right" in found.troubles[0].text

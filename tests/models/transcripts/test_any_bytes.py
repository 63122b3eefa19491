"""Whatever a file holds, it gives recordings that can be kept, or a plain sentence."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.core.explained import Explained
from components.core.recording import Recording
from components.models.transcripts import Transcripts, columns_of, read_transcripts
from components.models.transcripts.row_groups import is_message_row
from components.models.transcripts.trace_rows import is_step

NAMES = st.sampled_from(
    ["messages", "role", "content", "text", "parts", "request", "response", "choices", "message", "error", "logprobs",
     "token", "bytes", "logprob", "top_logprobs", "token_times", "prompt", "completion", "question", "answer", "input",
     "output", "type", "observations", "trace", "data", "traces", "startTime", "endTime", "completionStartTime",
     "latency", "ttft_ms", "timings", "created", "model", "modelParameters", "level", "status_code", "body", "name",
     "temperature", "finish_reason", "tool_calls", "parallax", "format", "id", "recording", "events", "timestamp",
     "mapping", "parent", "current_node", "conversation", "conversations", "sender", "from", "value", "inputs",
     "outputs", "generations", "candidates", "contents", "history", "instruction", "chosen", "rejected", "custom_id",
     "params", "result", "attributes", "run_type", "session_id", "created_at", "thinking", "system", "chat", "kwargs",
     "steps"]
)  # fmt: skip
NAMED = ("messages", "role", "content", "input", "output", "type", "question", "answer", "mapping", "response", "data",
         "conversation", "trace_id", "session_id", "attributes", "custom_id", "error", "created_at")  # fmt: skip
WORDS = st.text(max_size=6) | st.sampled_from(
    ["user", "assistant", "system", "tool", "GENERATION", "SPAN", "ERROR", "stop", "Hello there.", "\x00", "\ud800",
     "2026-01-01T10:00:00Z", "0001-01-01", "1e999", "-5 ms", "[", '{"role": "user"}', "parallax-recording/1"]
)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, -1, 0.5, 1e308, -1e308, 10**400, float("nan"), float("inf"), 429, 1_700_000_000])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)
TOLD = st.sampled_from(
    ["model", "created", "timestamp", "temperature", "ttft_ms", "latency", "timings", "metrics", "logprobs",
     "token_times", "name", "level", "endTime", "completionStartTime", "modelParameters", "error", "response",
     "messages", "request", "input", "output", "type", "startTime"]
)  # fmt: skip
ASKED, ANSWERED = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello there."}
TOKEN = st.fixed_dictionaries(
    {"token": st.sampled_from(["Hello", " there."]), "logprob": NUMBERS},
    optional={"bytes": VALUES, "top_logprobs": st.lists(st.fixed_dictionaries({"token": WORDS, "logprob": NUMBERS}))},
)
SCORED = st.fixed_dictionaries({"content": st.lists(TOKEN | VALUES, max_size=3)})
TURN = st.just(ASKED) | st.just(ANSWERED) | st.fixed_dictionaries({"role": WORDS, "content": VALUES})
TURNS = st.lists(TURN, max_size=3).map(lambda turns: [ASKED, *turns, ANSWERED])
CHOICES = st.lists(VALUES, max_size=2).map(lambda odd: [*odd, {"message": ANSWERED}])
ROWS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "chat": {"messages": TURNS, "logprobs": SCORED},
    "pair": {
        "request": st.fixed_dictionaries({"messages": TURNS}), "response": st.fixed_dictionaries({"choices": CHOICES})
    },
    "observation": {"type": st.just("GENERATION"), "input": TURNS, "output": st.just(ANSWERED)},
}  # fmt: skip


CELLS = st.text(max_size=10) | st.sampled_from(["=1+1", "9" * 400, "-1", "nan", '"', "\n", '[{"role": "user"}]', "1,5"])


def sound(content: bytes, **more: Any) -> Transcripts | None:
    """What the file gives, every recording of it looked at; None where it is explained."""
    try:
        columns_of(content)
        found = read_transcripts(content, "2026-01-02", **more)
    except Explained:
        return None
    for recording in found.recordings:
        kept = json.dumps(recording.to_json(), allow_nan=False)
        assert Recording.from_json(json.loads(kept)).id == recording.id
        json.dumps(recording.to_json(), ensure_ascii=False).encode()
        times = [event.at for event in recording.events]
        assert times == sorted(times) and times[0] >= 0 and times[-1] < 4000
        assert recording.prompt.text and recording.events[-1].kind in ("end", "error")
    assert all(trouble.row >= 1 and trouble.text for trouble in found.troubles)
    assert len(found.rows) == len(found.recordings)
    return found


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@example(b'sep=\n"')
@example(b'prompt,answer\n"')
@example(b"\r\r\n,\r")
def test_any_bytes_are_read_or_explained(content: bytes) -> None:
    sound(content)


@settings(max_examples=80, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4), st.booleans())
@example([["", ""]], False)
@example([[None, ""], {"history": ["", ""], "answer": "Yes."}], True)
def test_any_json_is_read_or_explained(rows: list[Any], array: bool) -> None:
    found = sound((json.dumps(rows) if array else "\n".join(json.dumps(row) for row in rows)).encode())
    assert found is None or found.recordings or found.troubles


@settings(max_examples=80, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMED), VALUES, max_size=4) | VALUES, min_size=1, max_size=3))
def test_every_line_is_a_recording_or_told_of_or_part_of_a_recording(rows: list[Any]) -> None:
    rows = [{}, *rows]
    found = sound("\n".join(json.dumps(row) for row in rows).encode())
    if found is None:
        return
    told = {*found.rows, *(trouble.row for trouble in found.troubles)}
    grouped = [
        row for row in rows if isinstance(row, dict) and (is_message_row(row) or is_step(row) or "custom_id" in row)
    ]
    assert len(told) >= len(rows) - max(0, len(grouped) - 1)


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_that_is_nearly_right_is_read_or_told_of(kind: str) -> None:
    made = 0

    @settings(max_examples=100, deadline=None)
    @given(st.fixed_dictionaries(ROWS[kind]), st.dictionaries(TOLD, VALUES, max_size=3), st.booleans())
    def read_or_told_of(row: dict[str, Any], more: dict[str, Any], every: bool) -> None:
        nonlocal made
        found = sound(json.dumps(row | more).encode(), every_answer=every)
        assert found and (found.recordings or found.troubles or row | more != row)
        made += len(found.recordings)

    read_or_told_of()
    assert made > 20


@given(
    st.lists(st.lists(CELLS, max_size=9), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t", "\x00"]),
    st.booleans(),
)
def test_any_table_is_read_or_explained(rows: list[list[str]], delimiter: str, good: bool) -> None:
    head = ["prompt", "answer", "model", "ttft_ms", "latency", "session", "created_at", "system"]
    told = [head, *(["Hi", "Hello there.", *row] if good else row for row in rows)]
    found = sound("\n".join(map(delimiter.join, told)).encode(errors="surrogatepass"))
    assert found is None or found.recordings or found.troubles or not good


@given(st.lists(st.lists(st.text('ab?." ', max_size=6), min_size=2, max_size=4), min_size=1, max_size=8))
def test_every_filled_row_of_a_table_is_a_recording_or_told_of(rows: list[list[str]]) -> None:
    content = io.StringIO()
    csv.writer(content).writerows([["prompt", "answer", "model", "note"], *rows])
    found = sound(content.getvalue().encode())
    filled = [number for number, row in enumerate(rows, start=2) if any(map(str.strip, row))]
    assert found is None or {*found.rows, *(trouble.row for trouble in found.troubles)} == set(filled)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 200_000),
    st.sampled_from(['{"data":[', '{"messages":[', "[", '{"trace":{"observations":[', '{"input":']),
)
def test_any_depth_is_read_or_explained(depth: int, opening: str) -> None:
    sound(b'{"prompt": "a", "completion": "b"}\n' + opening.encode() * (depth // len(opening) + 1))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 990))
def test_whole_json_of_any_depth_is_read_or_explained(depth: int) -> None:
    nested = '{"data":[' * (depth // 2) + "]}" * (depth // 2)
    for name in ("content", "output", "input", "parallax", "data"):
        sound(f'{{"messages":[{{"role":"user","content":"a"}}],"type":"GENERATION","{name}":{nested or 1}}}'.encode())

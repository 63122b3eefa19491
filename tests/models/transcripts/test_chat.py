"""Conversations in the chat-completions form become recordings, each row for itself."""

import json
from typing import Any

import pytest

from components.core.explained import Explained
from components.core.prompt import Message, Prompt
from components.core.recording import Recording
from components.models.transcripts import Transcripts, read_transcripts

TODAY = "2026-01-02"
ASKED = {"role": "user", "content": "Where to?"}
TOLD = {"role": "assistant", "content": "To Rome, of course."}
LIKELY = [{"token": "To", "logprob": -0.5}, {"token": "Go", "logprob": -2}]
TOKENS = [
    {"token": "To", "logprob": -0.5, "top_logprobs": LIKELY},
    {"token": " Rome", "logprob": -0.25},
    {"token": ", of course.", "logprob": 0.0},
]  # fmt: skip


def lines(*rows: Any) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def one(row: Any) -> Recording:
    found = read_transcripts(lines(row), TODAY)
    assert not found.troubles
    [recording] = found.recordings
    return recording


def said(found: Transcripts) -> list[str]:
    return [trouble.text for trouble in found.troubles]


def test_the_last_turn_is_the_answer_and_the_earlier_ones_the_conversation() -> None:
    earlier = [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hi"}, TOLD]
    recording = one({"messages": [*earlier, ASKED, TOLD], "model": "gpt-x", "created": 1_700_000_000})
    assert recording.prompt.messages == (
        Message("system", "Be brief."), Message("user", "Hi"), Message("assistant", "To Rome, of course."),
        Message("user", "Where to?"),
    )  # fmt: skip
    assert (recording.text, recording.card.name, recording.card.provider) == (
        "To Rome, of course.",
        "gpt-x",
        "imported",
    )
    assert recording.made == "2023-11-14" and recording.whole


def test_a_question_is_the_same_prompt_as_one_that_is_typed() -> None:
    assert one({"messages": [{"role": "user", "content": " Where to?\r\n"}, TOLD]}).prompt == Prompt.from_typed(
        "Where to?"
    )


def test_each_answer_of_a_conversation_is_a_recording_where_asked_for() -> None:
    row = lines(
        {"messages": [ASKED, TOLD, {"role": "user", "content": "Why?"}, {"role": "assistant", "content": "Sun."}]}
    )
    assert [r.text for r in read_transcripts(row, TODAY).recordings] == ["Sun."]
    both = read_transcripts(row, TODAY, every_answer=True).recordings
    assert [r.text for r in both] == ["To Rome, of course.", "Sun."]
    assert [len(r.prompt.messages) for r in both] == [1, 3]


def test_parts_are_joined_and_what_is_no_text_is_left_out_with_a_note() -> None:
    parts = [
        {"type": "text", "text": "Where"},
        {"type": "image_url", "image_url": {"url": "x"}},
        {"type": "text", "text": "to?"},
    ]
    found = read_transcripts(lines({"messages": [{"role": "user", "content": parts}, TOLD]}), TODAY)
    assert found.recordings[0].prompt.text == "Where\nto?"
    assert [trouble.row for trouble in found.troubles] == [1] and "left out" in found.troubles[0].text


def test_a_tools_turn_is_left_out_with_a_note() -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]}
    found = read_transcripts(lines({"messages": [ASKED, call, {"role": "tool", "content": "20 °C"}, TOLD]}), TODAY)
    assert [m.role for m in found.recordings[0].prompt.messages] == ["user"] and len(found.troubles) == 1


@pytest.mark.parametrize(
    ("timing", "times", "how"),
    [
        ({"ttft_ms": 500, "total_ms": 2500}, [0.5, 1.0, 1.5, 2.0, 2.5], "spread"),
        ({"timings": {"timeToFirstToken": 0.5, "latency": "2.5 s"}}, [0.5, 1.0, 1.5, 2.0, 2.5], "spread"),
        ({"timings": {"prompt_ms": 500, "predicted_ms": 2000}}, [0.5, 1.0, 1.5, 2.0, 2.5], "spread"),
        ({}, [1.0, 1.025, 1.05, 1.075, 1.1], "made up"),
        ({"duration_seconds": 1.0}, [0.5, 0.625, 0.75, 0.875, 1.0], "made up"),
        ({"ttft": 2.0}, [2.0, 2.025, 2.05, 2.075, 2.1], "made up"),
    ],
)
def test_words_are_spread_over_what_is_told_and_what_is_made_up_says_so(timing: Any, times: Any, how: str) -> None:
    recording = one({"messages": [ASKED, TOLD], **timing})
    assert [event.at for event in recording.events] == times
    assert recording.card.times == recording.card.settings["times"] == how


@pytest.mark.parametrize("timing", [{"ttft": -1}, {"ttft": 3, "latency": 2}, {"latency": 1e9}, {"latency": -0.1}])
def test_times_that_cannot_be_right_are_made_up_with_a_note(timing: Any) -> None:
    found = read_transcripts(lines({"messages": [ASKED, TOLD], **timing}), TODAY)
    assert found.recordings[0].card.times == "made up" and found.recordings[0].events[0].at == 1.0
    assert said(found) == ["Its times cannot be right, so they were not used."]


def test_a_pair_of_request_and_response_brings_probabilities_settings_and_the_reason_of_the_end() -> None:
    choice = {"message": TOLD, "logprobs": {"content": TOKENS}, "finish_reason": "length"}
    request = {"model": "asked-for", "messages": [ASKED], "temperature": 0.7, "stream": False}
    response = {"model": "gpt-x-2026", "choices": [choice], "usage": {"total_tokens": 9}}
    recording = one({"request": request, "response": response, "latency_ms": 900, "ttft_ms": 300})
    assert [event.text for event in recording.events] == ["To", " Rome", ", of course.", ""]
    assert recording.events[0].data == {"logprob": -0.5, "alternatives": [["To", -0.5], ["Go", -2.0]]}
    assert [event.at for event in recording.events] == [0.3, 0.5, 0.7, 0.9]
    assert recording.events[-1].data["reason"] == "length"
    assert recording.card.name == "gpt-x-2026" and recording.card.settings == {"temperature": 0.7, "times": "spread"}


def test_times_of_tokens_are_taken_as_measured() -> None:
    row = {"messages": [ASKED, TOLD], "logprobs": {"content": TOKENS}, "token_times": [0.2, 0.3, 0.9]}
    recording = one(row)
    assert [event.at for event in recording.events] == [0.2, 0.3, 0.9, 0.9] and recording.card.times == "measured"
    assert one({**row, "token_times": [0.2, 0.1, 0.9]}).card.times == "made up"


def test_a_sign_that_is_split_between_tokens_comes_whole_with_the_last_of_them() -> None:
    tokens = [{"token": "\\xe4", "bytes": [0xC3], "logprob": -1}, {"token": "\\xa4", "bytes": [0xA4], "logprob": -2}]
    recording = one({"messages": [ASKED, {"role": "assistant", "content": "ä"}], "logprobs": {"content": tokens}})
    assert [event.text for event in recording.events[:2]] == ["", "ä"]


def test_probabilities_of_other_words_are_left_out_with_a_note() -> None:
    found = read_transcripts(lines({"messages": [ASKED, TOLD], "logprobs": {"content": TOKENS[:2]}}), TODAY)
    assert not any("logprob" in event.data for event in found.recordings[0].events)
    assert said(found) == ["Its probabilities belong to other words, so they were left out."]


def test_several_choices_are_attempts_at_one_prompt() -> None:
    choices = [{"message": {"role": "assistant", "content": text}} for text in ("Rome.", "Paris.")]
    found = read_transcripts(lines({"request": {"messages": [ASKED]}, "response": {"choices": choices}}), TODAY)
    assert [(r.prompt.attempt, r.text) for r in found.recordings] == [(0, "Rome."), (1, "Paris.")]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"request": {"messages": [ASKED]}, "response": {"error": {"message": "Slow down", "code": 429}}}, "rate"),
        ({"body": {"messages": [ASKED]}, "response": {"status_code": 504, "body": {"error": "Slow down"}}}, "timeout"),
        ({"messages": [ASKED], "error": "Slow down", "latency": 2.0}, "server"),
    ],
)
def test_a_failure_of_the_product_is_a_recording_that_fails_again(row: Any, fault: str) -> None:
    recording = one(row)
    assert recording.broke and recording.events[-1].text == "Slow down"
    assert recording.events[-1].data == {"fault": fault}
    assert recording.seconds == row.get("latency", 1.0)


@pytest.mark.parametrize(
    "row",
    [
        {"messages": [ASKED, TOLD]},
        {"prompt": "Where to?", "completion": "To Rome, of course."},
        {"prompt": [ASKED], "completion": [TOLD]},
        {"input": [ASKED], "output": TOLD},
        {"messages": [ASKED], "response": "To Rome, of course."},
        {"question": "Where to?", "answer": "To Rome, of course.", "id": 5},
        {"userQuery": "Where to?", "model_response": "To Rome, of course."},
        {"conversations": [{"from": "human", "value": "Where to?"}, {"from": "gpt", "value": "To Rome, of course."}]},
        {"contents": [{"role": "user", "parts": [{"text": "Where to?"}]},
                      {"role": "model", "parts": [{"text": "To Rome, of course."}]}]},
        {"body": {"messages": [ASKED]}, "response": {"body": {"choices": [{"message": TOLD}]}}},
        {"prompt": "Where to?", "choices": [{"text": "To Rome, of course."}]},
    ],
)  # fmt: skip
def test_other_forms_of_the_same_are_read(row: Any) -> None:
    recording = one(row)
    assert recording.prompt == Prompt.from_typed("Where to?") and recording.text == "To Rome, of course."


def test_a_bad_row_never_stops_the_rest() -> None:
    good = {"messages": [ASKED, TOLD]}
    bad = ['{"messages": [', "7", {}, {"messages": []}, {"messages": [ASKED]}, {"messages": [TOLD]}, "[" * 5000]
    nan = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "x"}], "latency": NaN}'
    found = read_transcripts(lines(good, *bad, nan, good), TODAY)
    assert [r.text for r in found.recordings] == ["To Rome, of course.", "x", "To Rome, of course."]
    assert [trouble.row for trouble in found.troubles] == [2, 3, 4, 5, 6, 7, 8]
    assert all(text.endswith(".") for text in said(found))


def test_a_pretty_printed_array_is_read_too() -> None:
    content = json.dumps([{"messages": [ASKED, TOLD]}, {"messages": [ASKED]}], indent=2).encode()
    found = read_transcripts(content, TODAY)
    assert len(found.recordings) == 1 and [trouble.row for trouble in found.troubles] == [2]


def test_too_long_an_answer_and_too_many_rows_are_said() -> None:
    long = {"messages": [ASKED, {"role": "assistant", "content": "x" * 200_001}]}
    found = read_transcripts(lines(long, *[{"messages": [ASKED]}] * 10_001), TODAY)
    assert "200,001 characters" in found.troubles[0].text
    assert found.troubles[-1].row == 10_001 and "10,000 rows" in found.troubles[-1].text


def test_a_long_conversation_is_refused_before_it_grows_with_its_square() -> None:
    found = read_transcripts(lines({"messages": [ASKED, TOLD] * 501}), TODAY, every_answer=True)
    assert not found.recordings and "1,002 messages" in found.troubles[0].text


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "empty"), (b" \n\0", "empty"), (b"x" * 20_000_001, "20 MB"), (b"PK\3\4...", "workbook"),
     (b"[{", "whole JSON")],
)  # fmt: skip
def test_a_file_that_holds_nothing_is_explained(content: bytes, what: str) -> None:
    with pytest.raises(Explained, match=what) as told:
        read_transcripts(content, TODAY)
    assert told.value.kept and told.value.do


def test_hostile_text_is_harmless() -> None:
    recording = one('{"prompt": "a\\u0000b\\ud800", "completion": "\\udc00c\\u0000 d"}')
    assert (recording.prompt.text, recording.text) == ("ab", "c d")
    json.dumps(recording.to_json(), ensure_ascii=False).encode()

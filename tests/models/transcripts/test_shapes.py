"""Every shape in which people's conversations come is read by how it is built, or refused in a sentence."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from components.core.recording import Recording
from components.models.transcripts import Transcripts, read_transcripts

TODAY = "1999-09-09"
Shape = tuple[Any, Sequence[tuple[str, ...]]]


def found(*rows: Any, **more: Any) -> Transcripts:
    return read_transcripts("\n".join(map(json.dumps, rows)).encode(), TODAY, **more)


def spoken(recording: Recording) -> tuple[str, ...]:
    """The words of a conversation in their order, the answer last."""
    return (*(message.text for message in recording.prompt.messages), recording.text)


def said(read: Transcripts) -> list[str]:
    return [trouble.text for trouble in read.troubles]


def node(role: str, text: Any, parent: str, at: float = 0, **more: Any) -> dict[str, Any]:
    content = {"content_type": "text", "parts": [text]} if isinstance(text, str) else text
    return {"parent": parent, "message": {"author": {"role": role}, "content": content, "create_time": at, **more}}


U, A = ({"role": "user", "content": "Why?"}, {"role": "assistant", "content": "Rain."})
LANGCHAIN = {"lc": 1, "type": "constructor", "id": ["langchain", "HumanMessage"], "kwargs": {"content": "Why?"}}
TREE = {
    "mapping": {
        "r": {"parent": None, "message": None}, "u": node("user", "Why?", "r", 1756000001),
        "old": node("assistant", "Snow.", "u", 1756000003),
        "t": node("assistant", {"content_type": "thoughts", "thoughts": [{"content": "Think."}]}, "u"),
        "p": node("assistant", {"content_type": "code", "text": "1+1"}, "t", recipient="python"),
        "o": node("tool", "2", "p"), "new": node("assistant", "Rain.", "o", 1756000009, metadata={"model_slug": "g-5"}),
    },
    "current_node": "new",
}  # fmt: skip
SPAN = {"name": "chat", "span_kind": "LLM", "attributes": {
    "llm.input_messages.0.message.role": "user", "llm.input_messages.0.message.content": "Why?",
    "llm.output_messages.0.message.role": "assistant", "llm.output_messages.0.message.content": "Rain."}}  # fmt: skip
OTLP = {"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "chat", "attributes": [
    {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
    {"key": "gen_ai.prompt.0.role", "value": {"stringValue": "user"}},
    {"key": "gen_ai.prompt.0.content", "value": {"stringValue": "Why?"}},
    {"key": "gen_ai.completion.0.content", "value": {"stringValue": "Rain."}}]}]}]}]}  # fmt: skip
ONCE = [("Why?", "Rain.")]
TWICE = [("Hi", "Yes?", "Why?", "Rain.")]
SHAPES: dict[str, Shape] = {
    "a bare list": ([U, A], ONCE),
    "a list a line in an array": ([[U, A], [U, A]], ONCE * 2),
    "conversation": ({"conversation": [U, A], "model": "v"}, ONCE),
    "two conversations": ({"conversation_a": [U, A], "conversation_b": [U, A]}, ONCE * 2),
    "texts by turns": ({"id": 0, "data": ["Hi", "Yes?", "Why?", "Rain."]}, TWICE),
    "pairs": ([["Hi", "Yes?"], ["Why?", "Rain."]], TWICE),
    "pairs of names": ({"turns": [{"user": "Hi", "assistant": "Yes?"}, {"user": "Why?", "assistant": "Rain."}]}, TWICE),
    "a history": ({"history": [["Hi", "Yes?"]], "query": "Why?", "response": "Rain."}, TWICE),
    "input and output": ({"input": "Why?", "output": "Rain."}, ONCE),
    "an instruction and its input": (
        {"instruction": "Tell.", "input": "Why?", "output": "Rain."}, [("Tell.\nWhy?", "Rain.")]),
    "inputs and outputs": ({"inputs": {"question": "Why?"}, "outputs": {"answer": "Rain."}}, ONCE),
    "a tree": ([TREE], ONCE),
    "a tree by ids": ({"chat": {"history": {"currentId": "b", "messages": {
        "a": {"id": "a", "parentId": None, "role": "user", "content": "Why?"},
        "b": {"id": "b", "parentId": "a", "role": "assistant", "content": "Rain."}}}}}, ONCE),
    "a list with a branch": ({"messages": [
        {"messageId": "1", "parentMessageId": "0", "isCreatedByUser": True, "sender": "User", "text": "Why?"},
        {"messageId": "2", "parentMessageId": "1", "isCreatedByUser": False, "sender": "G", "text": "Snow."},
        {"messageId": "3", "parentMessageId": "1", "isCreatedByUser": False, "sender": "G", "text": "Rain."}]}, ONCE),
    "chat_messages": (
        [{"chat_messages": [{"sender": "human", "text": "Why?"}, {"sender": "assistant", "text": "", "content": [
        {"type": "text", "text": "Rain."}]}]}], ONCE),
    "wrapped": ({"exported": "x", "conversations": [{"messages": [U, A]}, {"messages": [U, A]}]}, ONCE * 2),
    "wrapped rows": ({"features": [], "rows": [{"row_idx": 0, "row": {"messages": [U, A]}}]}, ONCE),
    "samples with an output": (
        {"samples": [{"input": "Why?", "messages": [U, A], "output": {"choices": [{"message": A}]}}]}, ONCE),
    "constructors": ({"run_type": "llm", "inputs": {"messages": [[LANGCHAIN]]},
                      "outputs": {"generations": [[{"text": "Rain."}]]}}, ONCE),
    "the whole state": ({"run_type": "chain", "inputs": {"messages": [U]}, "outputs": {"messages": [U, A]}}, ONCE),
    "steps": ({"steps": [{"type": "run", "input": "", "output": ""}, {"type": "user_message", "output": "Why?"},
                         {"type": "assistant_message", "output": "Rain."}]}, ONCE),
    "flat attributes": (SPAN, ONCE),
    "attributes as a list": (OTLP, ONCE),
    "request and response bodies": (
        {"request_body": {"messages": [U]}, "response_body": {"choices": [{"message": A}]}}, ONCE),
    "a response object": ({"object": "response", "input": "Why?", "output": [{"type": "reasoning", "summary": []}, {
        "type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Rain."}]}]}, ONCE),
    "candidates": ({"request": {"contents": [{"role": "user", "parts": [{"text": "Why?"}]}]}, "response": {
        "candidates": [{"content": {"role": "model", "parts": [{"text": "Rain."}]}}]}}, ONCE),
    "a message as the response": ({"request": {"messages": [U]}, "response": {"message": A, "done": True}}, ONCE),
    "a preferred answer": ({"input": {"messages": [U]}, "preferred_output": [A], "non_preferred_output": [U]}, ONCE),
    "chosen and rejected": ({"chosen": [U, A], "rejected": [U, U]}, ONCE),
    "several answers": ({"question": "Why?", "answers": ["Rain.", "Snow."]}, [("Why?", "Rain."), ("Why?", "Snow.")]),
    "an answer in an object": ({"question": "Why?", "answer": {"text": "Rain."}}, ONCE),
    "the answer twice": ({"messages": [U, A], "response": "Rain."}, ONCE),
    "values that are not there": (
        {"messages": [U, A], "error": None, "response": None, "choices": [], "output": ""}, ONCE),
    "lines with who speaks": ({"text": "### Human: Why?### Assistant: Rain."}, ONCE),
    "roles of a desk": (
        {"messages": [{"role": "customer", "content": "Why?"}, {"role": "agent", "content": "Rain."}]}, ONCE),
    "speakers": ({"messages": [{"speaker": "Human", "message": "Why?"}, {"speaker": "AI", "message": "Rain."}]}, ONCE),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_a_conversation_is_read_from(name: str) -> None:
    row, told = SHAPES[name]
    assert [spoken(recording) for recording in found(row).recordings] == told


def test_messages_in_rows_of_their_own_are_one_conversation_each_session() -> None:
    rows = [{"session_id": session, **message} for message in (U, A) for session in ("a", "b")]
    read = found(*rows)
    assert [spoken(recording) for recording in read.recordings] == ONCE * 2 and read.rows == (1, 2)


def test_a_batchs_answers_are_joined_with_their_questions_and_told_of_without_them() -> None:
    asked = {"custom_id": "1", "body": {"messages": [U]}}
    answered = {"custom_id": "1", "response": {"body": {"choices": [{"message": A}]}}, "error": None}
    assert [spoken(recording) for recording in found(asked, answered).recordings] == ONCE
    assert "batch's input file" in said(found(answered))[0]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"messages": [{"role": "alice", "content": "Hi"}, {"role": "bo", "content": "Yes"}]}, "“alice” and “bo”"),
        ({"messages": [U, {"role": "assistant", "content": None, "tool_calls": [{"id": 1}]}]}, "only tools"),
        ({"messages": [U, {"role": "assistant", "content": [{"type": "image", "source": {}}]}]}, "only pictures"),
        ({"messages": [U, {"role": "assistant", "content": "", "reasoning": "Hm, no."}]}, "7 letters of reasoning"),
        ({"alpha": 1, "beta": "x"}, "“alpha” and “beta”"),
        ({"answer": "Rain."}, "an answer, but no question"),
        ({"type": "TOOL", "name": "log", "input": "a", "output": "b"}, "not the answer of a model"),
        ([], "no conversation"),
    ],
)  # fmt: skip
def test_why_there_is_no_answer_names_what_was_found(row: Any, what: str) -> None:
    read = found({"messages": [U, A]}, row)
    assert len(read.recordings) == 1 and [trouble.row for trouble in read.troubles] == [2]
    assert what in said(read)[0]


def test_a_refusal_is_an_answer() -> None:
    refused = {"role": "assistant", "content": None, "refusal": "I can't."}
    assert found({"messages": [U, refused]}).recordings[0].text == "I can't."


def test_the_answer_before_a_last_word_of_the_persons_is_taken_and_it_is_said() -> None:
    read = found({"messages": [U, A, {"role": "user", "content": "Thanks!"}]})
    assert spoken(read.recordings[0]) == ONCE[0] and "person's" in said(read)[0]


@pytest.mark.parametrize("parts", [
    [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Rain"}, {"type": "text", "text": " falls."}],
    [{"type": "reasoning", "content": "Hm."}, {"type": "text", "content": "Rain falls."}],
    [{"text": "Hm.", "thought": True}, {"text": "Rain falls."}],
    "<think>\nHm.\n</think>\n\nRain falls.",
    "Hm.</think>Rain falls.",
    '<details type="reasoning" done="true" duration="2">\n<summary>Thought for 2 seconds</summary>\n> Hm.\n</details>\n'
    "Rain falls.",
])  # fmt: skip
def test_reasoning_is_kept_apart_and_claims_no_times(parts: Any) -> None:
    read = found({"messages": [U, {"role": "assistant", "content": parts}]})
    assert read.recordings[0].text == "Rain falls." and said(read) == []
    assert read.recordings[0].events[0].data["thoughts"] == [[None, "Hm."]]


@pytest.mark.parametrize(
    ("moment", "since", "first"), [(1756000004, 3.0, 3.0), (None, None, 1.0), (1756000099, None, 1.0), (5, None, 1.0)]
)
def test_reasoning_keeps_the_moment_that_a_file_tells_of_it(moment: Any, since: float | None, first: float) -> None:
    thought = node("assistant", {"content_type": "thoughts", "thoughts": [{"content": "Think."}]}, "u", moment)
    mapping: Any = TREE["mapping"]
    [recording] = found({**TREE, "mapping": {**mapping, "t": thought}}).recordings
    assert (recording.events[0].data["thoughts"], recording.events[0].at) == ([[since, "Think."]], first)


def test_the_reasoning_of_earlier_answers_is_left_out_and_its_length_is_told() -> None:
    thinking = {**A, "reasoning_content": "Hm, no."}
    read = found({"messages": [U, thinking, U, {**thinking, "reasoning_content": "So."}]})
    assert said(read) == ["Reasoning of other turns was left out (7 letters): an answer keeps its own alone."]
    assert read.recordings[0].events[0].data["thoughts"] == [[None, "So."]]


def test_tools_that_a_page_folds_away_are_nobodys_words() -> None:
    folded = '<details type="tool_calls" done="true"><summary>Ran</summary></details>\nRain.'
    read = found({"messages": [U, {"role": "assistant", "content": folded}]})
    assert read.recordings[0].text == "Rain." and said(read) == ["Tools and their results were left out."]


@pytest.mark.parametrize("result", [
    {"role": "tool", "content": "4 C"}, {"role": "user", "content": [{"type": "tool_result", "content": "4 C"}]},
    {"role": "tool", "parts": [{"type": "tool_call_response", "result": "4 C"}]},
    {"from": "observation", "value": "4 C"},
    {"role": "user", "parts": [{"functionResponse": {"response": {"text": "4 C"}}}]},
    {"type": "function_call_output", "output": "4 C"},
])  # fmt: skip
def test_a_tools_result_is_nobodys_words(result: Any) -> None:
    read = found({"messages": [U, result, A]})
    assert spoken(read.recordings[0]) == ONCE[0] and said(read) == ["Tools and their results were left out."]


@pytest.mark.parametrize(("beside", "system"), [
    ({"system": "Be brief."}, "Be brief."), ({"instructions": "Be brief."}, "Be brief."),
    ({"systemInstruction": {"parts": [{"text": "Be brief."}]}}, "Be brief."),
    ({"system": [{"type": "text", "text": "Be brief."}]}, "Be brief."),
])  # fmt: skip
def test_a_system_prompt_beside_the_messages_is_kept(beside: Any, system: str) -> None:
    for row in ({"messages": [U, A], **beside}, {"request": {"messages": [U], **beside}, "response": {"message": A}}):
        assert found(row).recordings[0].prompt.messages[0].text == system


@pytest.mark.parametrize(("response", "reason"), [
    ({"content": [{"type": "text", "text": "Rain."}], "role": "assistant", "stop_reason": "max_tokens"}, "length"),
    ({"candidates": [{"content": {"parts": [{"text": "Rain."}]}, "finishReason": "MAX_TOKENS"}]}, "length"),
    ({"candidates": [{"content": {"parts": [{"text": "Rain."}]}, "finishReason": "SAFETY"}]}, "filter"),
    ({"output": [{"type": "message", "role": "assistant", "content": "Rain."}],
      "incomplete_details": {"reason": "max_output_tokens"}}, "length"),
    ({"message": A, "done_reason": "stop"}, "stop"), ({"message": A, "finish_reason": "FINISH_REASON_STOP"}, "stop"),
    ({"message": A, "finish_reason": None}, "stop"), ({"message": A, "finish_reason": "max_new_tokens"}, "length"),
    ({"message": A, "finish_reason": "aborted"}, "stopped"), ({"message": A, "finish_reason": "tool_calls"}, "tool"),
])  # fmt: skip
def test_how_an_answer_ended_is_told_in_every_makers_words(response: Any, reason: str) -> None:
    [recording] = found({"request": {"messages": [U]}, "response": response}).recordings
    assert recording.events[-1].data["reason"] == reason


@pytest.mark.parametrize("word", ["guillotine", "network_error", "LANGUAGE"])
def test_a_reason_that_nobody_knows_is_kept_and_is_no_usual_end(word: str) -> None:
    response = {"message": A, "finish_reason": word}
    [recording] = found({"request": {"messages": [U]}, "response": response}).recordings
    assert recording.events[-1].data == {"reason": "other", "said": word}


def test_the_spans_of_a_trace_are_no_answers_in_a_table_as_in_json() -> None:
    rows = [
        't,SPAN,find,q,"[""Doc"", ""Doc 2""]"',
        't,GENERATION,say,Why?,"{""role"": ""assistant"", ""content"": ""Rain.""}"',
    ]
    read = read_transcripts("\n".join(["traceId,type,name,input,output", *rows]).encode(), TODAY)
    assert [spoken(recording) for recording in read.recordings] == ONCE and read.rows == (3,)
    assert [(trouble.row, "“find” (span)" in trouble.text) for trouble in read.troubles] == [(2, True)]


def test_a_trace_whose_generations_say_nothing_stands_for_itself() -> None:
    generation = {"type": "GENERATION", "name": "chat", "input": None, "output": None}
    read = found({"trace": {"id": "t", "input": U, "output": "Rain."}, "observations": [generation]})
    assert spoken(read.recordings[0]) == ONCE[0] and "“chat”" in said(read)[0]

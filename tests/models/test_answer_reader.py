"""What a server says as an answer becomes words, thoughts and an end, in whichever field and shape it comes."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.models.end_reasons import END_WORDS, NO_END_WORDS, read_reason
from components.models.endpoint.answer_reader import AnswerReader
from components.models.endpoint.endpoint_errors import EndpointError, RefusedRequest
from components.models.endpoint.response_chunks import ResponseChunk
from components.models.make_recording import make_recording

DONE = ResponseChunk({}, is_done=True)
WORDS = ["It", " is", " so", "."]


def piece(delta: Any = None, finish: Any = None, **more: Any) -> ResponseChunk:
    return ResponseChunk({"choices": [{"index": 0, "delta": delta or {}, "finish_reason": finish, **more}]})


def read(chunks: Iterable[ResponseChunk], secrets: tuple[str, ...] = ()) -> list[Event]:
    """The events of chunks that come a second after another."""
    reader = AnswerReader(secrets)
    events = [event for at, chunk in enumerate(chunks) for event in reader.read(chunk, float(at))]
    return [*events, *reader.finish(99.0)]


def words(events: Iterable[Event]) -> str:
    return "".join(event.text for event in events if event.kind == "token")


def thoughts(events: Iterable[Event]) -> str:
    return "".join(text for event in events for _, text in event.data.get("thoughts", ()))


SHAPES: dict[str, Callable[[str], ResponseChunk]] = {
    "delta": lambda text: piece({"content": text}),
    "parts": lambda text: piece({"content": [{"type": "text", "text": text}]}),
    "texts": lambda text: piece({"content": [text]}),
    "one part": lambda text: piece({"content": {"type": "output_text", "text": text}}),
    "refusal": lambda text: piece({"content": None, "refusal": text}),
    "older": lambda text: ResponseChunk({"choices": [{"text": text, "index": 0, "finish_reason": None}]}),
}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(SHAPES)), st.text(min_size=1, max_size=6)), min_size=1, max_size=8))
def test_words_are_words_in_every_shape(pieces: list[tuple[str, str]]) -> None:
    texts = [f"{number}: {text}" for number, (_, text) in enumerate(pieces)]  # none of which begins as the one before
    chunks = [SHAPES[shape](text) for (shape, _), text in zip(pieces, texts, strict=True)]
    assert words(read([piece({"role": "assistant", "content": ""}), *chunks, DONE])) == "".join(texts)


def test_a_whole_message_is_told_once_also_behind_its_pieces() -> None:
    message = {"choices": [{"message": {"content": "It is so."}, "finish_reason": "stop"}]}
    assert words(read([ResponseChunk(message), DONE])) == "It is so."
    assert words(read([piece({"content": "It is"}), ResponseChunk(message), DONE])) == "It is so."


def test_pieces_that_each_say_all_so_far_say_nothing_twice() -> None:
    grown = [piece({"content": "".join(WORDS[: n + 1])}) for n in range(4)]
    events = read([*grown, piece(finish="stop"), DONE])
    assert [(event.at, event.text) for event in events[:-1]] == list(zip(range(4), WORDS, strict=True))


@pytest.mark.parametrize("said", [["ha", "haha", " yes"], ["1", "10", "."], ["-", "--"], ["\n", "\n\n", "a"]])
def test_a_piece_that_repeats_the_one_before_by_chance_is_kept(said: list[str]) -> None:
    assert words(read([*(piece({"content": text}) for text in said), DONE])) == "".join(said)


def test_a_recording_keeps_thoughts_and_the_servers_own_word() -> None:
    chunks = [
        piece({"reasoning": "Hm."}),
        piece({"content": "Yes."}),
        piece({"reasoning": "So."}),
        piece(finish="x"),
        DONE,
    ]
    made = make_recording(read(chunks), Prompt.from_typed("Is it?"), Card("m", "endpoint"), "2026-11-27")
    again = Recording.from_json(json.loads(json.dumps(made.to_json())))
    assert again.to_json() == made.to_json() and again.text == "Yes." and again.whole
    assert thoughts(again.events) == "Hm.So." and again.events[-1].data["said"] == "x"


THINKING: dict[str, Callable[[str], dict[str, Any]]] = {
    "reasoning_content": lambda text: {"reasoning_content": text},
    "reasoning": lambda text: {"reasoning": text, "content": None},
    "part": lambda text: {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": text}]}]},
    "details": lambda text: {"reasoning_details": [{"type": "reasoning.text", "text": text}]},
    "twice": lambda text: {"reasoning": text, "reasoning_details": [{"type": "reasoning.text", "text": text}]},
}


@pytest.mark.parametrize("shape", sorted(THINKING))
def test_thoughts_are_kept_apart_with_their_own_times(shape: str) -> None:
    delta = THINKING[shape]
    events = read(
        [piece(delta("Let me")), piece(delta(" see.")), piece({"content": "Yes."}), piece(finish="stop"), DONE]
    )
    assert words(events) == "Yes." and events[0].data["thoughts"] == [[0.0, "Let me"], [1.0, " see."]]
    assert (events[0].at, events[-1].data) == (2.0, {"reason": "stop"})


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 9), st.integers(0, 60), st.sampled_from(["<think>", "<THINK>", "<reasoning>", "[THINK]"]))
def test_thoughts_between_tags_are_no_words_wherever_they_are_cut(seed: int, cut: int, tag: str) -> None:
    text = f"\n{tag}Let me see </thi no.{tag.replace('<', '</').replace('[', '[/')}\n\nIt is so."
    size = seed + 1
    parts = [text[:cut], *(text[start : start + size] for start in range(cut, len(text), size))]
    events = read([*(piece({"content": part}) for part in parts if part), DONE])
    assert words(events) == "It is so." and thoughts(events) == "Let me see </thi no."
    assert [event.at for event in events] == sorted(event.at for event in events)


@pytest.mark.parametrize("said", ["<thin ice>", "a <think> b", "<", " <t", "<div>x</div>"])
def test_what_only_looks_like_a_tag_is_words(said: str) -> None:
    assert words(read([*(piece({"content": letter}) for letter in said), DONE])).strip() == said.strip()


@pytest.mark.parametrize("reason", sorted(END_WORDS))
def test_a_reason_is_known_in_any_spelling(reason: str) -> None:
    for word in END_WORDS[reason]:
        camel = "".join(part.capitalize() for part in word.split("_"))
        for spelled in (word, word.upper(), word.replace("_", "-"), camel, f"FINISH_REASON_{word.upper()}"):
            assert read_reason(spelled)[0] == reason, spelled


@pytest.mark.parametrize("word", [None, False, *NO_END_WORDS, "NULL", "FINISH_REASON_UNSPECIFIED", [], {}])
def test_a_word_that_says_of_no_end_ends_nothing(word: object) -> None:
    events = read([*(piece({"content": text}, word) for text in WORDS), DONE])
    assert words(events) == "It is so." and events[-1].data == {"reason": "stop"}


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=20).filter(lambda word: word.strip()))
def test_a_reason_that_nobody_knows_is_kept_and_is_no_stop(word: str) -> None:
    reason, said = read_reason(f"zz {word}")
    assert reason == "other" and said == f"zz {word}".strip()
    assert read([piece({"content": "Yes."}), piece(finish="purple"), DONE])[-1].data == {
        "reason": "other", "said": "purple",
    }  # fmt: skip


def test_words_after_the_reason_belong_to_the_answer() -> None:
    chunks = [piece({"content": "It is"}), piece(finish="stop"), piece({"content": " so."}), DONE]
    events = read(chunks)
    assert words(events) == "It is so." and (events[-1].at, events[-1].data["reason"]) == (2.0, "stop")


def test_an_end_without_a_reason_is_one_only_where_the_server_says_that_it_is_done() -> None:
    used = ResponseChunk({"choices": [], "usage": {"completion_tokens": 1}})
    assert read([piece({"content": "Yes."}), DONE])[-1].data["reason"] == "stop"
    assert read([piece({"content": "Yes."}), used])[-1].data["reason"] == "stop"
    with pytest.raises(EndpointError) as error:
        read([piece({"content": "Yes."})])
    assert error.value.fault == "cut"


@pytest.mark.parametrize(
    "said",
    [
        [{"type": "content_block_delta", "delta": {"type": "text_delta", "text": "It"}}, {"type": "message_stop"}],
        [{"type": "response.output_text.delta", "delta": "It"}, {"type": "response.completed", "response": {}}],
        [{"candidates": [{"content": {"parts": [{"text": "It"}]}, "finishReason": "STOP"}]}],
    ],
)
@pytest.mark.parametrize("last", [[], [DONE]])
def test_another_protocol_is_no_answer_that_broke_off(said: list[dict[str, Any]], last: list[ResponseChunk]) -> None:
    with pytest.raises(EndpointError, match="no choices, but") as error:
        read([*map(ResponseChunk, said), *last])
    assert error.value.fault == "malformed"


def test_an_end_that_was_a_failure_is_one() -> None:
    chunks = [piece({"content": "Yes"}), piece(finish="error", native_finish_reason="network_error"), DONE]
    with pytest.raises(EndpointError, match="network_error") as error:
        read(chunks)
    assert error.value.fault == "server"


@pytest.mark.parametrize(
    ("chunks", "reason"),
    [
        ([DONE], "empty"), ([piece(finish="stop"), DONE], "empty"), ([piece(finish="content_filter"), DONE], "filter"),
        ([piece({"reasoning": "Hm."}), piece(finish="length")], "length"), ([piece(finish="safety")], "filter"),
        ([piece({"reasoning": "Hm."}), piece(finish="stop")], "thoughts"), ([piece(finish="tool_calls")], "tool"),
        ([piece({"tool_calls": [{"function": {"name": "a"}}]}), DONE], "tool"),
        ([piece({"content": "<think>Hm."}), piece(finish="length")], "length"),
    ],
)  # fmt: skip
def test_why_there_is_no_word_is_told(chunks: list[ResponseChunk], reason: str) -> None:
    [last] = read(chunks)
    assert last.data["reason"] == reason


@pytest.mark.parametrize(
    ("values", "fault", "said"),
    [
        ({"error": {"message": "out of memory"}}, "server", "out of memory"),
        ({"error": "`inputs` tokens must be <= 4096"}, "context", "inputs"),
        ({"object": "error", "message": "CUDA broke", "code": 500}, "server", "CUDA broke"),
        ({"base_resp": {"status_code": 1, "status_msg": "insufficient balance"}, "choices": None}, "credit", "balance"),
        ({"choices": [{"delta": {}, "error": {"code": 429, "message": "slow down"}}]}, "rate", "slow down"),
        ({"detail": "Model 'm' is still loading"}, "unloaded", "loading"),
        ({"success": False, "errors": [{"code": 5007, "message": "No such model m"}]}, "missing", "No such model"),
    ],
)  # fmt: skip
def test_trouble_within_a_stream_is_told_in_the_servers_words(values: dict[str, Any], fault: str, said: str) -> None:
    with pytest.raises(RefusedRequest, match=said) as error:
        read([piece({"content": "It is"}), ResponseChunk(values)])
    assert error.value.fault == fault


@settings(max_examples=50, deadline=None)
@given(st.text("abcdefgh-", min_size=6, max_size=20), st.lists(st.integers(1, 5), max_size=30), st.booleans())
def test_a_server_that_says_the_key_has_it_masked(key: str, sizes: list[int], is_thought: bool) -> None:
    text, parts = f"Your key: {key}!", []
    for size in sizes:
        parts.append(text[:size])
        text = text[size:]
    name = "reasoning" if is_thought else "content"
    events = read([*(piece({name: part}) for part in [*parts, text] if part), piece({"content": "x"}), DONE], (key,))
    said = (words(events) + thoughts(events)).replace("Your key: ", "")
    assert key not in said and all(event.text for event in events if event.kind == "token")

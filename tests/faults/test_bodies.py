"""A body is read by what it is, not by its label; and how long it is waited for counts from words to words."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import httpx2
import pytest

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.endpoint_address import address_of, check_address
from components.models.endpoint.model_list import listed_names
from components.models.endpoint.model_profile import comes_in_pieces, profile_of_answers
from components.models.source import Settings, Source, Timeouts

DELTAS = [{"choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]} for word in ("It", " is")]
END = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
WHOLE = {"choices": [{"index": 0, "message": {"content": "It is"}, "finish_reason": "stop"}]}
FRAMES = [b"data: " + json.dumps(value).encode() + b"\n\n" for value in [*DELTAS, END]]
LINES = [json.dumps(value).encode() + b"\n" for value in [*DELTAS, END]]
DONE = b"data: [DONE]\n\n"
BODY = b"".join(FRAMES)
BODIES = {
    "a stream": b"".join(FRAMES) + DONE, "no done": b"".join(FRAMES), "a line a piece": b"".join(LINES),
    "whole": json.dumps(WHOLE).encode(), "whole and done": json.dumps(WHOLE).encode() + b"\n\n" + DONE,
    "pretty": json.dumps(WHOLE, indent=2).encode(), "a mark first": b"\xef\xbb\xbf" + b"".join(FRAMES) + DONE,
    "a mark and JSON": b"\xef\xbb\xbf" + json.dumps(WHOLE).encode(), "a list": json.dumps([*DELTAS, END]).encode(),
    "blank lines first": b"\r\n\n  \n" + b"".join(FRAMES) + DONE,
    "twice data": FRAMES[0] + b"data: " + b"".join(FRAMES[1:]),
    "pings": b'data: : ping\n\nevent: ping\ndata: {"type": "ping"}\n\ndata: ping\n\ndata: null\n\n' + BODY,
    "quoted done": FRAMES[0] + FRAMES[1] + b'data: "[DONE]"\n\n',
    "small done": FRAMES[0] + FRAMES[1] + b"data: [done]\n\n",
}  # fmt: skip


def reply(*parts: bytes | float, kind: str = "text/event-stream", **patience: float) -> list[Event]:
    """The events of an answer whose body comes in these parts, with pauses in seconds between them."""

    async def body() -> AsyncIterator[bytes]:
        for part in parts:
            if isinstance(part, bytes):
                yield part
            else:
                await asyncio.sleep(part)

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=body(), headers={"content-type": kind} if kind else {})

    source = Source("endpoint", "http://localhost/v1", "m", patience=Timeouts(**patience))
    endpoint = Endpoint(source, Settings(), transport=lambda: httpx2.MockTransport(answer))
    generation = endpoint.ask(Prompt.from_typed("Is it so?"))
    assert generation.wait(20)
    return generation.events


@pytest.mark.parametrize("kind", ["text/event-stream", "application/json", "text/html", "text/plain", ""])
@pytest.mark.parametrize("body", sorted(BODIES))
def test_a_body_says_the_same_under_every_label_and_however_it_is_cut(body: str, kind: str) -> None:
    whole = BODIES[body]
    for parts in ([whole], [whole[:1], whole[1:30], whole[30:]]):
        events = reply(*parts, kind=kind)
        assert "".join(event.text for event in events if event.kind == "token") == "It is"
        assert (events[-1].kind, events[-1].data.get("reason")) == ("end", "stop")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "web page; Sign in"), (b"Not now, please.", "Not now, please."),
        (b'error: {"message": "too many tokens in context"}\n\n', "too many tokens"), (b'"text"', "no answer"),
        (b'{"error": "Load a model first"}', "Load a model first"), (b"data: purple\n\n", "purple"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_answer_is_shown_in_its_own_words(body: bytes, said: str) -> None:
    [event] = reply(body)
    assert event.kind == "error" and said in event.text


ROLE = b'data: {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}\n\n'
THOUGHT = b'data: {"choices": [{"index": 0, "delta": {"reasoning": "Hm."}}]}\n\n'


def test_a_piece_without_words_is_no_first_token() -> None:
    assert reply(ROLE, 0.5, *FRAMES, first=2.0, between=0.2)[-1].kind == "end"
    assert reply(ROLE, 0.5, *FRAMES, first=0.3, between=9.0)[-1].data["fault"] == "timeout"
    assert reply(THOUGHT, 0.5, *FRAMES, first=2.0, between=0.2)[-1].data["fault"] == "timeout"


def test_a_line_that_stays_open_behind_the_end_is_not_waited_for() -> None:
    began = time.monotonic()
    events = reply(*FRAMES, 5.0, between=0.3, first=0.3)
    assert events[-1].data == {"reason": "stop"} and events[-1].at < 0.25
    assert time.monotonic() - began < 2


def tokens(*times: float) -> list[Event]:
    return [Event(at, "token", "a") for at in times]


@pytest.mark.parametrize(
    ("times", "streams"),
    [
        ([0.6 + n / 5000 for n in range(25)], False), ([0.4] * 4, False), ([0.3], False), ([], False),
        ([0.1, 0.12, 0.14], True), ([0.3, 0.3, 0.8, 0.8], True), ([5.0 + n / 200 for n in range(30)], True),
        ([0.1, 0.15], True),
    ],
)  # fmt: skip
def test_an_answer_streams_where_its_words_come_apart_in_time(times: list[float], streams: bool) -> None:
    assert comes_in_pieces(tokens(*times)) is streams


def test_what_does_not_stream_has_no_pace() -> None:
    made = profile_of_answers([[*tokens(0.4, 0.4, 0.4), Event(0.4, "end", data={"reason": "purple", "said": "x"})]])
    assert (made.median("first"), made.median("rate"), made.median("stall")) == (0.4, 0.0, 0.0)
    assert any("does not stream" in remark for remark in made.remarks) and any("“x”" in each for each in made.remarks)


def test_thoughts_that_nothing_marks_are_remarked_on() -> None:
    answer = [Event(0.1, "token", "Hm.</th"), Event(0.2, "token", "ink> Yes."), Event(0.2, "end")]
    assert any("thoughts, unmarked" in remark for remark in profile_of_answers([answer]).remarks)


@pytest.mark.parametrize(
    "value",
    [
        {"data": [{"id": "m"}, {"id": "n"}]}, [{"id": "m"}, {"id": "n"}], ["m", "n"], {"data": ["m", "n"]},
        {"data": [{"name": "m"}, {"name": "n"}]}, {"models": [{"name": "m"}, {"model": "n"}]},
        {"data": [{"id": "m"}, {"id": None}, None, {"id": "n"}]}, {"data": {"models": ["m", "n"]}},
        {"result": [{"id": 5, "name": "m"}, {"name": "n"}]}, {"m": {"id": "x"}, "n": {}}, {"data": {"m": {}, "n": {}}},
        {"data": [{"id": "m", "type": "llm"}, {"id": "e", "type": "embeddings"}, {"id": "n", "type": "chat"}]},
    ],
)  # fmt: skip
def test_a_list_of_models_is_read_in_every_shape(value: object) -> None:
    assert sorted(filter(None, listed_names(value))) == ["m", "n"]


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://localhost:1/v1///", "http://localhost:1/v1"), (" https://host/v1/ ", "https://host/v1"),
        ("https://host/v1/chat/completions", "https://host/v1"), ("https://host/v1/chat/completions/", "https://host/v1"),
        ("https://host/d/?api-version=1", "https://host/d?api-version=1"), ("https://host/v1?", "https://host/v1"),
        ("https://host/d/chat/completions?api-version=1", "https://host/d?api-version=1"), ("http://h#x", "http://h"),
    ],
)  # fmt: skip
def test_an_address_is_read_as_it_was_meant(given: str, base: str) -> None:
    assert check_address(given) == base
    path, _, query = address_of(base, "chat/completions").partition("?")
    assert path.endswith("/chat/completions") and path.count("chat") == 1 and query == base.partition("?")[2]


@pytest.mark.parametrize("query", ["key=AIza", "api-key=a", "api_key=a", "Access_Token=a", "sig=a&v=1"])
def test_an_address_that_holds_a_key_is_explained_without_it(query: str) -> None:
    with pytest.raises(Explained, match="holds a key") as error:
        check_address(f"https://host/v1?{query}")
    assert query not in str(error.value)

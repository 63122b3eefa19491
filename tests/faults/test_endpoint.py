"""Whatever an endpoint does, the answer ends once, in words a person can read, and what came is kept."""

import asyncio
import gc
import json
import time
import types
from collections.abc import Iterator

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.event import LAST, Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.layers.failure.fault_words import FAULT_WORDS
from components.models.endpoint.bound_key import BoundKey
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.endpoint_address import check_address
from components.models.generation import Generation
from components.models.source import Settings, Source, Timeouts
from tests.faults.server import Wrong, wrong

ASKED = Prompt.from_typed("Is it so?")
QUICK = Timeouts(connect=2, first=1.0, between=0.6, total=8)
KEY = "SECRET-KEY-VALUE"


@pytest.fixture(scope="module")
def server() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


def asked(url: str, patience: Timeouts = QUICK, key: str = "", **more: object) -> tuple[Endpoint, Generation]:
    source = Source("endpoint", url, "m", key, patience)
    endpoint = Endpoint(source, Settings(), lambda name: BoundKey(KEY), **more)  # type: ignore[arg-type]
    return endpoint, endpoint.ask(ASKED)


def answered(url: str, **more: object) -> list[Event]:
    endpoint, generation = asked(url, **more)  # type: ignore[arg-type]
    assert generation.wait(20)
    endpoint.close()
    return generation.events


def text(events: list[Event]) -> str:
    return "".join(event.text for event in events if event.kind == "token")


def test_a_good_answer_comes_token_by_token(server: Wrong) -> None:
    events = answered(server.url("good"))
    assert [event.text for event in events[:-1]] == ["It ", "is ", "so."]
    assert events[-1].kind == "end" and events[-1].data["reason"] == "stop"


def test_probabilities_and_alternatives_are_taken(server: Wrong) -> None:
    first, second, _ = answered(server.url("probable"))
    assert (first.text, first.data["logprob"], first.data["alternatives"]) == ("Yes", -0.1, [["Yes", -0.1]])
    assert (second.text, second.data["logprob"]) == (".", -0.2)


def test_an_endpoint_without_probabilities_is_asked_once_more_without(server: Wrong) -> None:
    assert text(answered(server.url("no probabilities"))) == "It is so."
    assert "logprobs" in server.asked[-2] and "logprobs" not in server.asked[-1]


def test_an_endpoint_that_does_not_stream_is_read_at_once(server: Wrong) -> None:
    assert text(answered(server.url("at once"))) == "All of it."


@pytest.mark.parametrize("way", ["good", "probable", "at once", "number", "malformed", "web page", "stuck", "slow"])
def test_nothing_of_an_answer_stays_open_behind_it(server: Wrong, way: str) -> None:
    """What is left to the garbage collector is closed on whatever thread it happens to run, and may fail there."""
    gc.collect()
    gc.disable()
    try:
        answered(server.url(way), patience=Timeouts(connect=2, first=0.3, between=0.3, total=1))
        time.sleep(0.05)
        streams = [thing for thing in gc.get_objects() if type(thing) is types.AsyncGeneratorType]
        left = [stream.__qualname__ for stream in streams if stream.ag_frame and stream.ag_frame.f_lasti > 5]
    finally:
        gc.enable()
    assert not left


@pytest.mark.parametrize(
    ("way", "fault", "kept"),
    [
        ("silent", "timeout", ""), ("stuck", "timeout", "It is "), ("reset", "cut", "It is "),
        ("truncated", "cut", "It is "), ("unfinished", "cut", "It is "), ("half a chunk", "cut", ""),
        ("malformed", "malformed", "It is "), ("number", "malformed", "It is "), ("bad utf-8", "malformed", "It is "),
        ("error inside", "server", "It is "), ("web page", "malformed", ""), ("endless", "malformed", None),
        ("400", "request", ""), ("401", "key", ""), ("403", "key", ""), ("404", "missing", ""), ("429", "rate", ""),
        ("500", "server", ""), ("503", "server", ""), ("302", "moved", ""), ("too long", "context", ""),
        ("other model", "missing", ""),
    ],
)  # fmt: skip
def test_every_fault_becomes_one_error_and_keeps_what_came(
    server: Wrong, way: str, fault: str, kept: str | None
) -> None:
    events = answered(server.url(way))
    assert events[-1].kind == "error" and events[-1].data["fault"] == fault
    assert fault in FAULT_WORDS and len(events[-1].text) <= 500
    assert kept is None or text(events).startswith(kept)


def test_an_empty_answer_is_an_end(server: Wrong) -> None:
    assert [event.data.get("reason") for event in answered(server.url("empty"))] == ["empty"]


def test_a_line_of_a_megabyte_is_an_answer(server: Wrong) -> None:
    assert len(text(answered(server.url("long line")))) == 1_000_000


def test_how_long_to_wait_is_told(server: Wrong) -> None:
    assert answered(server.url("429"))[-1].data["retry_after"] == "7"


def test_what_a_server_says_about_its_refusal_is_told(server: Wrong) -> None:
    assert "requested 'm'" in answered(server.url("other model"))[-1].text


def test_nobody_there_is_refused() -> None:
    assert answered("http://127.0.0.1:9/v1")[-1].data["fault"] == "refused"


def test_a_name_that_leads_nowhere_is_a_wrong_address() -> None:
    assert answered("http://no-such-host.invalid/v1")[-1].data["fault"] == "address"


def test_a_key_is_in_no_event_no_card_and_no_name(server: Wrong) -> None:
    endpoint, generation = asked(server.url("401"), key="PARALLAX_KEY_TEST")
    assert generation.wait(20)
    assert KEY not in str(generation.events) and "•••" in generation.events[-1].text
    assert KEY not in repr(vars(endpoint)) and KEY not in str(endpoint.card.to_json())
    endpoint.close()


def test_only_variables_for_keys_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME_SECRET", "x")
    for name in ("HOME_SECRET", "PARALLAX_KEY_MISSING"):
        with pytest.raises(Explained):
            Endpoint(Source("endpoint", "http://localhost:1/v1", "m", name)).check()
    monkeypatch.setenv("PARALLAX_KEY_MINE", "x")
    Endpoint(Source("endpoint", "http://localhost:1/v1", "m", "PARALLAX_KEY_MINE")).check()


def test_stop_ends_the_answer_and_lets_the_endpoint_go(server: Wrong) -> None:
    endpoint, generation = asked(server.url("slow"))
    while not generation.events:
        generation.wait(0.01)
    generation.stop()
    assert generation.done and generation.events[-1].data["reason"] == "stopped"
    assert len(generation.events) < 1000
    endpoint.close()


@pytest.mark.parametrize(
    "where",
    ["", "localhost:8000", "ftp://host/v1", "http://", "http://user:pw@host/v1", "http://169.254.169.254/v1",
     "http://2852039166/v1", "http://0xA9FEA9FE/v1", "http://[::ffff:169.254.169.254]/v1", "http://[fe80::1]/v1",
     "http://0.0.0.0/v1", "http://metadata.google.internal/v1", "http://[fd00:ec2::254]/v1", "http://a:b:c/v1"],
)  # fmt: skip
def test_an_address_that_is_none_or_not_open_is_explained(where: str) -> None:
    with pytest.raises(Explained) as error:
        check_address(where)
    assert error.value.what and error.value.kept and error.value.do


def test_a_name_that_leads_to_a_forbidden_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lookup(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("169.254.169.254", 80))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", lookup)
    last = answered("http://innocent.example/v1")[-1]
    assert last.data["fault"] == "address" and "not open" in last.text


NAMES = [
    "choices",
    "delta",
    "content",
    "error",
    "logprobs",
    "message",
    "token",
    "logprob",
    "top_logprobs",
    "finish_reason",
]
SHARDS = [b"data: ", b"\n\n", b'{"choices": [', b'{"delta": {"content": "a"}}', b"]}", b"[DONE]", b"null"]
SHAPES = st.recursive(
    st.none() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)
PARTS = (
    st.binary(max_size=60)
    | st.sampled_from(SHARDS)
    | SHAPES.map(lambda value: b"data: " + json.dumps(value).encode() + b"\n\n")
)
KINDS = ["text/event-stream", "application/json", "text/html", "", "text/plain"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(PARTS, max_size=8), st.sampled_from(KINDS), st.sampled_from([200, 200, 200, 204, 404, 500]))
def test_any_bytes_give_a_stream_in_order_that_ends_once(parts: list[bytes], kind: str, code: int) -> None:
    reply = httpx2.MockTransport(
        lambda _: httpx2.Response(code, content=b"".join(parts), headers={"content-type": kind})
    )
    events = answered("http://localhost/v1", transport=lambda: reply, key="PARALLAX_KEY_TEST")
    assert [event.kind in LAST for event in events] == [False] * (len(events) - 1) + [True]
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert KEY not in str(events) and all(event.text for event in events if event.kind == "token")

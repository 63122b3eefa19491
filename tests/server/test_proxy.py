"""The recording proxy, asked by OpenAI's own client and by hand, over a real connection."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from components.core.event import Event
from components.core.faults import FAULT_KINDS
from components.core.layer import Layer
from components.core.prompt import Message, Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.confidence.badge import Badge
from components.layers.delivery.blocking import Blocking
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.models.endpoint.endpoint import Endpoint
from components.models.source import Settings, Source
from components.models.written.scripted_model import scripted_events
from components.server.app_context import app_context
from components.server.proxy import recording_proxy
from components.server.proxy.overrides import apply_overrides
from tests.faults.server import wrong
from tests.server.speaking import ASKED, CARD, TOKEN, Speaking, asking, gather, served, until

STORY = scripted_events("Once upon a time there was a sea.")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(recording_proxy.TOKEN_VARIABLE, TOKEN)
    app_context.cache_clear()
    model(STORY)
    yield
    app_context().close()
    app_context.cache_clear()


def model(events: Any, gap: float = 0.002) -> Speaking:
    made = Speaking(events, gap)
    app_context().models._models[""] = made
    return made


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=TOKEN, max_retries=0) as client:
        yield client


def kept(count: int = 1) -> list[Recording]:
    """The recordings in the store, once there are so many."""
    until(lambda: app_context().store.search().total >= count)
    found = [app_context().store.recording(row.id) for row in app_context().store.search().rows]
    assert len(found) == count
    return [recording for recording in found if recording]


def weather(*layers: Layer) -> dict[str, str]:
    return {recording_proxy.PROTOTYPE_HEADER: app_context().store.keep_prototype(Prototype("Tried", layers))}


def post(address: str, body: Any, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    told = {"authorization": f"Bearer {TOKEN}"} | headers
    return httpx.post(f"{address}/v1/chat/completions", content=content, headers=told, timeout=30)


@pytest.mark.parametrize("token", [None, "", "short"])
def test_it_is_off_unless_a_long_token_is_set(
    client: openai.OpenAI, token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(recording_proxy.TOKEN_VARIABLE) if token is None else monkeypatch.setenv(
        recording_proxy.TOKEN_VARIABLE, token
    )
    with pytest.raises(openai.NotFoundError, match="proxy is off"):
        client.with_options(api_key=token or "x").models.list()
    with pytest.raises(openai.NotFoundError, match="proxy is off"):
        client.with_options(api_key=token or "x").chat.completions.create(model=CARD.name, messages=ASKED)


def test_a_token_of_16_characters_is_long_enough_and_one_of_15_is_not(
    client: openai.OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(recording_proxy.TOKEN_VARIABLE, "0123456789abcdef")
    assert client.with_options(api_key="0123456789abcdef").models.list().data
    monkeypatch.setenv(recording_proxy.TOKEN_VARIABLE, "0123456789abcde")
    with pytest.raises(openai.NotFoundError, match="proxy is off"):
        client.with_options(api_key="0123456789abcde").models.list()


@pytest.mark.parametrize("token", ["guessed", "ä" * 20, f"{TOKEN}x", TOKEN[:-1]])
def test_another_token_is_refused(address: str, token: str) -> None:
    answer = httpx.get(f"{address}/v1/models", headers={b"authorization": f"Bearer {token}".encode()})
    assert answer.status_code == 401 and answer.json()["error"]["code"] == "invalid_api_key"
    assert httpx.get(f"{address}/v1/models").status_code == 401
    assert post(address, {"model": CARD.name, "messages": ASKED}, authorization=TOKEN).status_code == 401


def test_the_models_are_listed(client: openai.OpenAI) -> None:
    assert [one.id for one in client.models.list()] == [CARD.name]


def test_an_answer_at_once_is_the_models_and_is_kept_with_its_times(client: openai.OpenAI) -> None:
    answer = client.chat.completions.create(model=CARD.name, messages=ASKED)
    [choice] = answer.choices
    assert (choice.message.content, choice.finish_reason) == ("Once upon a time there was a sea.", "stop")
    assert answer.usage and (answer.usage.completion_tokens, answer.usage.prompt_tokens) == (8, 4)
    [recording] = kept()
    times = [event.at for event in recording.events]
    assert recording.text == choice.message.content and recording.whole and recording.card == CARD
    assert times == sorted(times) and len(set(times)) > 4 and recording.card.times == "measured"


def test_a_stream_brings_each_token_with_its_probability_and_the_usage_at_the_end(client: openai.OpenAI) -> None:
    chunks = [*client.chat.completions.create(
        model=CARD.name, messages=ASKED, stream=True, stream_options={"include_usage": True}, logprobs=True,
        top_logprobs=1,
    )]  # fmt: skip
    choices = [chunk.choices[0] for chunk in chunks if chunk.choices]
    assert [choice.delta.content for choice in choices[1:-1]] == [e.text for e in STORY if e.kind == "token"]
    assert choices[0].delta.role == "assistant" and choices[-1].finish_reason == "stop"
    chances = [choice.logprobs.content[0] for choice in choices[1:-1] if choice.logprobs and choice.logprobs.content]
    assert [(c.token, c.logprob, c.top_logprobs[0].token) for c in chances[:2]] == [
        ("Once", -0.1, "Once"),
        (" upon", -0.1, " upon"),
    ]
    assert bytes(chances[1].bytes or []) == b" upon"
    assert not chunks[-1].choices and chunks[-1].usage and chunks[-1].usage.completion_tokens == 8
    assert kept()[0].text == "Once upon a time there was a sea."


def test_nobody_gets_probabilities_unasked_or_where_there_are_none(client: openai.OpenAI) -> None:
    assert client.chat.completions.create(model=CARD.name, messages=ASKED).choices[0].logprobs is None
    model([Event(0, "token", "Hi"), Event(0, "end", data={"reason": "length"})])
    answer = client.chat.completions.create(model=CARD.name, messages=ASKED, logprobs=True)
    assert answer.choices[0].logprobs is None and answer.choices[0].finish_reason == "length"


def test_a_whole_conversation_is_forwarded(client: openai.OpenAI) -> None:
    asked = model(STORY).asked
    told: Any = [
        {"role": "developer", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "Hi"}]},
        {"role": "assistant", "content": "Hello"}, *ASKED,
    ]  # fmt: skip
    client.chat.completions.create(model=CARD.name, messages=told)
    assert asked[0].messages == (
        Message("system", "Be brief."), Message("user", "Hi"), Message("assistant", "Hello"),
        Message("user", "Tell me a story."),
    )  # fmt: skip
    client.chat.completions.create(model=CARD.name, messages=[*ASKED, {"role": "assistant", "content": "Once"}])
    assert asked[1].partial == "Once" and len(asked[1].messages) == 1


def test_a_limit_ends_the_answer_and_what_cannot_be_done_is_named(client: openai.OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(
        model=CARD.name, messages=ASKED, max_tokens=3, temperature=0.9, top_p=0.5, user="somebody", seed=4
    )
    [choice] = raw.parse().choices
    assert (choice.message.content, choice.finish_reason) == ("Once upon a", "length")
    assert set(raw.headers["x-parallax-ignored"].split(", ")) == {"temperature", "top_p", "user", "seed"}
    [recording] = kept()
    assert recording.card.settings["max_tokens"] == 3 and recording.events[-1].data["reason"] == "length"
    same = client.chat.completions.with_raw_response.create(model=CARD.name, messages=ASKED, temperature=0.2)
    assert "x-parallax-ignored" not in same.headers
    more = client.chat.completions.with_raw_response.create(model=CARD.name, messages=ASKED, max_tokens=999)
    assert more.headers["x-parallax-ignored"] == "max_tokens"


BAD = (
    b"", b"[1]", b"\xff", b"[" * 100_000, b"{}", b'{"model": "x"}', b'{"model": "x", "messages": []}',
    b'{"model": "x", "messages": [{"role": "user", "content": 5}]}',
    b'{"messages": [{"role": "user", "content": "Hi"}]}',
    b'{"model": 7, "messages": [{"role": "user", "content": "Hi"}]}',
    b'{"model": "x", "messages": [{"role": "tool", "content": "Hi"}]}',
    b'{"model": "x", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}',
    b'{"model": "x", "messages": [{"role": "system", "content": "Hi"}]}',
    b'{"model": "x", "n": 2, "messages": [{"role": "user", "content": "Hi"}]}',
)  # fmt: skip


@pytest.mark.parametrize("body", BAD, ids=lambda body: body[:60].decode(errors="replace"))
def test_a_bad_request_is_explained(address: str, body: bytes) -> None:
    answer = post(address, body)
    assert answer.status_code == 400 and answer.json()["error"]["message"].endswith(".")


@pytest.mark.parametrize("more", [{"temperature": "hot"}, {"temperature": 99}, {"max_tokens": 0}, {"max_tokens": 1.5},
                                  {"top_logprobs": 21}, {"stop": [5]}, {"seed": True}])  # fmt: skip
def test_a_setting_that_is_none_is_explained(address: str, more: dict[str, Any]) -> None:
    answer = post(address, {"model": CARD.name, "messages": ASKED, **more})
    assert answer.status_code == 400 and answer.json()["error"]["type"] == "invalid_request_error"


def test_too_long_a_request_is_refused(address: str) -> None:
    answer = post(address, {"model": CARD.name, "messages": [{"role": "user", "content": "x" * 1_000_001}]})
    assert answer.status_code == 413 and "1,000,000 bytes" in answer.json()["error"]["message"]


def test_a_model_or_a_prototype_that_is_not_there_is_named(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match=r"no model called “gpt-x”.*Scripted model") as told:
        client.chat.completions.create(model="gpt-x", messages=ASKED)
    assert told.value.code == "model_not_found"
    with pytest.raises(openai.NotFoundError, match="no prototype"):
        client.chat.completions.create(model=f"{CARD.name}+{'0' * 64}", messages=ASKED)


def test_a_prototype_is_named_behind_the_model_or_in_a_header(client: openai.OpenAI) -> None:
    headers = weather(LatencyProfile(first=0.2, rate=100), Blocking(), Badge())
    id = headers[recording_proxy.PROTOTYPE_HEADER]
    for question, name, more in (("Why?", f"{CARD.name}+{id}", {}), ("How?", CARD.name, headers)):
        began = time.monotonic()
        asked = [*ASKED, {"role": "user", "content": question}]  # two answers with the same times are one recording
        raw = client.chat.completions.with_raw_response.create(model=name, messages=asked, extra_headers=more)
        assert time.monotonic() - began >= 0.27  # no less than the weather's: the first word and seven more
        assert raw.parse().choices[0].message.content == "Once upon a time there was a sea."
        assert raw.headers["x-parallax-weather"] == "Latency profile"
        assert raw.headers["x-parallax-left-out"] == "Blocking, Badge"
    assert [recording.text for recording in kept(2)] == ["Once upon a time there was a sea."] * 2


@pytest.mark.parametrize(
    ("kind", "error", "status"),
    [("rate", openai.RateLimitError, 429), ("server", openai.InternalServerError, 500),
     ("refused", openai.InternalServerError, 503), ("timeout", openai.InternalServerError, 504)],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_a_fault_before_the_first_word_has_its_status_and_asking_again_goes_well(
    client: openai.OpenAI, kind: str, error: type[openai.APIStatusError], status: int, stream: bool
) -> None:
    headers = weather(Fault(kind=kind, patience=0.5))
    ask = client.chat.completions.create
    with pytest.raises(error) as told:
        ask(model=CARD.name, messages=ASKED, stream=stream, extra_headers=headers)
    assert told.value.status_code == status and told.value.message
    assert (told.value.response.headers.get("retry-after") == "1") is (kind == "rate")
    again: Any = ask(model=CARD.name, messages=ASKED, stream=stream, extra_headers=headers)
    said = "".join(c.choices[0].delta.content or "" for c in again) if stream else again.choices[0].message.content
    assert said == "Once upon a time there was a sea."
    with pytest.raises(error):  # it went well, so the next question meets the same weather
        ask(model=CARD.name, messages=ASKED, stream=stream, extra_headers=headers)


def test_a_client_that_tries_again_by_itself_gets_through(client: openai.OpenAI) -> None:
    headers = weather(Fault(kind="server"))
    answer = client.with_options(max_retries=2).chat.completions.create(
        model=CARD.name, messages=ASKED, extra_headers=headers
    )
    assert answer.choices[0].message.content == "Once upon a time there was a sea."


@pytest.mark.parametrize("stream", [False, True])
def test_a_cut_closes_the_connection_without_a_word_and_the_models_whole_answer_is_kept(
    address: str, stream: bool
) -> None:
    headers = weather(Fault(kind="cut", share=10)) | {"authorization": f"Bearer {TOKEN}"}
    body = {"model": CARD.name, "messages": ASKED, "stream": stream}
    came: list[bytes] = []
    asked = httpx.stream("POST", f"{address}/v1/chat/completions", json=body, headers=headers)
    with asked as answer, pytest.raises(httpx.RemoteProtocolError):
        gather(answer, came)
    assert answer.status_code == 200
    said = b"".join(came)
    assert (b" upon" in said) is stream and b"DONE" not in said and b"error" not in said
    assert [recording.text for recording in kept()] == ["Once upon a time there was a sea."]


@pytest.mark.parametrize("stream", [False, True])
def test_an_unreadable_piece_reads_for_a_client_as_the_raw_error_says(client: openai.OpenAI, stream: bool) -> None:
    headers = weather(Fault(kind="malformed", share=10))
    said: list[str] = []

    def read() -> None:
        answer: Any = client.chat.completions.create(
            model=CARD.name, messages=ASKED, stream=stream, extra_headers=headers
        )
        said.extend(chunk.choices[0].delta.content or "" for chunk in answer)

    with pytest.raises(json.JSONDecodeError) as told:
        read()
    assert "".join(said) == ("Once upon a time" if stream else "")
    assert FAULT_KINDS["malformed"].raw.startswith(f"{type(told.value).__name__}: {told.value.msg}: line 1 column ")
    assert [recording.text for recording in kept()] == ["Once upon a time there was a sea."]


def test_an_empty_answer_is_one(client: openai.OpenAI) -> None:
    answer = client.chat.completions.create(model=CARD.name, messages=ASKED, extra_headers=weather(Fault(kind="empty")))
    assert (answer.choices[0].message.content, answer.choices[0].finish_reason) == ("", "stop")


def test_an_error_after_the_first_word_is_a_piece_of_the_stream(client: openai.OpenAI) -> None:
    model([*STORY[:3], Event(0, "error", "boom", {"fault": "server"})])
    chunks = client.chat.completions.create(model=CARD.name, messages=ASKED, stream=True)
    came = [next(chunks).choices[0].delta.content for _ in range(4)]
    with pytest.raises(openai.APIError, match="server had a problem"):
        next(chunks)
    assert came == ["", "Once", " upon", " a"]
    assert kept()[0].broke
    with pytest.raises(openai.InternalServerError):
        client.chat.completions.create(model=CARD.name, messages=ASKED)


def test_a_real_refusal_keeps_its_own_retry_time(client: openai.OpenAI) -> None:
    model([Event(0, "error", "429", {"fault": "rate", "retry_after": "17"})])
    with pytest.raises(openai.RateLimitError) as told:
        client.chat.completions.create(model=CARD.name, messages=ASKED)
    assert told.value.response.headers["retry-after"] == "17"


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_goes_away_stops_the_model_and_what_came_is_kept(address: str, stream: bool) -> None:
    endless = model([Event(0, "token", f" {n}") for n in range(100_000)])
    with asking(address, stream, {}):
        until(lambda: bool(endless.made) and len(endless.made[0].events) > 3)
    until(lambda: endless.made[0].done)
    [recording] = kept()
    assert recording.events[-1].data["reason"] == "stopped" and recording.token_count > 3


def test_a_client_that_goes_away_during_a_silence_ends_it(address: str) -> None:
    with asking(address, True, weather(Fault(kind="timeout", patience=60))):
        until(lambda: bool(app_context().closing_tasks))
    until(lambda: not app_context().closing_tasks)


def test_an_endpoint_takes_what_the_client_wants_and_its_own_system_prompt() -> None:
    settings = Settings(temperature=0.2, system="Be a pirate.")
    hosted = Endpoint(Source("endpoint", "http://localhost:9/v1", "m"), settings)
    wanted = {"temperature": 0.9, "max_completion_tokens": 7, "stop": "end", "seed": 4, "tools": [], "model": "m"}
    prompt = Prompt((Message("system", "Be brief."), Message("user", "Hi")))
    tuned, ignored = apply_overrides(hosted, wanted, prompt)
    assert tuned.card.settings == {
        "temperature": 0.9, "top_p": 0.95, "max_tokens": 7, "system": "", "seed": 4, "stop": ["end"]
    }  # fmt: skip
    assert ignored == ("tools",) and hosted.settings == settings and tuned.making == hosted.making == ()
    assert apply_overrides(hosted, {}, Prompt.from_typed("Hi"))[0] is hosted


def test_an_exchange_with_a_hosted_model_is_forwarded_with_its_overrides(client: openai.OpenAI) -> None:
    with wrong() as server:
        app_context().store.keep_model(Source("endpoint", server.url("good"), "m"), Settings(), "Hosted")
        answer = client.chat.completions.create(model="Hosted", messages=ASKED, temperature=1.5)
    [recording] = kept()
    assert recording.text == answer.choices[0].message.content and recording.text
    assert recording.card.provider == "endpoint" and recording.card.settings["temperature"] == 1.5
    assert {one.id for one in client.models.list()} == {"Hosted", CARD.name}


def test_the_bundled_model_streams_through_it_with_probabilities_and_is_kept(client: openai.OpenAI) -> None:
    del app_context().models._models[""]
    [model] = client.models.list()
    chunks = [*client.chat.completions.create(
        model=model.id, messages=[{"role": "user", "content": "What is photosynthesis?"}], stream=True,
        logprobs=True, top_logprobs=3, max_tokens=12,
    )]  # fmt: skip
    choices = [chunk.choices[0] for chunk in chunks]
    said = "".join(choice.delta.content or "" for choice in choices)
    assert "hotosynthesis" in said and choices[-1].finish_reason in ("stop", "length")
    scored = [c for choice in choices if choice.logprobs for c in choice.logprobs.content or ()]
    assert len(scored) <= 12 and all(len(c.top_logprobs) == 3 and c.logprob <= 0 for c in scored)
    [recording] = kept()
    assert recording.text == said and recording.card.provider == "bundled" and recording.card.times == "measured"

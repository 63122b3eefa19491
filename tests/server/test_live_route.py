"""The live route, with the real model behind it."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.core.prototype import Prototype
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.models.local.local_model import LocalModel
from components.server.app_context import app_context
from components.server.live.tickets import Ticket
from components.server.routes import TOKEN_HEADER, server_routes

CAPITAL = "What is the capital of Italy?"
PANES = (("A", Prototype("Blocking", (Blocking(),))), ("B", Prototype("Streaming", (Streaming(),))))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app_context.cache_clear()
    with TestClient(Starlette(routes=server_routes())) as client:
        yield client
    app_context().close()
    app_context.cache_clear()


def ask(client: TestClient, text: str) -> Any:
    token = app_context().tickets.mint(Ticket(PANES))
    return client.post("/parallax/live", json={"text": text}, headers={TOKEN_HEADER: token})


def heard(response: Any) -> list[dict[str, Any]]:
    return [json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: ")]


def test_one_generation_feeds_every_pane_and_is_kept(client: TestClient) -> None:
    messages = heard(ask(client, CAPITAL))
    kinds = [message["kind"] for message in messages]
    assert kinds.index("loading") < kinds.index("start") and kinds[-1] == "kept"
    said = {
        key: "".join(m.get("text", "") for m in messages if m.get("pane") == key and m["kind"] == "text")
        for key in "AB"
    }
    assert said["A"] == said["B"] and said["A"]
    recording = app_context().store.recording(messages[-1]["recording"])
    assert recording is not None and recording.text == said["A"]


def test_without_a_token_nothing_is_asked(client: TestClient) -> None:
    assert client.post("/parallax/live", json={"text": "Hi"}).status_code == 403


def test_a_bad_prompt_is_explained_and_keeps_the_token(client: TestClient) -> None:
    token = app_context().tickets.mint(Ticket(PANES))
    response = client.post("/parallax/live", json={"text": "  "}, headers={TOKEN_HEADER: token})
    assert response.status_code == 422 and response.json()["what"]
    assert app_context().tickets.is_valid(token)


GARBLED = (
    b"", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"text":' * 20_000, b'{"text": "' + b"x" * 3_000_000 + b'"}',
    b'{"text": null}', b'{"text": {"a": 1}}', b'{"text": "\\ud800"}', b'{"text": "Hi", "choices": 3}',
    b'{"text": "Hi", "choices": ["x"]}', b'{"text": "Hi", "choices": [{"question": "?", "option": " "}]}',
    b'{"text": "Hi", "attempt": "x"}', b'{"text": "Hi", "attempt": 1e999}', b'{"text": "Hi", "attempt": NaN}',
    b'{"text": "Hi", "partial": [1]}', b'{"text": "Hi", "panes": 5}', b'{"text": "Hi", "panes": [[1]]}',
)  # fmt: skip


@pytest.mark.parametrize("body", GARBLED, ids=lambda body: body[:40].decode(errors="replace"))
def test_a_garbled_request_is_explained_and_keeps_the_token(client: TestClient, body: bytes) -> None:
    token = app_context().tickets.mint(Ticket(PANES))
    answer = client.post("/parallax/live", content=body, headers={TOKEN_HEADER: token})
    assert answer.status_code == 422 and answer.json()["what"] and answer.json()["do"]
    assert app_context().tickets.is_valid(token)


def test_half_a_character_in_what_was_shown_harms_neither_the_answer_nor_the_model(client: TestClient) -> None:
    token = app_context().tickets.mint(Ticket(PANES))
    body = b'{"text": "Name a fruit.", "partial": "He\\ud800", "choices": [{"question": "\\udc00?", "option": "Red"}]}'
    assert heard(client.post("/parallax/live", content=body, headers={TOKEN_HEADER: token}))[-1]["kind"] == "kept"


@pytest.mark.parametrize("token", ["", "guessed", "x" * 50_000])
def test_a_foreign_token_is_refused_in_words(client: TestClient, token: str) -> None:
    answer = client.post("/parallax/live", json={"text": "Hi"}, headers={TOKEN_HEADER: token})
    assert answer.status_code == 403 and answer.json()["do"]


def test_a_token_is_good_for_one_answer(client: TestClient) -> None:
    token = app_context().tickets.mint(Ticket(PANES))
    first, second = (
        client.post("/parallax/live", json={"text": CAPITAL}, headers={TOKEN_HEADER: token}) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 403)


def test_stop_without_an_answer_is_harmless(client: TestClient) -> None:
    assert client.post("/parallax/live/stop", headers={TOKEN_HEADER: "x"}).json() == {"stopped": False}


def test_stop_ends_the_answer_early_and_keeps_it_as_stopped(client: TestClient) -> None:
    token = app_context().tickets.mint(Ticket(PANES))
    with ThreadPoolExecutor() as at_once:
        body = {"text": "Tell me a long story about the sea."}
        answer = at_once.submit(client.post, "/parallax/live", json=body, headers={TOKEN_HEADER: token})
        until(lambda: spoken(token))
        assert client.post("/parallax/live/stop", headers={TOKEN_HEADER: token}).json() == {"stopped": True}
        messages = heard(answer.result())
    recording = app_context().store.recording(messages[-1]["recording"])
    assert recording is not None and 5 < recording.token_count < 100
    assert not recording.whole and recording.events[-1].data["reason"] == "stopped"
    assert "".join(m.get("text", "") for m in messages if m.get("pane") == "A" and m["kind"] == "text")


def test_only_so_many_are_answered_at_once_and_the_others_are_told_their_place(client: TestClient) -> None:
    model = app_context().acquire()
    assert isinstance(model, LocalModel)
    worker = model.worker
    tokens = [app_context().tickets.mint(Ticket(PANES)) for _ in range(worker.source.max_parallel + 3)]

    def asked(token: str) -> list[dict[str, Any]]:
        body = {"text": "Tell me a long story about the sea."}
        return heard(client.post("/parallax/live", json=body, headers={TOKEN_HEADER: token}))

    with ThreadPoolExecutor(len(tokens)) as at_once:
        answers = [at_once.submit(asked, token) for token in tokens]
        until(lambda: len(worker._running) == worker.source.max_parallel and len(worker._queue) == 3)
        for token in tokens:
            client.post("/parallax/live/stop", headers={TOKEN_HEADER: token})
    told = [[m["place"] for m in answer.result() if m["kind"] == "queued"] for answer in answers]
    assert sorted(max(places, default=0) for places in told) == [0] * worker.source.max_parallel + [1, 2, 3]


def spoken(token: str) -> bool:
    """Whether the answer that this token began has some words."""
    session = app_context().sessions.get(token)
    return session is not None and any(len(made.events) > 5 for made in session.generations.values())


def until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.005)

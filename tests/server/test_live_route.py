"""The live route, with the real model behind it."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.core.prototype import Prototype
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.server import home as homes
from components.server.routes import HEADER, routes
from components.server.tickets import Ticket

PANES = (("A", Prototype("Blocking", (Blocking(),))), ("B", Prototype("Streaming", (Streaming(),))))


@pytest.fixture
def client() -> Iterator[TestClient]:
    homes.home.cache_clear()
    yield TestClient(Starlette(routes=routes()))
    homes.home().close()
    homes.home.cache_clear()


def ask(client: TestClient, text: str) -> Any:
    token = homes.home().tickets.mint(Ticket(PANES))
    return client.post("/parallax/live", json={"text": text}, headers={HEADER: token})


def heard(response: Any) -> list[dict[str, Any]]:
    return [json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: ")]


def test_one_generation_feeds_every_pane_and_is_kept(client: TestClient) -> None:
    messages = heard(ask(client, "What is the capital of Italy?"))
    kinds = [message["kind"] for message in messages]
    assert kinds.index("loading") < kinds.index("start") and kinds[-1] == "kept"
    said = {
        key: "".join(m.get("text", "") for m in messages if m.get("pane") == key and m["kind"] == "text")
        for key in "AB"
    }
    assert said["A"] == said["B"] and said["A"]
    recording = homes.home().store.recording(messages[-1]["recording"])
    assert recording is not None and recording.text == said["A"]


def test_without_a_token_nothing_is_asked(client: TestClient) -> None:
    assert client.post("/parallax/live", json={"text": "Hi"}).status_code == 403


def test_a_bad_prompt_is_explained_and_keeps_the_token(client: TestClient) -> None:
    token = homes.home().tickets.mint(Ticket(PANES))
    response = client.post("/parallax/live", json={"text": "  "}, headers={HEADER: token})
    assert response.status_code == 422 and response.json()["what"]
    assert homes.home().tickets.good(token)


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b"\xff\xfe", b'{"text": "Hi", "choices": 3}', b'{"text": "Hi", "attempt": "x"}']
)
def test_a_garbled_request_is_explained(client: TestClient, body: bytes) -> None:
    token = homes.home().tickets.mint(Ticket(PANES))
    assert client.post("/parallax/live", content=body, headers={HEADER: token}).status_code == 422


def test_stop_without_an_answer_is_harmless(client: TestClient) -> None:
    assert client.post("/parallax/live/stop", headers={HEADER: "x"}).json() == {"stopped": False}
    assert time.monotonic()

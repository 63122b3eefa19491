"""Several models at once: each is opened when it is needed, and those on this computer make room for each other."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.core.card import Card
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.delivery.streaming import Streaming
from components.models.endpoint.bound_key import BoundKey
from components.models.endpoint.endpoint import Endpoint
from components.models.local.local_model import LocalModel
from components.models.source import Settings, Source
from components.models.written.scripted_model import AnswerScript, scripted_events
from components.server.app_context import AppContext, app_context
from components.server.live.tickets import Ticket
from components.server.model_registry import MAX_LOCAL_MODELS
from components.server.routes import TOKEN_HEADER, server_routes
from tests.faults.server import Wrong, wrong

PANES = (("A", Prototype("Streaming", (Streaming(),))),)
STORY = Prompt.from_typed("Tell me a long story about the sea.")


@pytest.fixture
def place(own_data_folder: object) -> Iterator[AppContext]:
    app_context.cache_clear()
    yield app_context()
    app_context().close()
    app_context.cache_clear()


@pytest.fixture(scope="module")
def server() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


def bundled(place: AppContext, temperature: float) -> str:
    return place.store.keep_model(Source(), Settings(temperature=temperature), f"At {temperature}")


def endpoint(place: AppContext, server: Wrong, way: str = "good", key: str = "") -> str:
    return place.store.keep_model(Source("endpoint", server.url(way), "m", key), Settings(), "Hosted")


def local(place: AppContext, id: str) -> LocalModel:
    model = place.acquire(id)
    assert isinstance(model, LocalModel)
    return model


def test_a_wired_model_is_made_once_with_its_settings(place: AppContext) -> None:
    id = bundled(place, 0.9)
    assert local(place, id) is place.acquire(id) and place.acquire("") is place.acquire("")
    assert place.acquire(id).card.settings["temperature"] == 0.9
    assert not local(place, id).is_running and not local(place, "").is_running


def test_names_say_what_runs_on_this_computer_and_what_its_recordings_are_called_by(
    place: AppContext, server: Wrong
) -> None:
    assert place.model_name() == "SmolLM2-135M-Instruct, on this computer"
    assert place.model_name(bundled(place, 0.9)) == "At 0.9 (SmolLM2-135M-Instruct), on this computer"
    assert place.model_name(endpoint(place, server)) == "Hosted (m)"


def test_an_unknown_model_is_explained(place: AppContext) -> None:
    with pytest.raises(Explained, match="not known here") as error:
        place.acquire("unknown")
    assert error.value.kept and error.value.do


def test_the_idle_model_used_longest_ago_makes_room(place: AppContext) -> None:
    ids = [bundled(place, n / 10) for n in range(MAX_LOCAL_MODELS + 1)]
    models = [local(place, id) for id in ids]
    for model in models[:MAX_LOCAL_MODELS]:
        model.start()
    place.acquire(ids[0])
    local(place, ids[MAX_LOCAL_MODELS]).start()
    assert [model.is_running for model in models] == [True, False, True, True]


def test_a_model_at_work_is_never_closed_for_another(place: AppContext, server: Wrong) -> None:
    ids = [bundled(place, n / 10) for n in range(MAX_LOCAL_MODELS + 1)]
    models = [local(place, id) for id in ids[:MAX_LOCAL_MODELS]]
    asked = [model.ask(STORY) for model in models]
    with pytest.raises(Explained, match="no room"):
        place.acquire(ids[MAX_LOCAL_MODELS])
    assert isinstance(place.acquire(endpoint(place, server)), Endpoint)  # costs no process
    asked[1].stop()
    assert asked[1].wait(30)
    place.acquire(ids[MAX_LOCAL_MODELS])
    assert [model.is_running for model in models] == [True, False, True]


def test_a_key_is_found_where_the_pages_say(place: AppContext, server: Wrong) -> None:
    id = endpoint(place, server, key="PARALLAX_KEY_OF_TESTS")
    with pytest.raises(Explained, match="no key"):
        place.acquire(id).check()
    place.find_set_key = lambda name: BoundKey(f"the key called {name}")
    place.acquire(id).check()


def test_the_model_that_the_ticket_names_is_asked(place: AppContext, server: Wrong) -> None:
    id = endpoint(place, server)
    with TestClient(Starlette(routes=server_routes())) as client:
        token = place.tickets.mint(Ticket(PANES, id))
        answer = client.post("/parallax/live", json={"text": "Is it so?"}, headers={TOKEN_HEADER: token})
        messages = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
        recording = place.store.recording(messages[-1]["recording"])
    assert recording is not None and (recording.card.provider, recording.text) == ("endpoint", "It is so.")
    assert not local(place, "").is_running


def test_a_ticket_for_a_model_that_is_gone_is_explained_and_kept(place: AppContext) -> None:
    with TestClient(Starlette(routes=server_routes())) as client:
        token = place.tickets.mint(Ticket(PANES, "unknown"))
        answer = client.post("/parallax/live", json={"text": "Is it so?"}, headers={TOKEN_HEADER: token})
    assert answer.status_code == 422 and "not known" in answer.json()["what"] and place.tickets.is_valid(token)


def live(place: AppContext, id: str, text: str) -> list[dict[str, Any]]:
    with TestClient(Starlette(routes=server_routes())) as client:
        token = place.tickets.mint(Ticket(PANES, id))
        answer = client.post("/parallax/live", json={"text": text}, headers={TOKEN_HEADER: token})
        return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


def test_a_script_answers_live_and_is_kept_as_scripted(place: AppContext) -> None:
    script = AnswerScript((("Is it so?", "It is, says the wizard."),), first=0.01, rate=500)
    id = place.store.keep_model(Source("scripted", script=script), Settings(), "Helpful")
    messages = live(place, id, "is it so?")
    recording = place.store.recording(messages[-1]["recording"])
    assert recording is not None and recording.card.scripted and recording.text == "It is, says the wizard."
    assert place.model_name(id) == "Helpful, scripted" and place.store.search(scripted=True).total == 1


def test_a_recording_answers_live_and_is_not_kept_twice(place: AppContext) -> None:
    made = Recording(STORY, Card("Small", "endpoint"), scripted_events("Once upon a time.", 0.01, 0.002), "2025-01-01")
    kept = place.store.keep_recording(made)
    id = place.store.keep_model(Source("replay"), Settings(), "What we have")
    messages = live(place, id, STORY.text)
    assert "".join(m.get("text", "") for m in messages if m["kind"] == "text") == "Once upon a time."
    assert messages[-1] == {"kind": "kept", "recording": kept} and place.store.search().total == 1


def test_what_was_not_recorded_is_explained_live(place: AppContext) -> None:
    id = place.store.keep_model(Source("replay"), Settings(), "What we have")
    problem = live(place, id, "Something new?")[-1]
    assert problem["kind"] == "problem" and "Nobody has recorded" in problem["what"] and problem["do"]


def test_a_batch_of_what_was_recorded_keeps_nothing_twice(place: AppContext) -> None:
    place.store.keep_recording(Recording(STORY, Card("Small", "endpoint"), scripted_events("Once.", 0.01, 0.002)))
    id = place.store.keep_model(Source("replay"), Settings(), "What we have")
    batch = place.batches.begin(id, "Stories", (("story", STORY), ("other", Prompt.from_typed("Something new?"))))
    assert batch.wait(20)
    assert (batch.progress.done, batch.progress.failed, place.store.search().total) == (1, 1, 1)

"""Each of the four times that an endpoint is waited for is a setting, kept with the model and honoured."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.endpoint.endpoint import Endpoint
from components.models.source import Settings, Source, Timeouts
from components.store import Store
from tests.faults.server import Wrong, wrong

LONG = 60.0
SHORT = 0.3


@pytest.fixture(scope="module")
def server() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


def answered(url: str, **patience: float) -> list[Event]:
    waits = {"connect": LONG, "first": LONG, "between": LONG, "total": LONG, **patience}
    endpoint = Endpoint(Source("endpoint", url, "m", patience=Timeouts(**waits)))
    generation = endpoint.ask(Prompt.from_typed("Is it so?"))
    assert generation.wait(20)
    endpoint.close()
    return generation.events


def test_the_wait_for_a_connection_ends() -> None:
    """A listener whose queue is full takes no more connections and refuses none."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as full:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        try:
            [event] = answered(f"http://127.0.0.1:{full.getsockname()[1]}/v1", connect=SHORT)
        finally:
            for one in waiting:
                one.close()
    assert event.data["fault"] == "timeout" and "timed out" in event.text


def test_the_wait_for_the_first_token_ends(server: Wrong) -> None:
    [event] = answered(server.url("silent"), first=SHORT)
    assert event.data["fault"] == "timeout"


def test_the_wait_between_tokens_ends_and_keeps_what_came(server: Wrong) -> None:
    events = answered(server.url("stuck"), between=SHORT)
    assert [event.text for event in events[:-1]] == ["It ", "is "] and events[-1].data["fault"] == "timeout"


def test_the_wait_for_the_whole_answer_ends_and_keeps_what_came(server: Wrong) -> None:
    events = answered(server.url("slow"), total=1.0)
    assert events[0].text == "0 " and events[-1].data["fault"] == "timeout"


def test_patience_is_kept_with_the_model_and_makes_it_another_one() -> None:
    store = Store.open()
    patient, usual = (Source("endpoint", "http://localhost:1/v1", "m", patience=p) for p in (Timeouts(2), Timeouts()))
    ids = [store.keep_model(source, Settings(), "Hosted") for source in (patient, usual)]
    assert len(set(ids)) == 2 and "patience" not in usual.to_json()
    assert [one.source for id in ids if (one := store.model(id))] == [patient, usual]
    store.close()


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), 100_000.0])
def test_a_time_that_nobody_can_wait_is_explained(seconds: float) -> None:
    with pytest.raises(Explained) as error:
        Timeouts(between=seconds)
    assert error.value.what and error.value.kept and error.value.do

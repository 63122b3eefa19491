"""A test of the connection names the exact fault, or measures what it found."""

from collections.abc import Iterator

import pytest

from components.core.event import Event
from components.core.explained import Explained
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.fault_cures import CURES
from components.models.endpoint.model_list import list_endpoint_models
from components.models.endpoint.model_profile import ModelProfile, measure_profile, time_call
from components.models.source import Settings, Source, Timeouts
from tests.faults.server import Wrong, wrong

QUICK = Timeouts(connect=2, first=0.5, between=0.5, total=5)


@pytest.fixture(scope="module")
def server() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


def probed(url: str, calls: int = 2) -> ModelProfile:
    return measure_profile(Endpoint(Source("endpoint", url, "m", patience=QUICK), Settings()), calls=calls)


def test_a_good_endpoint_is_measured_and_its_progress_told(server: Wrong) -> None:
    done: list[int] = []
    made = measure_profile(
        Endpoint(Source("endpoint", server.url("good"), "m"), Settings()), lambda n, _: done.append(n)
    )
    assert done == sorted(done) and {1, 2, 3, 4, 5} <= set(done) and len(made.calls) == 5
    assert all(one.tokens == 3 and one.first > 0 for one in made.calls)
    assert ModelProfile.from_json(made.to_json()) == made


def test_what_it_lacks_is_remarked_on(server: Wrong) -> None:
    whole, probable = probed(server.url("at once")), probed(server.url("probable"))
    assert any("does not stream" in remark for remark in whole.remarks)
    assert not whole.probabilities and probable.probabilities


@pytest.mark.parametrize(
    ("way", "fault"),
    [("silent", "timeout"), ("reset", "cut"), ("malformed", "malformed"), ("401", "key"), ("404", "missing"),
     ("500", "server"), ("web page", "malformed"), ("empty", "empty"), ("400", "request")],
)  # fmt: skip
def test_the_exact_fault_is_named_with_its_cure(server: Wrong, way: str, fault: str) -> None:
    with pytest.raises(Explained) as error:
        probed(server.url(way))
    assert error.value.what.startswith(CURES[fault].what) and error.value.do == CURES[fault].do


def test_how_long_to_wait_is_said(server: Wrong) -> None:
    with pytest.raises(Explained, match="7 s"):
        probed(server.url("429"))


def test_nobody_there_is_said() -> None:
    with pytest.raises(Explained, match="Nobody answers"):
        probed("http://127.0.0.1:9/v1")
    with pytest.raises(Explained, match="Nobody answers"):
        list_endpoint_models(Source("endpoint", "http://127.0.0.1:9/v1"))


def test_the_figures_of_a_call_are_those_of_its_gaps() -> None:
    tokens = [Event(at, "token", "a") for at in (0.5, 0.6, 0.7, 1.2, 1.3)]
    made = time_call(tokens)
    assert (made.first, made.rate, made.stall, made.tokens) == (0.5, 5.0, 0.5, 5)
    assert time_call(tokens[:1]).rate == 0.0


def test_what_it_offers_is_listed(server: Wrong) -> None:
    assert list_endpoint_models(Source("endpoint", server.url("good"))) == ("m",)

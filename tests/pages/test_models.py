"""Models: the one that answers, one more that is wired, and what is known of each."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.models.probe import Call, Profile
from components.models.source import Settings, Source
from components.store import Store

PAGE = str(Path(__file__).parents[2] / "pages" / "models.py")
ENDPOINT = Source("endpoint", "http://127.0.0.1:9/v1", "small")


@pytest.fixture
def wired(own_data_folder: Path) -> str:
    store = Store.open(own_data_folder)
    id = store.keep_model(ENDPOINT, Settings(), "Our *model*")
    store.keep_finding(id, "profile", Profile((Call(0.5, 20.0, 0.01, 0.2, 30),) * 5, True, False).to_json())
    return id


def opened() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60).run()
    assert not page.exception
    return page


def test_the_bundled_model_answers_at_first(own_data_folder: Path) -> None:
    page = opened()
    assert "SmolLM2" in page.subheader[0].value
    assert [button for button in page.button if button.key == "test-"]


def test_a_wired_model_shows_its_profile_and_can_be_used(wired: str) -> None:
    page = opened()
    assert [metric.value for metric in page.metric] == ["0.5 s", "20", "0.01 s", "0.2 s"]
    page.button(key=f"use-{wired}").click().run()
    assert not page.exception
    assert not [button for button in page.button if button.key == f"use-{wired}"]


def test_a_test_that_fails_names_the_fault(wired: str) -> None:
    page = opened()
    page.button(key=f"test-{wired}").click().run(timeout=60)
    assert not page.exception
    assert any("Nobody answers" in error.value for error in page.error)


def test_what_is_put_away_can_be_taken_back(wired: str) -> None:
    page = opened()
    page.button(key=f"away-{wired}").click().run()
    assert len(page.metric) == 0
    page.button(key="take-back").click().run()
    assert len(page.metric) == 4 and not page.exception


def test_an_unfinished_form_is_explained(own_data_folder: Path) -> None:
    page = opened()
    page.button(key="wire-go").click().run()
    assert any("missing" in error.value for error in page.error)

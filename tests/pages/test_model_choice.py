"""Model choice: the model in use is a person's in every tab, and no other one answers in its place in silence."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.models.source import Settings, Source
from components.store import Store
from components.store.works import MINE
from components.ui.shared.state import PageState

PAGES = Path(__file__).parents[2] / "pages"
ME, YOU = "a-rater-of-the-tests", "another-one-of-the-tests"


@pytest.fixture
def calm(own_data_folder: Path) -> str:
    """A wired model."""
    return Store.open(own_data_folder).keep_model(Source(), Settings(temperature=0.1), "Calm")


def opened(page: str, rater: str = ME) -> AppTest:
    """A page in a tab of its own."""
    test = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30)
    test.session_state["parallax"] = PageState(rater=rater)
    test.run()
    assert not test.exception and not test.error
    return test


def asked(page: AppTest) -> dict[str, Any] | None:
    """Who is asked live, as the player is told; None where nobody is."""
    told: list[dict[str, Any]] = [json.loads(part.proto.json) for part in page.get("bidi_component")]
    [values] = [values for values in told if "panes" in values]
    found: dict[str, Any] | None = values["live"]
    return found


def name_asked(page: AppTest) -> str:
    live = asked(page)
    return live["model"] if live else ""


def test_the_model_in_use_answers_in_every_tab_of_a_person_and_in_nobody_elses(calm: str) -> None:
    opened("models").button(key=f"use-{calm}").click().run()
    assert name_asked(opened("compare")).startswith("Calm (SmolLM2")
    assert name_asked(opened("compare", YOU)).startswith("SmolLM2")


def test_a_model_that_only_its_owner_finds_answers_its_owner(own_data_folder: Path) -> None:
    own = Store.open(own_data_folder).keep_model(Source(), Settings(temperature=0.3), "My own", ME, MINE)
    models = opened("models").button(key=f"use-{own}").click().run()
    assert not any("was put away" in part.value for part in models.markdown)
    assert name_asked(opened("compare")).startswith("My own")


def test_a_tab_that_is_open_asks_who_was_chosen_in_another_one(calm: str) -> None:
    page = opened("compare")
    before = asked(page)
    opened("models").button(key=f"use-{calm}").click().run()
    after = asked(page.run())
    assert before and after and before["token"] != after["token"] and after["model"].startswith("Calm")


def test_no_other_model_answers_in_silence_where_the_chosen_one_was_put_away(calm: str, own_data_folder: Path) -> None:
    opened("models").button(key=f"use-{calm}").click().run()
    Store.open(own_data_folder).put_away_model(calm)
    page = opened("compare")
    assert asked(page) is None and any("Calm" in text.value and "put away" in text.value for text in page.markdown)
    page.button(key="stand-in").click().run()
    assert name_asked(page).startswith("SmolLM2") and not [b for b in page.button if b.key == "stand-in"]
    assert asked(opened("compare")) is None, "this time is this tab alone"
    Store.open(own_data_folder).take_back_model(calm)
    assert name_asked(page.run()).startswith("Calm")


def test_the_model_in_use_stays_chosen_where_one_puts_it_away_oneself(calm: str) -> None:
    page = opened("models")
    page.button(key=f"use-{calm}").click().run()
    page.button(key=f"away-{calm}").click().run()
    assert not page.exception and [b for b in page.button if b.key == "use-"] and asked(opened("compare")) is None
    page.button(key="take-back").click().run()
    assert name_asked(opened("compare")).startswith("Calm")

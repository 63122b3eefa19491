"""The questions to try on Compare: those that come along, one's own, and the wrong answer beside the right one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.explained import Explained
from components.core.scenario import WRONG, Scenario, WrittenAnswer
from components.core.script import Script
from components.prompts.scenarios import bundled_scenarios
from components.server.app_context import app_context
from components.store import WorkState
from components.store.works import SCENARIO
from components.ui.shared.example_rows import OWN, outcome_row, scenario_from
from components.ui.shared.samples import first_comparison, sample_recordings

SHOES = Scenario(
    "Can I return shoes?", WrittenAnswer("Within 30 days.", 90), wrong=WrittenAnswer("Always.", 85),
    replies={"Worn": WrittenAnswer("No.")}, script=Script(question="Were they worn?", options=("Worn",)),
)  # fmt: skip
DRAWN = """
import streamlit as st
from components.ui.shared import rows, screen
chosen = st.session_state.get("chosen", [])
for name, value in chosen:
    rows.apply_choice({"name": name, "value": value})
compare = screen.current_comparison()
st.session_state["drawn"] = {row["name"]: row for row in rows.choice_rows(compare)}
st.session_state["compare"] = compare
"""


@pytest.fixture(autouse=True)
def own_home(own_data_folder: Path) -> Iterator[None]:
    app_context.cache_clear()
    yield
    app_context().close()
    app_context.cache_clear()


def chosen(*choices: tuple[str, str]) -> AppTest:
    """A page on which these choices were made."""
    page = AppTest.from_string(DRAWN, default_timeout=60)
    page.session_state["chosen"] = list(choices)
    page.run()
    assert not page.exception
    return page


def keep(values: dict[str, object]) -> str:
    """The value of the entry of a scenario that is kept as a work."""
    return OWN + app_context().store.keep_work(SCENARIO, "Shoes", "", WorkState(values)).id


def test_every_scenario_that_comes_along_can_be_tried() -> None:
    row = chosen().session_state["drawn"]["sample"]
    entries = [option for group in row["more"]["groups"] for option in group["options"]]
    offered = {option["value"] for option in [*row["options"], *entries]}
    assert {scenario.recordings()[0].id for scenario in bundled_scenarios()} <= offered
    for value in offered:
        assert chosen(("sample", value)).session_state["compare"].recording.id == value


def test_the_wrong_answer_takes_the_place_of_the_right_one_and_back() -> None:
    for scenario in bundled_scenarios():
        first = ("sample", scenario.recordings()[0].id)
        page = chosen(first, ("outcome", "wrong"))
        assert page.session_state["compare"].recording == scenario.recordings(WRONG)[0]
        assert page.session_state["drawn"]["outcome"]["value"] == "wrong"
        back = chosen(first, ("outcome", "wrong"), ("outcome", "right"))
        assert back.session_state["compare"].recordings == scenario.recordings()


def test_a_scenario_of_ones_own_is_played_with_all_that_was_written_for_it() -> None:
    value = keep(SHOES.to_json())
    groups = chosen().session_state["drawn"]["sample"]["more"]["groups"]
    assert [option["label"] for option in groups[0]["options"]] == ["Shoes"]
    page = chosen(("sample", value), ("outcome", "wrong"))
    played = page.session_state["compare"].recordings
    assert [recording.id for recording in played] == [recording.id for recording in SHOES.recordings(WRONG)]
    for recording in (*SHOES.recordings(), *SHOES.recordings(WRONG)):
        assert app_context().store.recording(recording.id) == recording


def test_a_scenario_without_an_answer_is_explained() -> None:
    work = keep({"question": "Why?"}).removeprefix(OWN)
    with pytest.raises(Explained, match="cannot be played yet"):
        scenario_from(app_context().store.work_step(work, 1))


def test_an_answer_of_a_model_is_neither_right_nor_wrong() -> None:
    spoken = sample_recordings()[0]
    assert outcome_row(replace(first_comparison(), recordings=(spoken,))) is None

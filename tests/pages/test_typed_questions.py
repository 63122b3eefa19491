"""A question that is typed on Compare in one's own words is offered the answer that was written for it."""

import pytest
from streamlit.testing.v1 import AppTest

from components.core.scenario import Scenario, WrittenAnswer
from components.prompts.scenarios import bundled_scenarios
from components.store import Store
from components.ui.scenarios.open_scenario import keep_scenario
from components.ui.shared import state, written_offer
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState
from tests.pages.test_compare import RATER, given, opened

WRITTEN = next(each for each in bundled_scenarios() if each.question != first_comparison().prompt.text)


def typed(page: AppTest, question: str) -> AppTest:
    page.session_state["parallax"].typed = question
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize("change", [str.upper, lambda text: text.rstrip("?.") + "!!", lambda text: f"  {text} "])
def test_what_is_written_for_a_typed_question_is_offered(change) -> None:  # type: ignore[no-untyped-def]
    offer = given(typed(opened(), change(WRITTEN.question)))["found"]
    assert offer["value"] == WRITTEN.recordings()[0].id and offer["asked"] == change(WRITTEN.question)
    assert offer["same"]


def test_a_near_question_is_offered_as_near_unless_what_is_near_is_on_screen() -> None:
    near = WRITTEN.question.replace(" ", "  ", 1).replace("a", "aa", 1)
    offer = given(typed(opened(), near))["found"]
    assert (offer["value"], offer["same"]) == (WRITTEN.recordings()[0].id, False)
    assert given(typed(opened(), first_comparison().prompt.text.replace("a", "aa", 1)))["found"] is None


@pytest.mark.parametrize("question", ["", "Hi", "What is the mass of the moon in elephants?", "\0<script>" * 50])
def test_nothing_is_offered_for_a_question_that_nobody_wrote(question: str) -> None:
    assert given(typed(opened(), question))["found"] is None


def test_what_is_on_screen_already_is_known_as_that() -> None:
    asked = first_comparison().prompt.text.upper()
    offer = given(typed(opened(), asked))["found"]
    assert (offer["asked"], offer["value"]) == (asked, "")


def test_ones_own_scenario_is_offered_by_its_other_wordings_too(monkeypatch: pytest.MonkeyPatch) -> None:
    opened()  # there is a store
    monkeypatch.setattr(state, "rater_id", lambda: RATER)
    own = Scenario(
        "Where do the otters sleep?", WrittenAnswer("In a holt."), also=("Otters, where do they sleep at night?",)
    )
    work = keep_scenario(own.to_json())
    keep_scenario({"question": "Not whole yet"})
    assert len(list(written_offer.written_questions())) >= 2
    offer = given(typed(opened(PageState(rater=RATER)), "otters where do they sleep at night"))["found"]
    assert offer["value"] == f"work:{work.id}" and offer["label"] == own.question
    assert Store.open().work(work.id, RATER)

"""Scenarios: one is begun, written, kept as it is typed, found again and played."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.scenario import Scenario, WrittenAnswer
from components.server.app_context import app_context
from components.store import Store, WorkQuery, WorkState
from components.store.works import SCENARIO

PAGE = str(Path(__file__).parents[2] / "pages" / "scenarios.py")
SHOES = Scenario("Can I return shoes?", WrittenAnswer("Yes, within 30 days.", 90), wrong=WrittenAnswer("Always."))


@pytest.fixture(autouse=True)
def own_home(own_data_folder: Path) -> Iterator[None]:
    app_context.cache_clear()
    yield
    app_context().close()
    app_context.cache_clear()


def opened(work: str = "") -> AppTest:
    """The page, with the scenario of a work where one is named."""
    page = AppTest.from_file(PAGE, default_timeout=60)
    if work:
        page.query_params["work"] = work
    page.run()
    assert not page.exception
    return page


def store() -> Store:
    """The store that the page uses."""
    return app_context().store


def kept() -> list[dict[str, object]]:
    """The content of every scenario that is kept."""
    works = store().find_works(WorkQuery("", kind=SCENARIO)).works
    steps = [store().work_step(work.id, work.step) for work in works]
    return [dict(step.content) for step in steps if step]


def written(page: AppTest, name: str, value: object) -> AppTest:
    """The page after something was written in the field whose key ends so."""
    widgets = [*page.text_area, *page.text_input, *page.number_input]
    [widget] = [widget for widget in widgets if str(widget.key).endswith(f"-{name}")]
    widget.set_value(value).run(timeout=60)
    assert not page.exception
    return page


def test_the_list_says_first_what_a_scenario_is_and_only_to_a_beginner_how_to_begin() -> None:
    page = opened()
    assert [title.value for title in page.title] == ["Scenarios"]
    assert "everything that is written for it" in page.caption[0].value and "written none yet" in page.caption[1].value
    written_scenario = WorkState(SHOES.to_json())
    store().keep_work(SCENARIO, "Shoes", "", written_scenario)
    page = opened()
    assert "everything that is written for it" in page.caption[0].value
    assert not any("written none yet" in caption.value for caption in page.caption)


def test_a_blank_scenario_is_kept_as_it_is_typed() -> None:
    page = opened()
    page.button(key="scenario-new").click().run(timeout=60)
    [work] = store().find_works(WorkQuery("", kind=SCENARIO)).works
    page = opened(work.id)
    assert not page.error and any("as soon as a question and a right answer" in info.value for info in page.info)
    assert page.button(key="scenario-play").disabled
    written(page, "question", "Can I return shoes?")
    written(page, "answer-text", "Yes, within 30 days.")
    written(page, "answer-sure", 90.0)
    [values] = kept()
    assert Scenario.from_json(values).answer == WrittenAnswer("Yes, within 30 days.", 90)
    assert not page.error
    assert store().find_works(WorkQuery("", kind=SCENARIO)).works[0].name == "Can I return shoes?"


def test_another_part_shows_what_was_written_and_changes_nothing() -> None:
    page = opened(keep_in_store(SHOES))
    for part in ("Asking back", "Pace", "Sources", "Question and answers"):
        in_part(page, part)
    [values] = kept()
    assert Scenario.from_json(values) == SHOES


def keep_in_store(scenario: Scenario) -> str:
    """The id of a scenario that is kept as a work."""
    return store().keep_work(SCENARIO, scenario.question, "", WorkState(scenario.to_json())).id


def test_other_wordings_are_kept_a_line_each() -> None:
    page = opened(keep_in_store(SHOES))
    written(page, "also", "Are shoes taken back?\n\n  Shoes: return? ")
    [values] = kept()
    assert values["also"] == ["Are shoes taken back?", "Shoes: return?"]


def in_part(page: AppTest, part: str) -> AppTest:
    """The page with another part of the scenario."""
    [control] = [group for group in page.button_group if group.key == "scenario-part"]
    control.set_value(part).run(timeout=60)
    assert not page.exception and page.session_state["scenario-part"] == part
    return page


def pressed(page: AppTest, ending: str) -> AppTest:
    """The page after a press of the button whose key ends so."""
    [button] = [button for button in page.button if str(button.key).endswith(ending)]
    button.click().run(timeout=60)
    assert not page.exception
    return page


def test_rows_of_a_table_are_written_added_moved_and_taken_out() -> None:
    page = in_part(opened(keep_in_store(SHOES)), "Plan and steps")
    written(page, "script-plan-0-0", "Read the policy")
    written(page, "script-plan-0-1", "30 days")
    pressed(page, "script-plan-add")
    written(page, "script-plan-1-0", "Look at the receipt")
    assert kept()[0]["script"] == {"plan": ["Read the policy | 30 days", "Look at the receipt"]}
    pressed(page, "script-plan-1-up")
    assert kept()[0]["script"] == {"plan": ["Look at the receipt", "Read the policy | 30 days"]}
    pressed(page, "script-plan-0-out")
    assert kept()[0]["script"] == {"plan": ["Read the policy | 30 days"]}
    pressed(page, "script-plan-0-out")
    assert "script" not in kept()[0] or not kept()[0]["script"]


def test_a_number_in_a_row_can_be_taken_back() -> None:
    page = in_part(opened(keep_in_store(SHOES)), "Asking back")
    written(page, "replies-0-0", "Indoors")
    written(page, "replies-0-2", "Yes.")
    written(page, "replies-0-1", 80.0)
    assert kept()[0]["replies"] == {"Indoors": {"text": "Yes.", "sure": 80}}
    written(page, "replies-0-1", None)
    assert kept()[0]["replies"] == {"Indoors": {"text": "Yes."}}


def test_what_is_typed_and_the_part_that_is_left_at_the_same_moment_is_kept() -> None:
    page = opened(keep_in_store(SHOES))
    [field] = [area for area in page.text_area if str(area.key).endswith("-also")]
    field.set_value("Are shoes taken back?")
    in_part(page, "Pace")
    assert kept()[0]["also"] == ["Are shoes taken back?"]


def test_a_deleted_scenario_leaves_the_list_and_comes_back_with_undo() -> None:
    work = keep_in_store(SHOES)
    page = opened(work)
    pressed(page, "scenario-delete")
    assert not kept() and any("Deleted “Can I return shoes" in caption.value for caption in page.caption)
    pressed(page, f"undo-{work}")
    assert len(kept()) == 1 and not any(button.label == "Undo" for button in page.button)


def test_a_scenario_that_was_opened_by_its_link_plays_on_compare() -> None:
    page = opened(keep_in_store(SHOES))
    page.button(key="scenario-play").click().run(timeout=60)
    assert not page.error and store().recordings_for(SHOES.prompt.id)


def test_a_link_to_a_scenario_that_is_not_here_is_explained() -> None:
    page = opened("nothing-of-the-sort")
    assert any("not kept here" in error.value for error in page.error)


def test_a_deleted_scenarios_link_says_so_and_brings_it_back() -> None:
    work = keep_in_store(SHOES)
    store().delete_work(work, "")
    page = opened(work)
    assert any("This scenario was deleted" in caption.value for caption in page.caption)
    [back] = [button for button in page.button if button.label == "Bring it back"]
    back.click().run(timeout=60)
    assert not page.exception and [one.id for one in store().find_works(WorkQuery("", kind=SCENARIO)).works] == [work]
    assert not any("was deleted" in caption.value for caption in page.caption)


def test_scenarios_of_a_table_are_kept_a_row_each() -> None:
    page = opened()
    page.text_area(key="scenario-paste").set_value("Question\tAnswer\nWhy?\tSo.\nWhen?\tNow.").run(timeout=60)
    page.button(key="scenario-pasted").click().run(timeout=60)
    assert {str(values["question"]) for values in kept()} == {"Why?", "When?"}
    assert [toast.value for toast in page.toast] == ["2 scenarios kept."]


def test_a_table_that_lacks_an_answer_is_explained_and_stays() -> None:
    page = opened()
    page.text_area(key="scenario-paste").set_value("Why?\tSo.\nWhen?\t").run(timeout=60)
    page.button(key="scenario-pasted").click().run(timeout=60)
    assert any("Row 2" in error.value for error in page.error)
    assert not kept()
    assert page.text_area(key="scenario-paste").value


def test_going_back_to_an_earlier_state_is_a_state_of_its_own() -> None:
    work = keep_in_store(SHOES)
    page = opened(work)
    written(page, "question", "Can I return boots?")
    page.button(key="scenario-back-1").click().run(timeout=60)
    [values] = kept()
    assert json.loads(json.dumps(values))["question"] == "Can I return shoes?"
    assert len(store().work_steps(work)) == 3

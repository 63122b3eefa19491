"""What another person turns in a comparison, as it reaches the dials that are open on one's own screen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.core.own_model import model_of_card
from components.core.prototype import Prototype
from components.layers.compare import Comparison
from components.layers.confidence.badge import Badge
from components.layers.delivery.streaming import Streaming
from components.store import Store
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState
from components.ui.shared.work_content import comparison_state
from tests.pages.test_compare import PAGE, RATER
from tests.pages.test_home import OTHER, on_screen, opened, pressed

PANE = Prototype("Careful", (Streaming(), Badge()))
Change = Callable[[Prototype], Prototype]


def with_badge(**dials: Any) -> Change:
    return lambda pane: replace(pane, layers=(pane.layers[0], replace(pane.layers[1], **dials)))


def shared_page(page: str = PAGE) -> AppTest:
    """A page with the dials of a comparison's one pane open."""
    compare = replace(first_comparison(), prototypes=(PANE,), answers=())
    id = Store.open().keep_work("comparison", "Ours", RATER, comparison_state(compare)).id
    Store.open().name_rater(OTHER, "Ben")
    return opened(page, PageState(rater=RATER, blind=False, open="A"), work=id)


def turn_elsewhere(page: AppTest, change: Change) -> None:
    """Another person turns something in the pane; then the page looks again."""
    store, id = Store.open(), str(page.query_params["work"])
    compare = on_screen(page)
    changed = compare.with_prototype("A", change(compare.panes["A"]))
    store.add_step(id, comparison_state(changed), OTHER, store.work_steps(id)[0].step)
    page.run()
    assert not page.exception and not page.error


def turn_notes(page: AppTest) -> list[str]:
    """What is said at dials of who turned them."""
    told = [each.value.replace("\\", "") for each in page.sidebar.caption]
    return [text.split(": ", 1)[1] for text in told if text.startswith(":material/edit:")]


def answered_elsewhere(pane: Prototype) -> Prototype:
    return pane.with_own_model(model_of_card(first_comparison().recording.card))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda pane: replace(pane, name="Quick"), "“Careful” → “Quick”"),
        (with_badge(high=0.9), "0.75 → 0.9"),
        (with_badge(source="lowest span"), "its least sure phrase"),
        (lambda pane: replace(pane, layers=pane.layers[:1]), "took away Badge"),
        (answered_elsewhere, "The same as the others → "),
    ],
)
def test_what_another_turned_stays_turned_is_told_at_its_dial_and_can_be_taken_back(change: Change, told: str) -> None:
    page = shared_page()
    turn_elsewhere(page, change)
    assert on_screen(page).panes["A"] == change(PANE)
    [note] = turn_notes(page)
    assert note.startswith("Ben") and told in note
    [back] = [button for button in page.button if str(button.key).startswith("turn-back-")]
    pressed(page, str(back.key))
    assert on_screen(page).panes["A"] == PANE and turn_notes(page) == []
    pressed(page, "design-act-undo")
    assert on_screen(page).panes["A"] == change(PANE)


def test_a_description_that_another_wrote_stays_written() -> None:
    page = shared_page(PAGE.replace("compare.py", "design.py"))
    turn_elsewhere(page, lambda pane: replace(pane, about="For people in a hurry"))
    page.run()
    assert on_screen(page).panes["A"].about == "For people in a hurry"


def test_a_dial_that_another_goes_on_turning_is_told_of_from_where_it_stood_first() -> None:
    page = shared_page()
    for high in (0.8, 0.85, 0.9):
        turn_elsewhere(page, with_badge(high=high))
    [note] = turn_notes(page)
    assert note == "Ben: 0.75 → 0.9"
    assert any("0.75 → 0.9" in each.value.replace("\\", "") for each in page.caption if "Badge" in each.value)
    pressed(page, "together-back")
    assert on_screen(page).panes["A"] == PANE and turn_notes(page) == []


def test_of_a_dial_that_both_turned_ones_own_value_stands_and_theirs_can_be_used() -> None:
    page = shared_page()
    [slider] = [each for each in page.sidebar.slider if each.label.startswith("High")]
    theirs = with_badge(high=0.9)(PANE)
    store, id = Store.open(), str(page.query_params["work"])
    store.add_step(id, comparison_state(on_screen(page).with_prototype("A", theirs)), OTHER, 1)
    slider.set_value(0.6).run()
    assert on_screen(page).panes["A"] == with_badge(high=0.6)(PANE)
    [note] = turn_notes(page)
    assert note == "Ben turned it too; yours stands"
    [use] = [button for button in page.button if button.label == "Use theirs"]
    pressed(page, str(use.key))
    assert on_screen(page).panes["A"] == theirs and turn_notes(page) == []


def test_nothing_moves_while_a_dial_is_in_hand_and_what_is_turned_then_is_saved_afterwards() -> None:
    page = shared_page()
    here: PageState = page.session_state["parallax"]
    here.held_at = float("inf")
    turn_elsewhere(page, with_badge(high=0.9))
    [slider] = [each for each in page.sidebar.slider if each.label.startswith("Medium")]
    slider.set_value(0.3).run()
    assert on_screen(page).panes["A"] == with_badge(medium=0.3)(PANE) and not page.exception
    here.held_at = float("-inf")
    page.run()
    both = with_badge(high=0.9, medium=0.3)(PANE)
    assert on_screen(page).panes["A"] == both
    kept: Comparison = opened(PAGE, work=str(page.query_params["work"])).session_state["parallax"].history.current
    assert kept.panes["A"] == both

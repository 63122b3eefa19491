"""A new prototype is added beside the others, and a pattern is added to one by its card."""

import pytest

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.skeleton import Skeleton
from components.layers.delivery.streaming import Streaming
from components.layers.delivery.typing_indicator import TypingIndicator
from components.ui.design import pattern_picker, templates
from components.ui.shared import play_cards, screen, state
from components.ui.shared.samples import first_comparison


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> state.PageState:
    page = state.PageState(design="A")
    monkeypatch.setattr(state, "page_state", lambda: page)
    screen.change_comparison(first_comparison())
    return page


def press(monkeypatch: pytest.MonkeyPatch, name: str, place: str = "") -> None:
    monkeypatch.setattr(play_cards, "picked_card", lambda _: name)
    monkeypatch.setattr(state, "read_widget", lambda _: place)
    templates.begin_prototype()


@pytest.mark.parametrize("card", templates.start_cards(), ids=lambda card: str(card["title"]))
def test_what_is_begun_is_added_and_the_question_stays(
    card: dict[str, str], here: state.PageState, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = screen.current_comparison()
    press(monkeypatch, card["name"])
    after = screen.current_comparison()
    assert after.recordings == before.recordings and after.prototypes[:-1] == before.prototypes
    assert after.panes["D"].name == card["title"] and here.design == "D"


def test_where_four_are_on_screen_the_chosen_one_gives_way(
    here: state.PageState, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(monkeypatch, "blank")
    four = screen.current_comparison()
    press(monkeypatch, "0", place="B")
    after = screen.current_comparison()
    assert [key for key in after.panes if after.panes[key] != four.panes[key]] == ["B"] and here.design == "B"


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_a_pattern_that_is_added_can_be_taken_away(kind: type[Layer]) -> None:
    added = pattern_picker.with_toggled(Prototype("", ()), kind)
    assert [type(layer) for layer in added.layers] == [kind]
    assert pattern_picker.with_toggled(added, kind).layers == ()


def test_a_pattern_takes_the_place_of_what_does_the_same_job() -> None:
    stack = Prototype("", (Streaming(), Skeleton()))
    assert pattern_picker.with_toggled(stack, Blocking) == Prototype("", (Blocking(), Skeleton()))
    assert pattern_picker.with_toggled(stack, TypingIndicator) == Prototype("", (Streaming(), TypingIndicator()))

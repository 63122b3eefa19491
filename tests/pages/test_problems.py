"""Whatever goes wrong on a page is said there in words; nobody reads a stack trace."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design.history import History
from components.layers.confidence.badge import Badge
from components.layers.delivery.streaming import Streaming
from components.models.source import Settings, Source
from components.store import Store
from components.ui.design import contact_sheet
from components.ui.shared import play_cards, state
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState

PAGES = Path(__file__).parents[2] / "pages"
GONE = "The disk with the recordings is not there."
BADGE = Prototype("Careful", (Streaming(), Badge()))  # without a calibration of its own: what is known is looked up


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Takes the store away."""

    def gone(*_: object) -> Store:
        raise Explained(GONE)

    return lambda: monkeypatch.setattr(state, "shared_store", gone)


def opened(name: str, here: PageState | None = None) -> AppTest:
    page = AppTest.from_file(PAGES / f"{name}.py", default_timeout=60)
    page.session_state["parallax"] = here or PageState(rater="a-rater-of-the-tests")
    return page.run()


def said(page: AppTest) -> str:
    """Every problem on the page, once it is certain that none reached it as a stack trace."""
    assert not page.exception
    return " ".join(one.value.replace("\\", "") for one in page.error)


@pytest.mark.parametrize("name", ["compare", "design", "models", "recordings", "results"])
def test_a_page_without_its_store_says_so(name: str, away: Callable[[], None]) -> None:
    away()
    kept = PageState(rater="a-rater-of-the-tests", history=History((replace(first_comparison(), fault="cut"),)))
    assert GONE in said(opened(name, kept))


def test_a_model_that_cannot_be_put_away_stays_and_the_page_says_why(away: Callable[[], None]) -> None:
    Store.open().keep_model(Source("replay"), Settings(), "What was recorded")
    page = opened("models")
    [button] = [one for one in page.button if one.label == "Archive"]
    away()
    assert GONE in said(button.click().run())


def test_what_cannot_be_brought_in_is_said(away: Callable[[], None]) -> None:
    page = opened("recordings")
    away()
    assert GONE in said(page.button(key="shelf-bring").click().run())


def test_a_version_that_cannot_be_remembered_is_said(away: Callable[[], None]) -> None:
    page = AppTest.from_function(shown_versions, default_timeout=60).run()
    away()
    page.button(key="version-keep").click().run()
    assert page.session_state["parallax"].problem.what == GONE


def shown_versions() -> None:
    from components.ui.design import versions_panel
    from components.ui.shared.problems import show_problems
    from components.ui.shared.samples import first_comparison

    with show_problems():
        versions_panel.show(first_comparison(), "A")


def test_an_answer_that_cannot_be_opened_from_a_sheet_is_said(
    away: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    away()
    here = PageState()
    monkeypatch.setattr(state, "page_state", lambda: here)
    monkeypatch.setattr(state, "read_widget", lambda _: type("Report", (), {"pick": "an answer"}))
    contact_sheet.preview_answer()
    assert here.problem is not None and here.problem.what == GONE


@pytest.mark.parametrize(("name", "pane"), [("compare", ""), ("compare", "C"), ("design", "C")])
def test_a_damaged_calibration_is_said_beside_the_dials(own_data_folder: Path, name: str, pane: str) -> None:
    file = own_data_folder / "calibration" / "broken.json"
    file.parent.mkdir()
    file.write_text("[")
    compare = first_comparison().with_prototype("C", BADGE)
    page = opened(name, PageState(rater="a-rater-of-the-tests", open=pane, design=pane, history=History((compare,))))
    assert ("broken.json cannot be read" in said(page)) == bool(pane)


def test_a_catalogue_without_its_player_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def unbuilt() -> Any:
        raise Explained("The player has not been built yet.", do="Run `make run`.")

    monkeypatch.setattr(play_cards, "player_module", unbuilt)
    assert "has not been built" in said(opened("catalogue"))


def test_a_problem_of_a_callback_is_said_once_and_on_whichever_page_is_drawn_next() -> None:
    page = opened("catalogue", PageState(problem=Explained(GONE)))
    assert said(page) == GONE and said(page.run()) == ""

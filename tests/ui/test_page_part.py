"""A part of a page that is drawn alone hands what went wrong in its callbacks to the page, and every part does."""

from pathlib import Path

import pytest
import streamlit as st

from components.core.explained import Explained
from components.ui.shared import problems, state
from components.ui.shared.problems import defer_problems, page_part

UI = Path(problems.__file__).parents[1]


class Drawn(Exception):
    """The whole page is drawn again."""


def test_what_went_wrong_in_a_part_draws_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw_again() -> None:
        raise Drawn

    monkeypatch.setattr(st, "rerun", draw_again)
    monkeypatch.setattr(st, "fragment", lambda draw, run_every: draw)  # draws nothing without a page
    here, drawn = state.PageState(), list[str]()
    monkeypatch.setattr(state, "page_state", lambda: here)
    part = page_part()(drawn.append)
    part("calm")
    with defer_problems():
        raise Explained("The name could not be saved.")
    with pytest.raises(Drawn):
        part("after a press")
    here.problem = None  # as the page leaves it once it is shown
    part("after the page")
    assert drawn == ["calm", "after the page"]


def test_what_goes_wrong_while_a_part_is_drawn_is_said_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise Explained("The disk is not there.")

    said = list[Explained]()
    monkeypatch.setattr(problems, "show_problem", said.append)
    monkeypatch.setattr(st, "fragment", lambda draw, run_every: draw)
    page_part()(fail)()
    assert [problem.what for problem in said] == ["The disk is not there."]


def test_no_part_is_drawn_alone_in_another_way() -> None:
    assert [path.name for path in UI.rglob("*.py") if "st.fragment" in path.read_text()] == ["problems.py"]

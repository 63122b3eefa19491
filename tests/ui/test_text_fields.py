"""A field takes a paste of any length: what is too long is told, and stays in its box."""

import ast
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.core.explained import Explained
from components.ui.shared import text_fields
from components.ui.shared.text_fields import typed_text, used_text

FIELDS = {"text_input", "text_area", "chat_input"}


def page() -> None:
    """Two fields, and what a page uses of them."""
    import streamlit as st

    from components.ui.shared.text_fields import text_box, text_line

    st.code(text_line("Name", key="name", max_chars=4) + "|" + text_box("About", "as it was", key="about", max_chars=9))


def test_what_lies_beyond_the_limit_is_told_and_stays_in_the_box() -> None:
    shown = AppTest.from_function(page).run()
    assert shown.code[0].value == "|as it was" and not shown.caption
    shown.text_input[0].set_value("Anneliese").run()
    assert (shown.code[0].value, shown.text_input[0].value) == ("Anne|as it was", "Anneliese")
    assert [line.value for line in shown.caption] == [":material/error: 9 characters: only the first 4 are used."]


def test_a_longer_text_that_was_there_before_stays_whole_until_it_is_changed() -> None:
    assert used_text("imported", "imported", 4) == "imported"
    assert used_text("imported!", "imported", 4) == "impo"


def test_a_text_that_is_kept_by_a_press_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"short": " fits ", "long": "x" * 1_001})
    assert [typed_text(key, 1_000) for key in ("short", "none")] == ["fits", ""]
    with pytest.raises(Explained, match="1,001 characters long; at most 1,000 can be kept"):
        typed_text("long", 1_000)


def test_no_field_drops_what_is_too_long_in_silence() -> None:
    ui = Path(text_fields.__file__).parents[1]
    limited = [
        f"{path.name}:{call.lineno}"
        for path in ui.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in FIELDS
        if any(option.arg == "max_chars" for option in call.keywords)
    ]
    assert limited == []

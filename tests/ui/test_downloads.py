"""A file that is made once its button is pressed knows of the page on which it was pressed."""

from pathlib import Path
from threading import Thread

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from components.core.explained import Explained
from components.ui.shared import downloads
from components.ui.shared.downloads import for_this_page, show_download

made: list[object] = []


def page() -> None:
    """Keeps what makes a file of what the page holds."""
    import streamlit as st

    from components.ui.shared.downloads import for_this_page
    from tests.ui import test_downloads

    st.session_state["name"] = "Ada"
    test_downloads.made.append(for_this_page(lambda: str(st.session_state["name"])))


def test_what_is_made_outside_of_a_page_reads_what_belongs_to_it() -> None:
    made.clear()
    assert not AppTest.from_function(page).run().exception
    [make] = made
    read: list[object] = []
    caller = Thread(target=lambda: read.extend([make(), get_script_run_ctx(suppress_warning=True)]))  # type: ignore[operator]
    caller.start()
    caller.join()
    assert read == [b"Ada", None]


def test_what_goes_wrong_while_it_is_made_reaches_who_asked() -> None:
    def make() -> str:
        raise Explained("The disk is not there.")

    with pytest.raises(Explained, match="disk is not there"):
        for_this_page(make)()


def test_a_file_is_made_when_it_is_asked_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(st, "download_button", lambda _, content, *rest, **options: given.append(content))
    show_download("CSV", lambda: given.append("made") or "", "a.csv", "text/csv", key="k")  # type: ignore[func-returns-value]
    assert given != ["made"] and callable(given[0])


def test_no_file_is_given_away_in_another_way() -> None:
    ui = Path(downloads.__file__).parents[1]
    assert [path.name for path in ui.rglob("*.py") if "st.download_button(" in path.read_text()] == ["downloads.py"]

"""Recordings: found, judged, tagged, put away and brought back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.store import Store
from components.ui import library
from tests.store.made import RECORDING

PAGE = str(Path(__file__).parents[2] / "pages" / "recordings.py")


@pytest.fixture
def store(own_data_folder: Path) -> Store:
    return Store.open(own_data_folder)


def opened() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join(caption.value for caption in page.caption)


def test_an_empty_library_says_how_it_fills(store: Store) -> None:
    page = opened()
    assert "ask a question live" in said(page)
    assert not page.dataframe


def test_every_recording_is_listed_and_a_search_narrows_the_list(store: Store) -> None:
    store.keep_recording(RECORDING)
    page = opened()
    assert "1 of 1 recordings" in said(page)
    assert list(page.dataframe[0].value["Question"]) == [RECORDING.prompt.text]
    page.text_input(key="library-search").set_value("zebra").run()
    assert not page.dataframe and not page.exception


def test_a_mark_and_a_tag_are_on_the_disk_and_what_is_put_away_comes_back(store: Store) -> None:
    store.keep_recording(RECORDING)
    library.mark((RECORDING.id,), "right", "wrong")
    library.mark((RECORDING.id,), "tag:demo", "on")
    [row] = store.found().rows
    assert row.right == "wrong" and row.tags == ("demo",)
    library.mark((RECORDING.id,), "away", "yes")
    assert store.found().total == 0
    library.mark((RECORDING.id,), "away", "")
    assert store.found().total == 1

"""Bringing conversations in: how they were read is seen before anything is kept."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.store import Store

PAGE = str(Path(__file__).parents[2] / "pages" / "recordings.py")


@pytest.fixture
def store(own_data_folder: Path) -> Store:
    return Store.open(own_data_folder)


def brought(content: bytes, name: str = "file.csv") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    page.file_uploader(key="transcripts").set_value((name, content, "text/plain")).run()
    assert not page.exception
    return page


def texts(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


def test_the_first_three_conversations_are_seen_before_they_are_kept(store: Store) -> None:
    rows = [f"Why {n}?,Rain *{n}*." for n in range(5)]
    page = brought("\n".join(["prompt,answer", *rows]).encode())
    assert texts(page) == [text for n in range(3) for text in (f"Why {n}?", f"Rain *{n}*.")]
    assert any("5 of its answers" in markdown.value for markdown in page.markdown)
    assert not store.models_recorded()
    page.button(key="transcripts-keep").click().run()
    assert sum(store.models_recorded().values()) == 5


def test_the_day_is_asked_for_before_dates_that_can_be_two_are_kept(store: Store) -> None:
    page = brought(b"prompt,answer,date\nWhy?,Rain.,03/04/2026\n")
    assert page.button(key="transcripts-keep").disabled
    page.radio(key="transcripts-day-order").set_value("The day").run()
    assert not page.button(key="transcripts-keep").disabled
    assert any("2026\\-04\\-03" in caption.value for caption in page.caption)


def test_the_encoding_is_asked_for_where_letters_cannot_be_told(store: Store) -> None:
    page = brought("prompt,answer\n日本一高い山は?,富士山です。\n".encode("cp932"))
    assert "not in UTF" in page.error[0].value and not texts(page)
    page.selectbox(key="transcripts-encoding").set_value("cp932").run()
    assert texts(page) == ["日本一高い山は?", "富士山です。"] and not page.error

"""Results: what the page says before anybody rated, with a crowd of ratings, and when the store is out of reach."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.design.work_talk import NoteDraft
from components.store import Store, WorkState
from tests.store.made import COMPARISON, PROTOTYPES, crowd

PAGE = str(Path(__file__).parents[2] / "pages" / "results.py")


def opened(**address: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params.update(address)
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    """Every sentence on the page, without the signs that keep it plain."""
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption]
    return " ".join(element.value for element in elements).replace("\\", "").replace("\u00a0", " ")


def test_before_anybody_rated_the_page_teaches_how_it_fills() -> None:
    page = opened()
    assert page.header[0].value == "Nothing has been rated yet"
    assert "Open **Compare**" in said(page) and "which one felt faster" in said(page)
    assert not page.selectbox and not page.get("plotly_chart") and not page.error


def test_with_ratings_it_gives_three_verdicts_four_charts_and_every_number(own_data_folder: Path) -> None:
    crowd(Store.open(own_data_folder), people=30)
    page = opened()
    assert len(page.get("plotly_chart")) == 4 and len(page.get("download_button")) == 2
    assert all(prototype.name in said(page) for prototype in PROTOTYPES[:2]) and "n = 30" in said(page)
    _, every = page.dataframe
    assert every.value["rater"].nunique() == 30 and not page.error
    assert page.query_params["comparison"] == COMPARISON


def test_what_was_said_of_a_work_is_told_also_where_nobody_rated_it(own_data_folder: Path) -> None:
    store = Store.open(own_data_folder)
    work = store.keep_work("comparison", "Refund *bot*", "ada", WorkState({}, subject=COMPARISON))
    store.keep_note(work.id, NoteDraft("decision", "B ships, because it is <b>calm</b>"), "ada", 1)
    page = opened()
    assert "Refund *bot*" in said(page) and "B ships, because it is <b>calm</b>" in said(page)
    assert [one.label for one in page.expander] == ["Talked about, and not rated yet (1)"]
    crowd(store, people=6)
    page = opened()
    assert said(page).count("B ships") == 1
    assert "What was said while it was looked at together (1)" in [one.label for one in page.expander]


def test_two_people_are_too_few_and_it_says_so(own_data_folder: Path) -> None:
    crowd(Store.open(own_data_folder), people=2)
    page = opened()
    assert "too early" in said(page).lower() and not page.error


def test_the_address_chooses_the_comparison_and_an_unknown_one_does_not(own_data_folder: Path) -> None:
    store = Store.open(own_data_folder)
    crowd(store, people=6, comparison="larger")
    crowd(store, people=4, comparison="smaller")
    assert opened(comparison="smaller").selectbox[0].value == "smaller"
    assert opened(comparison="unknown").selectbox[0].value == "larger"


@pytest.mark.parametrize("how", ["damaged", "no folder"])
def test_a_store_that_is_out_of_reach_is_a_sentence_with_a_way_on(
    how: str, own_data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "damaged":
        (own_data_folder / "parallax.db").write_bytes(b"no database at all" * 500)
    else:
        monkeypatch.setenv("PARALLAX_DATA", "/proc/parallax")
    page = opened()
    [problem] = page.error
    words = problem.value.replace("\\", "")
    assert "damaged" in words if how == "damaged" else "Nothing can be written to" in words
    assert "Traceback" not in words and not page.selectbox

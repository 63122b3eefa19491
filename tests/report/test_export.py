"""What is taken away is what was kept, and runs in no spreadsheet."""

import io
from pathlib import Path

import pandas as pd
import pytest

from components.report.document import shorten_line
from components.report.results import ratings_export, result_basis
from components.store import Store
from components.study.rating import Rating
from tests.store.made import COMPARISON, PROTOTYPES, crowd, odd


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return odd(crowd(Store.open(tmp_path), 4))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_text_starts_a_formula(start: str) -> None:
    frame = pd.DataFrame({"name": [f"{start}HYPERLINK(1)", "plain"], "value": [-1.5, 2.0]})
    safe = ratings_export.escape_formulas(frame)
    assert safe["name"].tolist() == [f"'{start}HYPERLINK(1)", "plain"]
    assert safe["value"].tolist() == [-1.5, 2.0]


def test_a_raters_name_in_the_file_is_safe(store: Store) -> None:
    store.name_rater("person-1", "=cmd|' /C calc'!A0")
    read = pd.read_csv(io.BytesIO(ratings_export.ratings_csv(store.frame())), keep_default_na=False)
    assert "'=cmd|' /C calc'!A0" in set(read["rater_name"])
    assert len(read) == len(store.frame()) and list(read.columns) == list(store.frame().columns)


def test_parquet_comes_back_value_for_value(store: Store) -> None:
    pd.testing.assert_frame_equal(
        pd.read_parquet(io.BytesIO(ratings_export.ratings_parquet(store.frame()))), store.frame()
    )


def test_an_empty_frame_can_be_taken_away(tmp_path: Path) -> None:
    empty = Store.open(tmp_path).frame()
    assert ratings_export.ratings_csv(empty).count(b"\n") == 1
    assert pd.read_parquet(io.BytesIO(ratings_export.ratings_parquet(empty))).empty


def test_what_was_counted_is_said_in_sentences(store: Store) -> None:
    said = result_basis.basis_sentences(store.frame())
    assert said[0] == "7 people gave 91 ratings about 21 panes that they watched."
    assert "3 panes played late or in a hidden tab: left out of all that is about speed." in said
    assert any(fact.startswith("13 answers were given with the clock on the screen: counted apart") for fact in said)
    assert any(fact.startswith("3 panes played live: everybody saw another answer") for fact in said)
    assert not any("corrected" in fact for fact in said)


def test_a_correction_is_mentioned(store: Store) -> None:
    seen = f"{COMPARISON}-person-0-0"
    store.rate(Rating("again", f"{COMPARISON}-person-0", "person-0", "trust", seen, 1.0))
    assert "1 answer was corrected; the last one counts." in result_basis.basis_sentences(store.frame())


def test_a_comparison_has_a_title_with_its_people(store: Store) -> None:
    title = result_basis.comparison_title(store.comparisons()[0])
    assert title.startswith(" / ".join(p.name for p in PROTOTYPES) + " · 7 people · last rated ")


def test_the_prompt_is_quoted_with_its_recordings(store: Store) -> None:
    assert (
        result_basis.describe_prompts(store.frame())
        == "“My flight to Lisbon was cancelled tonight. What am I owed?” · 1 recording"
    )
    assert len(shorten_line("x" * 500)) == 90

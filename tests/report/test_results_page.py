"""The Results page: teaches while it is empty, shows what is there, explains what cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.store import Store
from components.study.rating import Rating
from components.ui.results import results_page
from tests.store.made import COMPARISON, crowd, odd, outcome_recordings, rated_outcomes, sighting

pytestmark = pytest.mark.slow

PAGE = """
from components.store import Store
from components.ui.results import results_page
from components.ui.shared.problems import PageProblems

with PageProblems("results").catch_explained():
    results_page.show(lambda: Store.open({!r}))
"""


def page(folder: Path) -> AppTest:
    return AppTest.from_string(PAGE.format(str(folder)), default_timeout=30)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    store = Store.open(folder)
    odd(crowd(crowd(store, 24), 3, "few"))
    store.name_rater("person-1", "<script>alert(1)</script> :red[x] $y$")
    store.close()
    return folder


def test_an_empty_page_says_what_to_do(tmp_path: Path) -> None:
    shown = page(tmp_path).run()
    assert not shown.exception
    assert shown.header[0].value == "Nothing has been rated yet"
    assert "Compare" in shown.markdown[0].value and not shown.get("plotly_chart")


def test_a_filled_page_shows_three_verdicts_four_charts_and_what_was_counted(filled: Path) -> None:
    shown = page(filled).run()
    assert not shown.exception
    sentences = [text.value for text in shown.markdown if text.value.startswith("## ")]
    assert len(sentences) == 3 and "faster than" in sentences[0] and "complete answer" in sentences[1]
    assert ":blue[Blocking]" in sentences[0]
    assert len(shown.get("plotly_chart")) == 4
    assert any("27\u00a0people" in text.value for text in shown.markdown)
    assert len(shown.get("download_button")) == 2


def test_the_comparison_with_most_people_comes_first_and_another_can_be_chosen(filled: Path) -> None:
    shown = page(filled).run()
    assert shown.selectbox[0].value == COMPARISON and shown.query_params["comparison"] == COMPARISON
    shown.selectbox[0].select("few").run()
    assert not shown.exception and shown.query_params["comparison"] == "few"
    assert any("Too early to call" in text.value for text in shown.markdown)


@pytest.mark.parametrize(("asked", "chosen"), [("few", "few"), ("no such comparison", COMPARISON)])
def test_the_address_can_name_a_comparison(filled: Path, asked: str, chosen: str) -> None:
    shown = page(filled)
    shown.query_params["comparison"] = asked
    assert shown.run().selectbox[0].value == chosen


def test_the_table_traces_each_rating(filled: Path) -> None:
    tables = page(filled).run().dataframe
    assert {"rating", "recording", "prototype"} <= set(tables[1].value.columns)
    assert len(tables[0].value) == 18 and "p_adjusted" in tables[0].value


def test_felt_times_can_be_seen_for_the_complete_answer(filled: Path) -> None:
    shown = page(filled).run()
    shown.segmented_control[0].set_value("felt_complete").run()
    assert not shown.exception and len(shown.get("plotly_chart")) == 4


def test_a_damaged_database_is_explained_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "parallax.db").write_bytes(b"no database at all" * 500)
    shown = page(tmp_path).run()
    assert not shown.exception and "damaged" in shown.error[0].value
    assert "Move it aside" in shown.error[0].value


def test_what_was_answered_with_the_clock_on_the_screen_has_a_table_of_its_own(filled: Path) -> None:
    shown = page(filled).run()
    assert any("given with the clock on the screen" in text.value for text in shown.markdown)
    assert set(shown.dataframe[2].value["n"]) == {1}


def test_each_sentence_says_that_panes_played_at_once_and_how_the_error_is_shared(filled: Path) -> None:
    captions = " ".join(text.value for text in page(filled).run().caption)
    assert "no basis for a claim about waiting times" in captions
    assert "are wrong in at most 5 of 100 studies" in captions and "for trust" in captions


def test_the_address_may_name_the_same_comparison_with_other_panes(tmp_path: Path) -> None:
    store = crowd(Store.open(tmp_path), 2, "one way")
    seen = [replace(sighting("late", place, "other way"), pane="CBA"[place]) for place in range(3)]
    store.keep_sightings(*seen)
    store.rate(Rating("late", seen[0].play, "late", "trust", seen[0].id, 90.0))
    shown = page(tmp_path)
    shown.query_params["comparison"] = "other way"
    assert "3 people" in shown.run().selectbox[0].options[0] and len(shown.selectbox[0].options) == 1
    store.close()


def test_nothing_is_worked_out_twice_until_somebody_rates(tmp_path: Path) -> None:
    store = crowd(Store.open(tmp_path), 3)
    [chosen] = store.comparisons()
    key = (store.ratings_mark(), chosen.ids)
    answers = results_page.rated_answers(key, store, chosen)
    assert results_page.rated_answers(key, store, chosen) is answers
    results = [results_page.comparison_results(key, chosen, answers.frame, answers.groups[0]) for _ in range(2)]
    assert results[0] is results[1]
    store.rate(Rating("new", sighting("person-0", 0).play, "person-0", "ship", choice="none"))
    assert (store.ratings_mark(), chosen.ids) != key
    store.close()


def test_a_right_and_a_wrong_answer_are_chosen_between_and_never_averaged(tmp_path: Path) -> None:
    store = rated_outcomes(Store.open(tmp_path), right=3, wrong=2)
    shown = page(tmp_path).run()
    assert not shown.exception and "the right answer, as written" in shown.selectbox[1].format_func(0)
    assert any("3\u00a0people" in text.value for text in shown.markdown)
    assert any("right answer" in text.value for text in shown.caption)
    asked = page(tmp_path)
    asked.query_params["answer"] = outcome_recordings()[1].id
    assert any("wrong answer" in text.value for text in asked.run().caption)
    assert any("2\u00a0people" in text.value for text in asked.markdown)
    store.close()

"""What counts as an answer to an item, and what of an item reaches the page."""

import pytest

from components.study.study_item import ItemOption, StudyItem

FRUIT = StudyItem(
    "fruit", "choice", "Which?", options=(ItemOption("a", "Apple"), ItemOption("b", "Berry")), several=True
)


@pytest.mark.parametrize(
    ("value", "is_answer"),
    [(["a"], True), (["b", "a"], True), ([], False), (["c"], False), (["a", "c"], False), ("a", False), ("ab", False),
     ({"a": 1}, False), ([["a"]], False), (["a", "b", "a"], False), (None, False)],
    ids=str,
)  # fmt: skip
def test_of_a_choice_of_several_a_list_of_its_options_is_an_answer(value: object, is_answer: bool) -> None:
    assert FRUIT.accepts(value) is is_answer


def test_a_choice_of_several_is_told_to_the_page_and_is_the_same_from_its_file() -> None:
    assert FRUIT.to_json()["several"] and StudyItem.from_json(FRUIT.to_json()) == FRUIT
    assert "several" not in StudyItem("one", "choice", "Which?", options=FRUIT.options).to_json()

"""Which question is meant: in words of one's own it is found, and another question is not."""

import pytest

from components.prompts.question_matching import find_question

KNOWN = ("Explain photosynthesis to a ten-year-old.", "Is the museum open on Monday?", "Where is my order 4471?")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("EXPLAIN PHOTOSYNTHESIS TO A TEN YEAR OLD", 0), ("explain fotosynthesis to a ten-year-old", 0),
     ("to a ten-year-old, explain photosynthesis", 0), ("is the Museum open on mondays", 1),
     ("where is my order 4472", None), ("Is the museum far from here?", None), ("", None), ("???", None)],
)  # fmt: skip
def test_a_question_is_found_by_near_words_in_any_order_and_by_its_numbers(asked: str, meant: int | None) -> None:
    assert find_question(asked, KNOWN) == meant

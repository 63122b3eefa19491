"""Which question is meant: in words of one's own it is found, and another question is not."""

import pytest

from components.prompts.question_matching import find_question, is_same_question

KNOWN = ("Explain photosynthesis to a ten-year-old.", "Is the museum open on Monday?", "Where is my order 4471?")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("EXPLAIN PHOTOSYNTHESIS TO A TEN YEAR OLD", 0), ("explain fotosynthesis to a ten-year-old", 0),
     ("to a ten-year-old, explain photosynthesis", 0), ("is the Museum open on mondays", 1),
     ("where is my order 4472", None), ("Is the museum far from here?", None), ("", None), ("???", None)],
)  # fmt: skip
def test_a_question_is_found_by_near_words_in_any_order_and_by_its_numbers(asked: str, meant: int | None) -> None:
    assert find_question(asked, KNOWN) == meant


@pytest.mark.parametrize(
    ("asked", "question", "same"),
    [("what is C++", "What is C++?", True), ("What is C?", "What is C++?", False), ("What is C#?", "What is C?", False),
     ("what is net", "What is .NET?", False), ("«Où est l'été ?»", "Ou est l’ete?", False),
     ("«Où est l'été ?»", "Ou est l'ete?", True), ("What is the capital of Austria?",
     "What is the capital of Australia?", False), ("???", "?!", False), ("???", " ???", True),
     ("ما هي العاصمة؟", "ما هي العاصمة", True), ("वह क्या है?", "वह क्यों है?", False)],
)  # fmt: skip
def test_a_question_is_the_same_only_where_nothing_but_case_accents_and_punctuation_differs(
    asked: str, question: str, same: bool
) -> None:
    assert is_same_question(asked, question) == same
    assert is_same_question(question, asked) == same
    if same:
        assert find_question(asked, (question,)) == 0


@pytest.mark.parametrize(
    ("asked", "question"),
    [("What are the rules of C++?", "What are the rules of C?"), ("Name me 5 of the moons", "Name me 6 of the moons"),
     ("I want a discount of 20%", "I want a discount of 20"), ("Would it cost me $30?", "Would it cost me €30?")],
)  # fmt: skip
def test_words_with_numbers_or_signs_have_to_be_the_same(asked: str, question: str) -> None:
    assert find_question(asked, (question,)) is None


def test_the_same_question_wins_over_a_nearer_one_before_it() -> None:
    known = ("What is the capital of Australia?", "What is the capital of Austria?")
    assert find_question("what is the capital of austria", known) == 1

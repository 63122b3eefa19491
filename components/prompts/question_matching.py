"""Question matching: which of many questions somebody means who types it in words of their own."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from components.core.text_folding import fold_text

MIN_LIKENESS_PERCENT = 88  # of two questions that mean the same; words may stand in another order


def find_question(asked: str, questions: Iterable[str]) -> int | None:
    """The index of the question that is meant; None where none is.

    Case, accents and punctuation do not matter, and near words may differ by a few letters or stand in another order.
    Numbers have to be the same.
    """
    best, likeness, words = None, float(MIN_LIKENESS_PERCENT), question_words(asked)
    for index, question in enumerate(questions):
        known = question_words(question)
        if known == words and (known or question.strip() == asked.strip()):
            return index
        same_numbers = re.findall(r"\d+", known) == re.findall(r"\d+", words)
        alike = max(fuzz.ratio(known, words), fuzz.token_sort_ratio(known, words)) if same_numbers else 0.0
        if alike > likeness or (alike == likeness and best is None):
            best, likeness = index, alike
    return best


def question_words(text: str) -> str:
    """The words of a question as they are compared: folded, without punctuation, one space apart."""
    return " ".join(re.findall(r"\w+", fold_text(text)))

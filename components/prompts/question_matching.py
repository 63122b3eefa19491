"""Question matching: which of many questions somebody means who types it in words of their own."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import dropwhile

from rapidfuzz import fuzz

from components.core.text_folding import fold_text

MIN_LIKENESS_PERCENT = 88  # of two questions that mean the same; words may stand in another order
TELLING_MARKS = "#%&@"  # the punctuation that is a part of a word, as in C#


def find_question(asked: str, questions: Iterable[str]) -> int | None:
    """The index of the question that is meant; None where none is.

    Case, accents and the punctuation of sentences do not matter, and near words may differ by a few letters or stand in
    another order. Words with numbers or signs in them (4471, C++) have to be the same.
    """
    best, likeness, words = None, float(MIN_LIKENESS_PERCENT), question_words(asked)
    for index, question in enumerate(questions):
        if is_same_question(asked, question):
            return index
        known = question_words(question)
        same_signs = signed_words(known) == signed_words(words)
        alike = max(fuzz.ratio(known, words), fuzz.token_sort_ratio(known, words)) if same_signs else 0.0
        if alike > likeness or (alike == likeness and best is None):
            best, likeness = index, alike
    return best


def is_same_question(asked: str, question: str) -> bool:
    """Whether two questions are the same but for case, accents, spaces and the punctuation of sentences."""
    words = question_words(question)
    return question_words(asked) == words and (words != "" or asked.strip() == question.strip())


def question_words(text: str) -> str:
    """The words of a question as they are compared: folded, without the marks around them, one space apart."""
    return " ".join(filter(None, (bare_word(word) for word in fold_text(text).split())))


def bare_word(word: str) -> str:
    """A word without the punctuation around it; the dot that it begins with and signs as in C# stay."""
    ending = "".join(dropwhile(is_sentence_mark, reversed(word)))[::-1]
    return "".join(dropwhile(lambda mark: mark != "." and is_sentence_mark(mark), ending))


def is_sentence_mark(character: str) -> bool:
    """Whether a character belongs to the sentence, not to a word."""
    return unicodedata.category(character).startswith("P") and character not in TELLING_MARKS


def signed_words(words: str) -> list[str]:
    """The words with a number or a sign in them, which nobody means who types others."""
    return [word for word in re.split(r"[\s\-/]+", words) if re.search(r"[\d+#%&@$€£<>=]", word)]

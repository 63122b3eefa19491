"""Agreement: whether two answers to one question say the same, by a rule that anybody can check by hand.

Of each answer only the first sentence counts. In it, letters are made small and lose their accents, and everything is
taken away that is not a letter or a digit, every little word, and every word of the question. Two answers agree when
more than half of the words that are left of the shorter one are in the other one too. Where nothing is left of one of
them, the question's words are left in.
"""

import re
import unicodedata
from collections.abc import Sequence

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about also an and answer approximately are as at be been but by called can correct could did do does for from
        had has have he her his i in is it its known me my of on one or our right she so some sure that the their them
        there these they this those to very was we were which who will with would you your
        """,
    )
)
SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s|\n")


def answers_agree(first: str, second: str, question: str = "") -> bool:
    """Whether two answers to the question say the same."""
    first_words, second_words = content_words(first, question), content_words(second, question)
    if not first_words or not second_words:
        first_words, second_words = content_words(first, ""), content_words(second, "")
    return first_words == second_words or (
        2 * len(first_words & second_words) > min(len(first_words), len(second_words))
    )


def agreement_share(answer: str, others: Sequence[str], question: str = "") -> float:
    """The share of the other answers that agree with this one, 0 to 1, with one added on either side so that it is
    never 0 or 1.
    """
    same = sum(answers_agree(answer, other, question) for other in others)
    return (same + 1) / (len(others) + 2)


def content_words(answer: str, question: str) -> frozenset[str]:
    """The words of the first sentence without stop words and without those of the question."""
    return frozenset(fold_words(first_sentence(answer))) - STOP_WORDS - frozenset(fold_words(question))


def first_sentence(text: str) -> str:
    """The first sentence, or line."""
    return SENTENCE_BREAK.split(text.strip(), maxsplit=1)[0]


def fold_words(text: str) -> list[str]:
    """The words in small letters without accents; a number keeps its point and loses its thousands commas."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    joined = re.sub(r"['’]|(?<=\d),(?=\d{3})", "", plain)
    return re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", joined)

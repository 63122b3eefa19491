"""Samples: further answers to the same question, and whether two answers say the same, by a rule to check by hand.

Of each answer only the first sentence counts. In it, letters are made small and lose their accents, and everything is
taken away that is not a letter or a digit, every little word, and every word of the question. Two answers agree when
more than half of the words that are left of the shorter one are in the other one too. Where nothing is left of one of
them, the question's words are left in.
"""

import re
import unicodedata
from collections.abc import Sequence
from textwrap import shorten

from parallax_events import Answer, Closing, Event, Json, Prompt, Stream, append_below, hear_all

COMMON = """
    a about also an and answer approximately are as at be been but by called can correct could did do does for from
    had has have he her his i in is it its known me my of on one or our right she so some sure that the their them
    there these they this those to very was we were which who will with would you your
"""
LITTLE_WORDS = frozenset(COMMON.split())
SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s|\n")
SAMPLES, ENOUGH_SAMPLES = 5, 3  # further answers; with fewer, how far they agree says nothing
LISTED_CHARS = 180  # characters of an answer in a list


def next_attempts(prompt: Prompt, count: int) -> list[Prompt]:
    """The next attempts at the same prompt, from its beginning."""
    return [without_partial(prompt.again(n)) for n in range(1, count + 1)]


def without_partial(prompt: Prompt) -> Prompt:
    """The same prompt, nothing to go on from."""
    return Prompt(prompt.messages, prompt.choices, prompt.attempt, "", prompt.hidden)


def answers_agree(one: str, other: str, question: str = "") -> bool:
    """Whether two answers to the question say the same."""
    first, second = telling_words(one, question), telling_words(other, question)
    if not first or not second:
        first, second = telling_words(one, ""), telling_words(other, "")
    return first == second or 2 * len(first & second) > min(len(first), len(second))


def agreement(answer: str, others: Sequence[str], question: str = "") -> float:
    """The share of the others that agree, one counted for and one against: so few cannot show 0 or 100 %."""
    same = sum(answers_agree(answer, other, question) for other in others)
    return (same + 1) / (len(others) + 2)


def telling_words(answer: str, question: str) -> frozenset[str]:
    """The words of an answer's first sentence that are neither little nor the question's."""
    return frozenset(folded_words(first_sentence(answer))) - LITTLE_WORDS - frozenset(folded_words(question))


def first_sentence(text: str) -> str:
    """The first sentence, or line."""
    return SENTENCE_BREAK.split(text.strip(), maxsplit=1)[0]


def folded_words(text: str) -> list[str]:
    """The words in small letters without accents; a number keeps its point and loses its thousands commas."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    joined = re.sub(r"['’]|(?<=\d),(?=\d{3})", "", plain)
    return re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", joined)


def ask_again(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, and what the model says when it is asked again."""
    return append_below(prompt, answer, lambda shown, last: others_below(step, prompt, answer, shown, last))


def others_below(step: Json, prompt: Prompt, answer: Answer, shown: str, last: Event) -> Closing:
    """The other answers, or how far they agree, under a whole answer."""
    heard = yield from hear_all(map(answer, next_attempts(prompt, step["count"])), last.at)
    said = [each.text.strip() for each in heard if each.is_whole and each.text.strip()]
    at = max([last.at, *(each.at for each in heard)])
    if not said:
        yield Event(at, "notice", step["unknown"], {"tone": "info", "remark": True})
    else:
        show_others = show_alternatives if step["show"]["as"] == "alternatives" else show_agreement
        yield from show_others(step["show"], at, said, shown, prompt.text)
    return last.moved(at)


def show_alternatives(show: Json, at: float, said: list[str], shown: str, question: str) -> Stream:
    """The other answers on a card, none twice."""
    distinct = [other for other in dict.fromkeys(said) if other != shown.strip()]
    if show["order"] != "as they came":
        alike = show["order"] == "most alike"
        distinct.sort(key=lambda other: answers_agree(shown, other, question) != alike)
    if distinct:
        items = [beginning(other) for other in distinct]
        yield Event(at, "notice", show["title"], {"tone": "card", "form": "others", "items": items})
    else:
        yield Event(at, "notice", show["same"], {"tone": "info", "form": "others"})


def show_agreement(show: Json, at: float, said: list[str], shown: str, question: str) -> Stream:
    """How many of the other answers disagree, and how those begin."""
    apart = [other for other in said if not answers_agree(shown, other, question)]
    asked = show["asked"][len(said)]
    if apart:
        items = [beginning(first_sentence(other)) for other in dict.fromkeys(apart)] if show["items"] else []
        words = show["apart"].replace("{asked}", asked).replace("{apart}", str(len(apart)))
        yield Event(at, "notice", words.replace("{said}", str(len(said))), {"tone": "caution", "items": items})
    elif show["same"] is not None:
        yield Event(at, "notice", show["same"].replace("{asked}", asked), {"tone": "info"})


def beginning(text: str) -> str:
    """An answer's beginning."""
    return shorten(text, LISTED_CHARS, placeholder=" …")

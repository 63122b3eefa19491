"""Judging: whether what a model said is right, where the right answers are known."""

import re
from collections.abc import Iterator

from components.core.text_folding import fold_text
from components.prompts.number_words import words_to_figures
from components.prompts.packs import Question

JUDGED_SENTENCES = 2  # of an answer that are judged: what a small model goes on to say is often about something else
NEGATION_PATTERN = re.compile(
    r"\b(?:not(?! only| just)|never|nor|isnt|arent|wasnt|werent|doesnt|dont|cant|cannot)(?: \w+){0,2} $"
)
FIGURE_PATTERN = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])(?! (?:degrees? )?f(?:ahrenheit)?\b)")


def is_right_answer(question: Question, answer: str) -> bool:
    """Whether an answer is right: in its first two sentences, the first known form that comes up is a right one.

    Letters fold case and accents, number words count as figures, a plural is as good, and a form right after a "not"
    does not count.
    Where a figure is asked for, every other figure is a wrong form, except a 1 and those of the question.
    What it cannot see: an answer that is right in words nobody listed, and a right word in a wrong sentence.
    """
    judged = opening_sentences(answer)
    hits = [(position, True) for form in question.answers for position in find_form(form, judged)]
    hits += [(position, False) for form in question.wrong for position in find_form(form, judged)]
    hits += [(position, False) for position in find_other_figures(question, judged)]
    return min(hits, key=lambda hit: (hit[0], not hit[1]), default=(0, False))[1]


def opening_sentences(answer: str) -> str:
    """The first JUDGED_SENTENCES sentences of an answer, as one text."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", answer.strip())
    return " ".join([sentence for sentence in sentences if sentence][:JUDGED_SENTENCES])


def find_form(form: str, answer: str) -> Iterator[int]:
    """The positions, in characters of the folded text, at which a form of an answer stands."""
    if len(form) == 1 and form.isalpha():  # a letter as an answer, not as a word
        yield from (match.start() for match in re.finditer(rf"(?<![\w']){form}(?=[\"'”’)*]*(?:[.,!;:]|$))", answer))
        return
    text, many = comparable_text(answer), "s?" if len(form) > 3 and form[-1].isalpha() else ""
    for match in re.finditer(rf"(?<![\w.]){re.escape(comparable_text(form))}{many}(?![\w.])", text):
        if not NEGATION_PATTERN.search(text[: match.start()]):
            yield match.start()


def find_other_figures(question: Question, answer: str) -> Iterator[int]:
    """The positions of figures that are not the right one; where a year is asked for, of other years only."""
    right_figures = {comparable_text(form) for form in question.answers}
    if not all(form.replace(".", "").isdigit() for form in right_figures):
        return
    right_figures |= {"1", *FIGURE_PATTERN.findall(comparable_text(question.text))}
    shortest = 4 if min(len(form) for form in question.answers) == 4 else 1
    for match in FIGURE_PATTERN.finditer(comparable_text(answer)):
        if match.group() not in right_figures and len(match.group()) >= shortest:
            yield match.start()


def comparable_text(text: str) -> str:
    """Small letters without accents, figures for number words, single spaces for everything else."""
    flat = re.sub(r"(?<=\d),(?=\d{3})|['’]|(?<=\d)\.0+(?!\d)", "", fold_text(text))
    return " ".join(words_to_figures(re.sub(r"[^\w.]+|\.(?!\d)", " ", flat).split()))

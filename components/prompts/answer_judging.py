"""Judging: whether what a model said is right, where the right answers are known."""

import calendar
import re
from collections.abc import Iterator

from components.core.text_folding import fold_text
from components.prompts.number_words import words_to_figures
from components.prompts.packs import Question

JUDGED_SENTENCES = 2  # of an answer that are judged: what a small model goes on to say is often about something else
MAX_SOON_REPEATED_WORDS = 2  # of a question, which a later part may say again without answering it
NEGATION_PATTERN = re.compile(
    r"\b(?:not(?! only| just)|never|nor|isnt|arent|wasnt|werent|doesnt|dont|cant|cannot)(?: \w+){0,2} $"
)
DENIAL_PATTERN = re.compile(r"\b(?:not|isnt|wasnt)(?: the| a| an)? $")  # right before a form: it is taken back
PART_PATTERN = re.compile(r"\b(?:per|(?:that|which) uses(?: the| a| an)?) $")  # before a part of something else
OTHER_MEASURE_PATTERN = re.compile(r" ?(?:cubic|square)\b")  # after a figure: not the measure that was asked for
FIGURE_PATTERN = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])(?! (?:degrees? )?f(?:ahrenheit)?\b)")
SEGMENT_PATTERN = re.compile(r"(?<=[.!?;])\s+|,?\s+(?=(?:but|however)\b)|,\s+(?=and\b)", re.IGNORECASE)
TURN_PATTERN = re.compile(r"^(?:but|however)\b")
CORRECTION_PATTERN = re.compile(r"\b(?:is|are|was|were|its) (?:actually|really|in fact|typically)\b")
TAKEN_BACK_PATTERN = re.compile(r"\b(?:its|it is|it was|is|was) not (?:necessarily )?(?:the )?(\w+)")
NOBODY_PATTERN = re.compile(r"\b(?:there (?:is|are|was|were) no (?:person|one|such)|no one|nobody)\b")
NAME_PATTERN = re.compile(r"\b[Bb]y ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+)")
SUPERLATIVE_PATTERN = re.compile(r"\b\w{2,}est\b")
LIKENESS_PATTERN = re.compile(r" like (?:animal|creature|device|structure|substance|thing)\b")  # after a form
GOING_ON_WORDS = frozenset(["it", "its", "this", "that", "these", "those", "they", "he", "she", "which", "there", "to"])
COMMON_WORDS = (
    GOING_ON_WORDS
    | {"a", "an", "and", "are", "at", "be", "by", "call", "called", "did", "do", "does", "find", "for", "from", "has"}
    | {"have", "how", "in", "is", "known", "many", "normal", "normally", "of", "on", "one", "or", "our", "the", "their"}
    | {"used", "was", "we", "were", "what", "when", "where", "who", "with", "you", "your"}
)
CALENDAR_WORDS = frozenset([*calendar.month_name[1:], *calendar.day_name])


def is_right_answer(question: Question, answer: str) -> bool:
    """Whether an answer is right: in its first two sentences, the first known form that comes up is a right one, and
    nothing there takes it back.

    Letters fold case and accents, number words count as figures, a plural is as good, the longest form counts, and one
    right after a "not" does not. Where a figure is asked for, every other figure is a wrong form, except a 1 and those
    of the question.
    What it cannot see: an answer that is right in words nobody listed, and a right word in a wrong sentence.
    """
    judged = opening_sentences(answer)
    hits = [(position, -length, True) for form in question.answers for position, length in find_form(form, judged)]
    hits += [(position, -length, False) for form in question.wrong for position, length in find_form(form, judged)]
    hits += [(position, 0, False) for position in find_other_figures(question, judged)]
    right = min(hits, key=lambda hit: (hit[0], hit[1], not hit[2]), default=(0, 0, False))[2]
    return right and not (
        denies_form(question, judged) or names_another(question, judged) or takes_back_answer(question, judged)
    )


def denies_form(question: Question, answer: str) -> bool:
    """Whether a right form is denied as well, or that there is anybody at all."""
    text = comparable_text(answer)
    if question.text.startswith("Who ") and NOBODY_PATTERN.search(text):
        return True
    forms = [comparable_text(form) for form in question.answers if len(form) > 2 and form.lower() != "not"]
    return any(DENIAL_PATTERN.search(text[: match.start()]) for form in forms for match in form_matches(form, text))


def names_another(question: Question, answer: str) -> bool:
    """Whether the answer to a "who" says that it is by somebody else too."""
    names = NAME_PATTERN.findall(answer) if question.text.startswith("Who ") else []
    return any(not has_right_form(question, name) for name in names)


def takes_back_answer(question: Question, answer: str) -> bool:
    """Whether a later part of the answer corrects it, takes it back, or answers the question once more and otherwise.

    A part that begins with a pronoun goes on about what was said, and answers nothing once more. Two words of a
    question are soon said again: there, only another month, day or figure is another answer.
    """
    asked = key_words(question.text)
    taken_back_words = asked | ({"only"} if SUPERLATIVE_PATTERN.search(question.text) else set())
    segments = [part for part in SEGMENT_PATTERN.split(answer) if part]
    given = next((number for number, part in enumerate(segments) if has_right_form(question, part)), len(segments))
    for part in segments[given + 1 :]:
        text = comparable_text(part)
        taken_back = TAKEN_BACK_PATTERN.search(text)
        if TURN_PATTERN.search(text) and taken_back and taken_back[1] in taken_back_words:
            return True
        if has_right_form(question, part):
            continue
        if TURN_PATTERN.search(text) and CORRECTION_PATTERN.search(text):
            return True
        if answers_anew(question, part):
            return True
    return False


def answers_anew(question: Question, part: str) -> bool:
    """Whether a part of an answer says all of the question once more, about to answer it."""
    asked = key_words(question.text)
    words = re.sub(r"^(?:but|however|and)\b", "", comparable_text(part)).split()
    if not asked or not words or words[0] in GOING_ON_WORDS or not asked <= key_words(part):
        return False
    dates = CALENDAR_WORDS & set(re.findall(r"\w+", part)) - set(re.findall(r"\w+", question.text))
    return len(asked) > MAX_SOON_REPEATED_WORDS or bool(dates) or bool(list(find_other_figures(question, part)))


def has_right_form(question: Question, text: str) -> bool:
    """Whether a right form stands in a text and no longer wrong one in its place."""
    wrong = {(position, length) for form in question.wrong for position, length in find_form(form, text)}
    right = [found for form in question.answers for found in find_form(form, text)]
    return any(not any(at == other and length < longer for other, longer in wrong) for at, length in right)


def key_words(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, without the s of a plural."""
    return frozenset(word.removesuffix("s") for word in comparable_text(text).split() if word not in COMMON_WORDS)


def opening_sentences(answer: str) -> str:
    """The first JUDGED_SENTENCES sentences of an answer, as one text."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", answer.strip())
    return " ".join([sentence for sentence in sentences if sentence][:JUDGED_SENTENCES])


def find_form(form: str, answer: str) -> Iterator[tuple[int, int]]:
    """(position, length) of every place, in characters of the folded text, where a form of an answer stands."""
    if len(form) == 1 and form.isalpha():  # a letter as an answer, not as a word
        for match in re.finditer(rf"(?<![\w']){form}(?=[\"'”’)*]*(?:[.,!;:]|$))", answer):
            yield match.start(), 1
        return
    text = comparable_text(answer)
    for match in form_matches(form, text):
        before, after = text[: match.start()], text[match.end() :]
        is_other_thing = LIKENESS_PATTERN.match(after) or (form.isdigit() and OTHER_MEASURE_PATTERN.match(after))
        if not (NEGATION_PATTERN.search(before) or PART_PATTERN.search(before) or is_other_thing):
            yield match.start(), len(match.group())


def form_matches(form: str, text: str) -> Iterator[re.Match[str]]:
    """The places in a folded text where a form stands, denied or not."""
    many = "s?" if len(form) > 3 and form[-1].isalpha() else ""
    return re.finditer(rf"(?<![\w.]){re.escape(comparable_text(form))}{many}(?![\w.])", text)


def find_other_figures(question: Question, answer: str) -> Iterator[int]:
    """The positions of figures that are not the right one; where a year is asked for, of other years only."""
    right_figures = {comparable_text(form) for form in question.answers}
    if not all(form.replace(".", "").isdigit() for form in right_figures):
        return
    shortest = 4 if re.search(r"\byear\b", question.text) and all(len(form) == 4 for form in right_figures) else 1
    right_figures |= {"1", *FIGURE_PATTERN.findall(comparable_text(question.text))}
    for match in FIGURE_PATTERN.finditer(comparable_text(answer)):
        if match.group() not in right_figures and len(match.group()) >= shortest:
            yield match.start()


def comparable_text(text: str) -> str:
    """Small letters without accents, figures for number words, single spaces for everything else."""
    flat = re.sub(r"(?<=\d),(?=\d{3})|['’]|(?<=\d)\.0+(?!\d)", "", fold_text(text))
    return " ".join(words_to_figures(re.sub(r"[^\w.]+|\.(?!\d)|\b_+|_+\b", " ", flat).split()))

"""Marks: the words that the model was unsure of stand out."""

import re
from collections.abc import Iterator, Sequence

from parallax_events import LAST_KINDS, Answer, Event, Json, Prompt, Stream
from parallax_scores import Judged, no_score, score_tokens

BETWEEN_PHRASES = re.compile(r"[\n*_`#|\[\]()<>~.!?;:]")
WORD = re.compile(r"\w(?:[^\s*_`#|\[\]()<>~]*[^\W_])?")  # between spaces and signs of markdown, without outer points
MOST_MARKS = 60  # in one answer
Span = tuple[int, int, float]  # from and to in the text, and how likely the model found it


def highlight(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, and before its end a mark for each doubtful word or phrase."""
    tokens, whole = list[Json](), True
    for event in answer(prompt):
        if event.kind == "revise":
            tokens = []
        if event.has_words:
            whole = whole and not event.data.get("instead")
            tokens.extend(event.tokens or [{"text": event.text}])
        if event.kind in LAST_KINDS and tokens and whole:
            yield from mark_words(step, tokens, event.at)
        yield event


def mark_words(step: Json, tokens: Sequence[Json], at: float) -> Stream:
    """The marks of an answer, or why there are none."""
    if all(score_tokens("mean", [token]) is None for token in tokens):
        yield no_score(Judged(at, None, step["unknown"]))
        return
    text, threshold = "".join(str(token.get("text", "")) for token in tokens), step["threshold"]
    doubtful = [span for span in word_chances(text, tokens) if span[2] < threshold]
    for start, end, chance in (join_phrases(text, doubtful) if step["unit"] == "phrase" else doubtful)[:MOST_MARKS]:
        level = "low" if chance < threshold / 2 else "medium"
        data = {"nth": count_before(text, text[start:end], start), "palette": step["palette"], "level": level}
        title = f"the model found this {100 * chance:.0f} % likely"
        yield Event(at, "mark", text[start:end], {**data, "title": title})


def word_chances(text: str, tokens: Sequence[Json]) -> Iterator[Span]:
    """Every word with the lowest probability of the tokens that it is made of."""
    places, at = list[tuple[int, int, float | None]](), 0
    for token in tokens:
        places.append((at, at := at + len(str(token.get("text", ""))), score_tokens("mean", [token])))
    for word in WORD.finditer(text):
        start, end = word.span()
        told = [chance for a, b, chance in places if a < end and b > start and chance is not None]
        if told:
            yield start, end, min(told)


def join_phrases(text: str, spans: Sequence[Span]) -> list[Span]:
    """Doubtful words that stand close together in one line, as one."""
    joined = list[Span]()
    for start, end, chance in spans:
        between = text[joined[-1][1] : start] if joined else ""
        if joined and len(between.split()) < 2 and not BETWEEN_PHRASES.search(between):
            joined[-1] = (joined[-1][0], end, min(chance, joined[-1][2]))
        else:
            joined.append((start, end, chance))
    return joined


def count_before(text: str, phrase: str, start: int) -> int:
    """How often the phrase stands in the text before this place."""
    count, at = 0, text.find(phrase)
    while 0 <= at < start:
        count, at = count + 1, text.find(phrase, at + 1)
    return count

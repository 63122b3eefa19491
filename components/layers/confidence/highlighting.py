"""Highlighting: the words the model was unsure of stand out."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from components.core.event import LAST, Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.confidence.score import MADE_UP, NO_SCORE, no_score_notice

MAX_MARKS = 60  # marks in one answer
WORD_PATTERN = re.compile(
    r"\w(?:[^\s*_`#|\[\]()<>~]*[^\W_])?"
)  # between spaces and signs of markdown, without outer points
WRITTEN_DOUBT = 0.5  # words that a person wrote to seem less sure than this stand out
MAX_WORD_GAP = 2  # of a phrase: doubtful words so many words apart belong together

Span = tuple[int, int, float]  # from and to in the text, and how likely the model found it


@dataclass(frozen=True)
class Highlighting(Layer):
    """Marks the words to which the model gave a low probability, once the answer is there."""

    family = Family.CONFIDENCE
    rank: ClassVar[int] = 2
    moves = ("checking", "over-reliance")
    evidence = (
        Evidence(
            "mixed: in code, marks by how likely an edit is were faster and preferred, marks by the model's own "
            "probability brought no benefit",
            30,
            "Vasconcelos 2025",
            "https://arxiv.org/abs/2302.07248",
        ),
        Evidence(
            "mixed: uncertainty marked word by word raised agreement with the answer",
            192,
            "Villavicencio 2026",
            "https://arxiv.org/abs/2605.28571",
        ),
        Evidence(
            "mixed: a colour on every phrase was preferred, trusted and easier to check than none",
            208,
            "Do 2025",
            "https://arxiv.org/abs/2508.06846",
        ),
        Evidence(
            "mixed: marks on uncertain words were among three measures that cut over-reliance and mostly did "
            "not improve fitting reliance",
            400,
            "Bo 2024",
            "https://arxiv.org/abs/2412.15584",
        ),
    )
    example = Example({"threshold": 0.4}, scenario="leave_carry_over", wrong=True)

    unit: str = dial("word", "What is marked.", choices=("word", "phrase"))
    threshold: float = dial(0.15, "Words below this probability are marked.", 0, 1, 0.01)
    palette: str = dial("amber", "How they are marked.", choices=("amber", "underline", "grey"))

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and before its end a mark for each doubtful word or phrase."""
        tokens: list[Mapping[str, Any]] = []
        whole = True
        for event in answer(prompt):
            if event.kind == "revise":
                tokens = []
            if event.carries_words:
                whole = whole and not event.data.get("instead")
                tokens.extend(event.tokens or ({"text": event.text},))
            if event.kind in LAST and tokens and whole:
                yield from self.mark_events(tokens, event.at)
            yield event

    def mark_events(self, tokens: Sequence[Mapping[str, Any]], at: float) -> Stream:
        """A `mark` event for each doubtful word or phrase, or a notice that says why there is none."""
        if any(token.get("made_up") for token in tokens):
            yield no_score_notice(at, MADE_UP)
        elif not any(token_probability(token) is not None for token in tokens):
            yield no_score_notice(at)
        else:
            text = "".join(str(token.get("text", "")) for token in tokens)
            written = not any(token.get("logprob") is not None for token in tokens)
            threshold = max(self.threshold, WRITTEN_DOUBT) if written else self.threshold
            doubtful = [span for span in word_spans(text, tokens) if span[2] < threshold]
            for start, end, chance in (merge_spans(text, doubtful) if self.unit == "phrase" else doubtful)[:MAX_MARKS]:
                data = {"nth": count_before(text, text[start:end], start), "palette": self.palette,
                        "level": "low" if chance < threshold / 2 else "medium",
                        "title": f"the model {'is' if written else 'found this'} {100 * chance:.0f} % "
                        f"{'sure of this' if written else 'likely'}"}  # fmt: skip
                yield Event(at, "mark", text[start:end], data)

    def portable(self) -> Portable:
        """The step that marks doubtful words."""
        values = {"unit": self.unit, "threshold": self.threshold, "palette": self.palette}
        return portable_step("highlight", **values, unknown=NO_SCORE)


def token_probability(token: Mapping[str, Any]) -> float | None:
    """A token's probability, 0 to 1, or how sure a person wrote the model to seem; None where neither is known."""
    logprob, written = token.get("logprob"), token.get("sure")
    if isinstance(logprob, int | float) and math.isfinite(logprob):
        return math.exp(min(0.0, logprob))
    return float(written) if isinstance(written, int | float) else None


def word_spans(text: str, tokens: Sequence[Mapping[str, Any]]) -> Iterator[Span]:
    """(from, to, lowest token probability) of each word whose probability is known."""
    token_spans, at = [], 0
    for token in tokens:
        token_spans.append((at, at := at + len(str(token.get("text", ""))), token_probability(token)))
    first = 0
    for word in WORD_PATTERN.finditer(text):
        start, end = word.span()
        while first < len(token_spans) and token_spans[first][1] <= start:
            first += 1
        part = [chance for a, b, chance in token_spans[first : first + end - start + 1] if a < end and b > start]
        chances = [chance for chance in part if chance is not None]
        if chances:
            yield start, end, min(chances)


def merge_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans with those joined that stand fewer than MAX_WORD_GAP words apart in one line."""
    joined: list[Span] = []
    for start, end, chance in spans:
        between = text[joined[-1][1] : start] if joined else ""
        if joined and len(between.split()) < MAX_WORD_GAP and not re.search(r"[\n*_`#|\[\]()<>~.!?;:]", between):
            joined[-1] = (joined[-1][0], end, min(chance, joined[-1][2]))
        else:
            joined.append((start, end, chance))
    return joined


def count_before(text: str, phrase: str, start: int) -> int:
    """How often `phrase` begins in the text before the index `start`."""
    count, at = 0, text.find(phrase)
    while 0 <= at < start:
        count, at = count + 1, text.find(phrase, at + 1)
    return count

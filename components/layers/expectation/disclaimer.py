"""Disclaimer: that the answer may be wrong, before or after it."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.expectation.before_answer import show_before_answer
from components.layers.portable_parts import closing_step, opening_step


@dataclass(frozen=True)
class Disclaimer(Layer):
    """Says that the answer may be wrong, above it or below it."""

    family = Family.EXPECTATION
    rank: ClassVar[int] = 1
    moves = ("checking", "trust")
    example = Example(scenario="baby_fever")
    evidence = (
        Evidence(
            "a warning helped people notice made-up content, without a significant change in how they judged "
            "genuine content",
            419,
            "Nahar 2024",
            "https://arxiv.org/abs/2404.03745",
        ),
        Evidence(
            "mixed: a disclaimer was among three measures that cut over-reliance and mostly did not improve "
            "fitting reliance",
            400,
            "Bo 2024",
            "https://arxiv.org/abs/2412.15584",
        ),
    )

    words: str = dial("This assistant can make mistakes. Check what matters.", "What is said.")
    place: str = dial("below", "Above the answer, or below it.", choices=("above", "below"))

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer with the sentence in its place; an answer without words needs none below."""
        notice = Event(0.0, "notice", self.words.strip(), {"tone": "info"})
        if not notice.text:
            return answer(prompt)
        return (
            show_before_answer(prompt, answer, notice)
            if self.place == "above"
            else insert_below(answer(prompt), notice)
        )

    def portable(self) -> Portable:
        """What is said above the first answer, or below each."""
        return opening_step(self) if self.place == "above" else closing_step(self, whole=False)


def insert_below(stream: Stream, notice: Event) -> Stream:
    """The stream with something said before its end, or before the question in its place, where words came."""
    words = False
    for event in stream:
        words = words or event.carries_words
        if event.kind in ("end", "question") and words:
            yield notice.with_time(event.at)
        yield event

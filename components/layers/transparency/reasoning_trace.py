"""Reasoning trace: what is thought before the answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import ClassVar

from components.core.event import LAST, Event, Stream, in_order, shifted
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import (
    ORIGIN_MODEL,
    Content,
    find_content,
    origin_dial,
    parse_list,
    portable_content,
)
from components.layers.clarification.clarification_layer import READING_STATUS
from components.layers.peek_recording import peek_recording

MODEL_PROMPT = "Before you answer, think about my request step by step. Write each thought on its own line."
SHOW_CHOICES = ("full", "summary", "on demand")


SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def recorded_thoughts(events: Iterable[Event]) -> Content | None:
    """What a model thought before its first words, a line or a sentence each; None where nothing was recorded."""
    for event in events:
        beside = [token.get("thoughts", ()) for token in event.tokens] or [event.data.get("thoughts", ())]
        thoughts = [pair for pairs in beside for pair in pairs]
        if thoughts:
            lines = parse_list("".join(str(text) for _, text in thoughts))
            lines = lines if len(lines) > 1 else tuple(SENTENCE_END.split(lines[0])) if lines else ()
            at = thoughts[-1][0]  # where nobody told it, the thoughts come with the first words
            return Content(lines, ORIGIN_MODEL, inf if at is None else float(at)) if lines else None
        if event.carries_words:
            return None
    return None


@dataclass(frozen=True)
class ReasoningTrace(Layer):
    """Shows what was thought before the answer: all of it, its beginning, or only to who unfolds it.

    Where a recording holds the model's own thoughts, those are shown. Else a model is asked for them apart from its
    answer, which does not hear them: it may have come about otherwise.
    """

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 3
    moves = ("trust", "performance")
    example = Example(scenario="tenancy_deposit")
    evidence = (
        Evidence(
            "a summary raised trust, not performance; with a wordy model, the full trace lowered performance",
            559,
            "Fernandes 2026",
            "https://arxiv.org/abs/2605.25856",
        ),
        Evidence(
            "traces raised acceptance of right and of wrong answers",
            PEOPLE_UNKNOWN,
            "Palod 2026",
            "https://arxiv.org/abs/2605.10930",
        ),
    )

    show: str = dial("on demand", "How much of it is seen.", choices=SHOW_CHOICES)
    summary: int = dial(2, "How many thoughts a summary has.", 1, 5, 1, "thoughts")
    title: str = dial("What I thought about", "What stands above it.")
    origin: str = origin_dial()
    own: str = dial("What is being asked\nWhat is known about it\nWhat would help most", "Your own, one a line.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The thoughts, then the answer; the model is asked for them first where they are its own."""
        if prompt.attempt or prompt.partial:
            yield from answer(prompt)
            return
        if self.origin == ORIGIN_MODEL:
            yield READING_STATUS
        content = yield from find_content(
            self.origin, prompt, answer, 0.0, MODEL_PROMPT, prompt.script.thinking, self.own
        )
        known, stream = peek_recording(answer(prompt))
        thoughts = recorded_thoughts(known or ()) if self.origin == ORIGIN_MODEL else None
        if known and thoughts:
            yield from in_order(self.with_thoughts(known, thoughts))
            return
        if content.lines:
            yield self.card(content)
        yield from shifted(stream, content.at)

    def card(self, content: Content) -> Event:
        """The notice that shows thoughts, or the beginning of them."""
        fold = {} if self.show == "summary" else {"fold": "open" if self.show == "full" else "closed"}
        items = list(content.lines[: self.summary] if self.show == "summary" else content.lines)
        data = {"tone": "card", "items": items, "origin": content.origin_label, **fold}
        return Event(content.at, "notice", self.title, data)

    def with_thoughts(self, events: Iterable[Event], thoughts: Content) -> Stream:
        """The events with the card before the first words, at the moment of the last thought."""
        told = False
        for event in events:
            if not told and (event.carries_words or event.kind in LAST):
                told = True
                yield self.card(replace(thoughts, at=min(thoughts.at, event.at)))
            yield event

    def portable(self) -> Portable:
        """The step that shows thoughts before an answer."""
        summary, fold = self.show == "summary", {"full": "open", "on demand": "closed"}.get(self.show)
        show = {"as": "list", "title": self.title, "most": self.summary if summary else None, "fold": fold}
        sign = READING_STATUS.to_json() if self.origin == ORIGIN_MODEL else None
        content = portable_content(self.origin, MODEL_PROMPT, self.own)
        return portable_step("more", place="before", content=content, show=show, sign=sign)

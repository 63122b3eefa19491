"""Reasoning trace: what is thought before the answer."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, shifted
from components.core.layer import Answer, Evidence, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import ORIGIN_MODEL, find_content, origin_dial, portable_content
from components.layers.clarification.clarification_layer import READING_STATUS

MODEL_PROMPT = "Before you answer, think about my request step by step. Write each thought on its own line."
SHOW_CHOICES = ("full", "summary", "on demand")


@dataclass(frozen=True)
class ReasoningTrace(Layer):
    """Shows what was thought before the answer: all of it, its beginning, or only to who unfolds it.

    A model is asked for its thoughts apart from its answer, which does not hear them: it may have come about otherwise.
    """

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 3
    moves = ("trust", "performance")
    evidence = (
        Evidence("a summary raised trust, not performance; a full, wordy trace hurt", None, "arXiv 2605.25856"),
    )

    show: str = dial("on demand", "How much of it is seen.", choices=SHOW_CHOICES)
    summary: int = dial(2, "How many thoughts a summary has.", 1, 5, 1, "thoughts")
    title: str = dial("What I thought about", "What stands above it.")
    origin: str = origin_dial()
    own: str = dial("What is being asked\nWhat is known about it\nWhat would help most", "Your own, one a line.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The thoughts, then the answer; the model thinks first where they are its own."""
        if prompt.attempt or prompt.partial:
            yield from answer(prompt)
            return
        if self.origin == ORIGIN_MODEL:
            yield READING_STATUS
        content = yield from find_content(
            self.origin, prompt, answer, 0.0, MODEL_PROMPT, prompt.script.thinking, self.own
        )
        if content.lines:
            fold = {} if self.show == "summary" else {"fold": "open" if self.show == "full" else "closed"}
            items = list(content.lines[: self.summary] if self.show == "summary" else content.lines)
            yield Event(
                content.at,
                "notice",
                self.title,
                {"tone": "card", "items": items, "origin": content.origin_label, **fold},
            )
        yield from shifted(answer(prompt), content.at)

    def portable(self) -> Portable:
        """The step that shows thoughts before an answer."""
        summary, fold = self.show == "summary", {"full": "open", "on demand": "closed"}.get(self.show)
        show = {"as": "list", "title": self.title, "most": self.summary if summary else None, "fold": fold}
        sign = READING_STATUS.to_json() if self.origin == ORIGIN_MODEL else None
        content = portable_content(self.origin, MODEL_PROMPT, self.own)
        return portable_step("more", place="before", content=content, show=show, sign=sign)

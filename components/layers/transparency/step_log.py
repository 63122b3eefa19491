"""Step log: what is done for the answer, step by step, and kept to look at."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import NotPortable, Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import (
    ORIGIN_DESIGNER,
    ORIGIN_MODEL,
    ORIGIN_SCRIPT,
    content_remark,
    current_script,
    origin_dial,
    portable_content,
    written_content,
)
from components.layers.content_rules import written_words
from components.layers.delivery.waiting_signs import show_signs
from components.layers.worked_steps import keep_steps, parse_steps, step_signs


@dataclass(frozen=True)
class StepLog(Layer):
    """Shows each step of the work while the person waits, and keeps the list above the answer.

    The steps are written with the question, or by you; nothing is claimed that nobody wrote.
    """

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 4
    moves = ("perceived effort", "trust", "checking")
    example = Example(scenario="support_missing_parcel")
    evidence = (
        Evidence(
            "related: with the work made visible, people can prefer websites that take longer (5 experiments)",
            PEOPLE_UNKNOWN,
            "Buell & Norton 2011",
            "https://doi.org/10.1287/mnsc.1110.1376",
        ),
        Evidence("none found for a log of what a model did"),
    )

    depth: int = dial(4, "How many steps at the most.", 1, 8, 1, "steps")
    dwell: float = dial(0.8, "How long each step is shown; the last one until the first words.", 0.2, 10, 0.1, "s")
    keep: bool = dial(True, "Keep the list above the answer, folded.")
    title: str = dial("What was done", "What stands above the list.")
    origin: str = origin_dial(ORIGIN_SCRIPT)
    own: str = dial("", "Your own steps, one a line: step | what came of it.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """Each step as its time comes, the list, and the answer. A model is never asked what it did: it would guess."""
        if prompt.attempt or prompt.partial:
            yield from answer(prompt)
            return
        first = ORIGIN_SCRIPT if self.origin == ORIGIN_MODEL else self.origin
        steps = parse_steps(written_content(first, current_script(prompt).steps, self.own))[: self.depth]
        if not steps:
            yield content_remark(0.0, "Step log needs", "write what was done for this answer")
            yield from answer(prompt)
            return
        signed = show_signs(answer, prompt, step_signs(steps, 0.0, self.dwell))
        yield from keep_steps(signed, steps if self.keep else (), self.title)

    def portable(self) -> Portable | NotPortable:
        """Steps, while an answer is waited for, and above it."""
        own = written_words(self.own)
        if not own.strip():
            return NotPortable("It shows what was written for a question; a product shows what it really did.")
        show = {"as": "steps", "title": self.title, "most": self.depth, "dwell": self.dwell, "keep": self.keep}
        content = portable_content(ORIGIN_DESIGNER, "", own)
        return portable_step("more", place="waiting", content=content, show=show, sign=None)

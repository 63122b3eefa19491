"""Disclosure: that a machine wrote this."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.expectation.before_answer import show_before_answer
from components.layers.portable_parts import opening_step


@dataclass(frozen=True)
class Disclosure(Layer):
    """Labels the answer as written by AI, above it, from the moment of asking."""

    family = Family.EXPECTATION
    rank: ClassVar[int] = 3
    moves = ("informed trust",)
    example = Example(scenario="support_missing_parcel")
    evidence = (Evidence("none found that a label alone changes how well people check an answer"),)

    label: str = dial("AI answer", "What the label says.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The label at once, then the answer."""
        label = self.label.strip()
        return show_before_answer(prompt, answer, *([Event(0.0, "notice", label, {"tone": "label"})] if label else []))

    def portable(self) -> Portable:
        """What is said above the first answer."""
        return opening_step(self)

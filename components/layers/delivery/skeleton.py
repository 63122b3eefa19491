"""Skeleton: grey lines in the shape of the answer until it comes."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.delivery.waiting_signs import show_signs
from components.layers.portable_parts import waiting_step


@dataclass(frozen=True)
class Skeleton(Layer):
    """Shows grey lines where the answer will stand, from the moment of asking until the first words."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 1
    moves = ("felt wait",)
    example = Example(scenario="tenancy_deposit")
    evidence = (Evidence("none found for answers of a language model"),)
    waits: ClassVar[bool] = True

    lines: int = dial(3, "How many lines of text it suggests.", 1, 12, 1, "lines")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """A skeleton at once, in place of any other sign."""
        return show_signs(answer, prompt, (Event(0.0, "status", "", {"shape": "skeleton", "lines": self.lines}),))

    def portable(self) -> Portable:
        """The step that shows its signs of waiting."""
        return waiting_step(self)

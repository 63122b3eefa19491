"""Staged status: names the work, one step after another, until the answer comes."""

import re
from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.delivery.waiting_signs import show_signs
from components.layers.portable_parts import waiting_step


@dataclass(frozen=True)
class StagedStatus(Layer):
    """Names one step of the work after another while the person waits. The steps are yours, not the model's."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 1
    moves = ("perceived effort", "trust", "felt wait")
    example = Example(scenario="leave_carry_over")
    evidence = (
        Evidence(
            "with the work made visible, people can prefer websites that take longer (5 experiments)",
            PEOPLE_UNKNOWN,
            "Buell & Norton 2011",
            "https://doi.org/10.1287/mnsc.1110.1376",
        ),
    )
    waits: ClassVar[bool] = True

    steps: str = dial(
        "Reading the question\nFinding what matters\nWriting the answer", "The steps, one a line or between commas."
    )
    dwell: float = dial(1.5, "How long each step stays; the last one stays until the first words.", 0.2, 20, 0.1, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """Each step when it is due, in place of any other sign."""
        named = (step.strip() for step in re.split(r"[\n,]", self.steps))
        steps = [step for step in named if step]
        data = {"shape": "step"}
        plan = [Event(index * self.dwell, "status", step, data) for index, step in enumerate(steps)]
        return show_signs(answer, prompt, plan)

    def portable(self) -> Portable:
        """The step that shows its signs of waiting."""
        return waiting_step(self)

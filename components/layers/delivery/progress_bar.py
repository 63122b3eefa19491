"""Progress bar: fills while the person waits."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.delivery.wait_estimate import estimate_wait, status_event
from components.layers.delivery.waiting_signs import show_signs
from components.layers.portable_parts import waiting_step


@dataclass(frozen=True)
class ProgressBar(Layer):
    """Shows a bar that fills until the first words; how it fills changes how long it feels."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 1
    moves = ("felt duration", "felt wait")
    example = Example(scenario="leave_carry_over")
    evidence = (
        Evidence(
            "pauses near the end hurt, and an accelerating finish was preferred",
            PEOPLE_UNKNOWN,
            "Harrison 2007",
            "https://doi.org/10.1145/1294211.1294231",
        ),
        Evidence(
            "ribbing that moves backwards and slows down cut felt duration by 11 %",
            PEOPLE_UNKNOWN,
            "Harrison 2010",
            "https://doi.org/10.1145/1753326.1753556",
        ),
        Evidence("none found for answers of a language model"),
    )
    waits: ClassVar[bool] = True

    curve: str = dial("accelerating", "How it fills.", choices=("linear", "accelerating", "decelerating"))
    label: str = dial("Working on it", "What stands beside it.")
    off: int = dial(0, "How wrong its idea of the whole time is; 0 is exact.", -80, 200, 10, "%")
    usual: float = dial(5.0, "What it takes a live answer to need, whose time nobody knows.", 0.5, 120, 0.5, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """A bar at once, then the answer."""
        seconds, stream = estimate_wait(answer(prompt), self.usual, self.off)
        bar = status_event(0.0, self.label, shape="bar", seconds=round(seconds, 2), curve=self.curve)
        yield from show_signs(lambda _: stream, prompt, [bar])

    def portable(self) -> Portable:
        """Its signs, for an answer whose time nobody knows."""
        return waiting_step(self)

"""Expected time: how long it will take, said beforehand."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.delivery.wait_estimate import estimate_wait, format_duration, status_event
from components.layers.delivery.waiting_signs import show_signs
from components.layers.portable_parts import waiting_step


@dataclass(frozen=True)
class ExpectedTime(Layer):
    """Says how long the answer will take, and says so when it takes longer."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 1
    moves = ("uncertainty", "abandonment", "felt wait")
    example = Example(scenario="python_default")
    evidence = (
        Evidence(
            "uncertain waits feel longer than known ones; argued, not measured",
            None,
            "Maister 1985",
            "https://davidmaister.com/articles/the-psychology-of-waiting-lines/",
        ),
        Evidence("none found for answers of a language model"),
    )
    waits: ClassVar[bool] = True

    off: int = dial(0, "How wrong the estimate is; 0 is exact.", -80, 200, 10, "%")
    usual: float = dial(5.0, "What is said of a live answer, whose time nobody knows.", 0.5, 120, 0.5, "s")
    late: str = dial("It takes longer than expected.", "What is said once the time has passed.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The estimate at once, a line when it has passed, then the answer."""
        seconds, stream = estimate_wait(answer(prompt), self.usual, self.off)
        plan = [status_event(0.0, format_duration(seconds), shape="spinner")]
        if self.late.strip():
            plan.append(status_event(seconds, self.late, shape="spinner"))
        yield from show_signs(lambda _: stream, prompt, plan)

    def portable(self) -> Portable:
        """Its signs, for an answer whose time nobody knows."""
        return waiting_step(self)

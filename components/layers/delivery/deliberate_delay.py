"""Deliberate delay: the answer is held back for a moment, as if it were thought over."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.findings import EFENDIC_2020, GNEWUCH_2018, TAN_2026


@dataclass(frozen=True)
class DeliberateDelay(Layer):
    """Holds everything back for so many seconds, then tells it at its own pace."""

    family = Family.DELIVERY
    moves = ("thoughtfulness", "frustration", "felt wait")
    example = Example(scenario="card_dispute")
    evidence = (
        TAN_2026,
        EFENDIC_2020,
        GNEWUCH_2018,
    )
    rank: ClassVar[int] = -1  # before the words are released, so that signs of waiting are not held back

    seconds: float = dial(2.0, "How long the answer is held back.", 0, 20, 0.5, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same answer, later; a silence is passed on at once."""
        if prompt.partial:
            yield from answer(prompt)
            return
        last = 0.0
        for event in answer(prompt):
            last = max(last, event.at + (0.0 if event.kind == "silence" else self.seconds))
            yield event.with_time(last)

    def portable(self) -> Portable:
        """The step that delays the answer."""
        return portable_step("delay", seconds=self.seconds)

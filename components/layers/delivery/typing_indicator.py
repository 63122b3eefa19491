"""Typing indicator: three dots, as if somebody were typing."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.core.remark import NO_SIGN_OF_WAITING
from components.layers.delivery.waiting_signs import show_signs
from components.layers.findings import GNEWUCH_2018
from components.layers.portable_parts import waiting_step


@dataclass(frozen=True)
class TypingIndicator(Layer):
    """Shows moving dots until the first words, as messengers do when the other person types."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 1
    moves = ("social presence", "felt wait")
    example = Example(scenario="support_missing_parcel")
    evidence = (
        GNEWUCH_2018,
        Evidence(
            "mixed: a delay had opposite effects on novice and experienced people",
            202,
            "Gnewuch 2022",
            "https://doi.org/10.1007/s12599-022-00755-x",
        ),
    )
    waits: ClassVar[bool] = True
    cures: ClassVar[str] = NO_SIGN_OF_WAITING

    after: float = dial(
        0.4,
        "Seconds before the dots appear, as if the question were read first.",
        0,
        5,
        0.1,
        "s",
        title="Dots appear after",
    )
    label: str = dial("", "Words beside the dots; none for the dots alone.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The dots when they are due, in place of any other sign."""
        return show_signs(answer, prompt, (Event(self.after, "status", self.label.strip(), {"shape": "typing"}),))

    def portable(self) -> Portable:
        """The step that shows its signs of waiting."""
        return waiting_step(self)

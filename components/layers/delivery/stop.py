"""Stop: a button that ends the answer and keeps what is there."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.portable_parts import opening_step


@dataclass(frozen=True)
class Stop(Layer):
    """Lets the person end the answer while it is written; the words that came stay."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 3
    moves = ("control", "felt wait")
    example = Example(scenario="tenancy_deposit")
    evidence = (
        Evidence(
            "none found for a stop button by itself",
            None,
            "asked for by HAX G8, Amershi et al. 2019",
            "https://doi.org/10.1145/3290605.3300233",
        ),
    )

    label: str = dial("Stop", "What stands on the button.")
    placement: str = dial("below", "Where it stands.", choices=("below", "above"))

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The button at once, then the answer."""
        if self.label.strip():
            yield Event(0.0, "action", self.label, {"name": "stop", "place": self.placement})
        yield from answer(prompt)

    def portable(self) -> Portable:
        """The step that shows the button."""
        return opening_step(self, once=False)

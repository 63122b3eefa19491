"""Undo and correct: the person puts the answer right where it stands."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.portable_parts import closing_step

LABELS = {"sentence": "Correct a sentence", "answer": "Correct the answer"}


@dataclass(frozen=True)
class UndoAndCorrect(Layer):
    """Lets the person correct the words of the answer in place, sentence by sentence or all of them."""

    family = Family.FAILURE
    rank: ClassVar[int] = 7
    moves = ("effort", "recovery")
    example = Example(scenario="delay_email")
    evidence = (
        Evidence(
            "none found",
            None,
            "asked for by HAX G9, Amershi et al. 2019",
            "https://doi.org/10.1145/3290605.3300233",
        ),
    )

    scope: str = dial("sentence", "What is corrected at a time.", choices=tuple(LABELS))
    undo: bool = dial(True, "Offer to take a correction back.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and at its end the way to correct it."""
        return append_below_answer(prompt, answer, self.add_edit_button)

    def add_edit_button(self, text: str, last: Event) -> ClosingStream:  # noqa: ARG002
        """The button that lets people edit the answer, then the last event."""
        yield last.become("action", LABELS[self.scope], name="edit", scope=self.scope, undo=self.undo)
        return last

    def portable(self) -> Portable:
        """The button below an answer."""
        return closing_step(self)

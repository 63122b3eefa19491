"""Accuracy statement: how often the assistant is right, before the person asks."""

from dataclasses import dataclass

from components.core.card import Card
from components.core.event import Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.layers.added_content import content_remark
from components.layers.expectation.before_answer import card_before_asking, show_before_answer
from components.layers.portable_parts import opening_step


@dataclass(frozen=True)
class AccuracyStatement(Layer):
    """Says before the question how often answers like it are right. Only a number that was measured is shown."""

    family = Family.EXPECTATION
    moves = ("acceptance", "checking", "trust")
    evidence = (
        Evidence(
            "with how often it is right told beforehand, among other measures, an assistant that was right half "
            "of the time was accepted more",
            PEOPLE_UNKNOWN,
            "Kocielnik 2019",
            "https://doi.org/10.1145/3290605.3300641",
        ),
    )

    example = Example(
        {"right": 44, "measured": True}, scenario="tenancy_deposit"
    )  # of 257 short factual questions, the bundled model

    right: int = dial(50, "Of 100 answers, how many are right.", 0, 100, 1)
    measured: bool = dial(False, "Whether this number was measured, not guessed.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The sentence at once, then the answer."""
        statement = f"About {self.right} of 100 answers like this one are right."
        card = card_before_asking(statement, "accuracy", percent=self.right)
        remark = content_remark(0.0, "Accuracy statement needs", "measure how often it is right, and take that number")
        return show_before_answer(prompt, answer, card if self.measured else remark)

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:  # noqa: ARG002
        """A number that nobody measured is a promise that nobody can keep."""
        text = (
            "Accuracy statement shows nothing: its number was not measured. Calibrate the model, then take its number."
        )
        return () if self.measured else (Remark(text),)

    def portable(self) -> Portable:
        """What is said above the first answer."""
        return opening_step(self)

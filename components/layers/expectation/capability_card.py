"""Capability card: what the assistant can do and cannot, with examples, before the first answer."""

from dataclasses import dataclass

from components.core.event import Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.expectation.before_answer import list_card, show_before_answer, text_lines
from components.layers.portable_parts import opening_step


@dataclass(frozen=True)
class CapabilityCard(Layer):
    """Says before the first answer what this assistant is good for and what it is not, in your words."""

    family = Family.EXPECTATION
    moves = ("acceptance", "wrong expectations")
    example = Example(scenario="support_missing_parcel")
    evidence = (
        Evidence(
            "related: other ways of setting expectations raised acceptance of an assistant that was right half "
            "of the time",
            PEOPLE_UNKNOWN,
            "Kocielnik 2019",
            "https://doi.org/10.1145/3290605.3300641",
        ),
    )

    can: str = dial("Explain things in plain words\nSuggest next steps", "What it can do, one a line.")
    cannot: str = dial("Look things up\nKnow what happened lately", "What it cannot do, one a line.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The card at once, then the answer."""
        items = [
            *(f"Can: {line}" for line in text_lines(self.can)),
            *(f"Cannot: {line}" for line in text_lines(self.cannot)),
        ]
        return show_before_answer(prompt, answer, *([list_card("What to expect", items)] if items else []))

    def portable(self) -> Portable:
        """What is said above the first answer."""
        return opening_step(self)

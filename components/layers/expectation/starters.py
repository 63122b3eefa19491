"""Starters: what else could be asked, for people who do not know where to begin."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.expectation.before_answer import list_card, show_before_answer, text_lines
from components.layers.portable_parts import opening_step


@dataclass(frozen=True)
class Starters(Layer):
    """Shows a few questions that this assistant answers well, above the first answer."""

    family = Family.EXPECTATION
    rank: ClassVar[int] = 2
    moves = ("first use", "range of questions")
    example = Example(scenario="photosynthesis")
    evidence = (Evidence("none found for suggested prompts and what people ask later"),)

    prompts: str = dial(
        "What should I do first?\nExplain it to a beginner\nGive me an example", "The questions, one a line."
    )
    count: int = dial(3, "How many are shown.", 1, 6, 1)

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The questions at once, then the answer."""
        items = text_lines(self.prompts)[: self.count]
        return show_before_answer(prompt, answer, *([list_card("You can also ask", items)] if items else []))

    def portable(self) -> Portable:
        """What is said above the first answer."""
        return opening_step(self)

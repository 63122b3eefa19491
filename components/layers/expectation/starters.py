"""Starters: what else could be asked, for people who do not know where to begin."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.added_content import content_remark
from components.layers.expectation.before_answer import card_before_asking, show_before_answer, text_lines
from components.layers.portable_parts import opening_step

STOCK_STARTERS = "What should I do first?\nExplain it to a beginner\nGive me an example"  # of earlier versions


@dataclass(frozen=True)
class Starters(Layer):
    """Shows a few questions that this assistant answers well, before the question; a press puts one into the box."""

    family = Family.EXPECTATION
    rank: ClassVar[int] = 2
    moves = ("first use", "range of questions")
    example = Example(scenario="photosynthesis")
    evidence = (Evidence("none found for suggested prompts and what people ask later"),)

    prompts: str = dial(
        "Explain photosynthesis to a ten-year-old.\nCan I carry over my annual leave to next year?\n"
        "How do I get my tenancy deposit back in England?",
        "The questions, one a line.",
    )
    count: int = dial(3, "How many are shown.", 1, 6, 1)

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The questions at once, then the answer."""
        items = text_lines(Starters.prompts if self.prompts == STOCK_STARTERS else self.prompts)[: self.count]
        remark = content_remark(0.0, "Starters need", "write a few questions that this assistant answers well")
        card = card_before_asking("Try asking", "starters", items=items) if items else remark
        return show_before_answer(prompt, answer, card)

    def portable(self) -> Portable:
        """What is said above the first answer."""
        return opening_step(self)

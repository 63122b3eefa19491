"""Decide first: the person says what they think before the answer is revealed."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, in_order
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.script import Lines
from components.layers.added_content import content_remark, parse_list

STOCK_DECISIONS = "I know already\nI have a guess\nI have no idea"  # of earlier versions, about no question


@dataclass(frozen=True)
class DecideFirst(Layer):
    """Asks people for their own decision before it shows the answer, and keeps it beside the answer."""

    family = Family.CONTROL
    rank: ClassVar[int] = 3
    moves = ("over-reliance", "liking")
    example = Example(scenario="baby_fever")
    evidence = (
        Evidence(
            "cognitive forcing, of which deciding first is one kind, lowered over-reliance; what lowered it "
            "most was liked least",
            199,
            "Buçinca 2021",
            "https://arxiv.org/abs/2102.09692",
        ),
    )

    question: str = dial("Before you see the answer: what would you do?", "What is asked.")
    options: str = dial("", "What can be picked, one a line; where this is empty, what was written for the question.")
    other: bool = dial(True, "Let people decide in their own words as well.")
    delay: float = dial(0.0, "The answer is not shown earlier than this after they decided.", 0, 30, 0.5, "s")

    def decisions(self, script: Lines = ()) -> list[str]:
        """What can be picked: the designer's own lines, else those of the script; none twice."""
        own = "" if self.options == STOCK_DECISIONS else self.options
        return list(dict.fromkeys(parse_list(own) or script))

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The question, and once it is answered the person's decision and the answer; the model never hears of it."""
        question, options = self.question.strip(), self.decisions(prompt.script.decisions)
        decided = prompt.choice_at(question)
        if not question or not (options or self.other):
            yield from answer(prompt)
        elif decided is None:
            if not options:
                yield content_remark(0.0, "Decide first needs", "write the decisions that a person can pick from")
            yield Event(0.0, "question", question, {"options": options, "other": self.other})
        else:
            yield Event(0.0, "notice", f"You said: {decided}", {"tone": "info", "form": "decision"})
            yield from in_order(answer(prompt.without_choice(question)), self.delay)

    def portable(self) -> Portable:
        """The question before an answer."""
        question, options = self.question.strip(), self.decisions()
        if not question or not (options or self.other):
            return Portable()
        return portable_step(
            "agree", question=question, options=options, other=self.other, most=None, content=None, sign=None,
            stakes=None, quiet=None, instead={}, stops={}, decided="You said: {decision}", delay=self.delay,
            more={},
        )  # fmt: skip

"""Granular feedback: an answer rated part by part, with tags and a comment."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.added_content import parse_list
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.portable_parts import closing_step


@dataclass(frozen=True)
class GranularFeedback(Layer):
    """Lets people rate the answer or each of its parts, say what was wrong with it, and add a comment.

    What they press stays on their screen: how they rate a prototype is asked in a study.
    """

    family = Family.CONTROL
    rank: ClassVar[int] = 1
    moves = ("effort", "control")
    example = Example(scenario="tenancy_deposit")
    evidence = (
        Evidence(
            "none found for rating parts against rating the whole",
            None,
            "asked for by HAX G15, Amershi et al. 2019",
            "https://doi.org/10.1145/3290605.3300233",
        ),
    )

    question: str = dial("Was this helpful?", "What is asked under the answer.")
    scale: str = dial("thumbs", "How it is rated.", choices=("thumbs", "stars"))
    parts: str = dial("answer", "What is rated: all of it, or each paragraph.", choices=("answer", "paragraphs"))
    tags: str = dial("Not right\nHard to follow\nToo long", "What can be said of it with one press, one a line.")
    comment: bool = dial(True, "Ask for words of their own.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and before its end what it can be rated with."""
        return append_below_answer(prompt, answer, self.add_controls)

    def add_controls(self, _: str, last: Event) -> ClosingStream:
        """The rating controls as an action, then the last event."""
        data = {"scale": self.scale, "parts": self.parts, "tags": list(parse_list(self.tags)), "comment": self.comment}
        yield last.become("action", self.question, name="feedback", **data)
        return last

    def portable(self) -> Portable:
        """The controls below an answer."""
        return closing_step(self)

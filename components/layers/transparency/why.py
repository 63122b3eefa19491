"""Why: the reasons for an answer, below it."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import find_content, origin_dial, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer

MODEL_PROMPT = (
    "Why is that so? Give your reasons, the most important first, each in one short sentence on its own line."
)


@dataclass(frozen=True)
class Why(Layer):
    """Gives the reasons for the answer below it."""

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 1
    moves = ("acceptance", "over-reliance", "understanding")
    example = Example(scenario="card_dispute")
    evidence = (
        Evidence(
            "mixed: explanations raised acceptance, whether the answer was right or wrong",
            PEOPLE_UNKNOWN,
            "Bansal 2021",
            "https://arxiv.org/abs/2006.14779",
        ),
        Evidence(
            "mixed: explanations raised reliance on right and on wrong answers",
            308,
            "Kim 2025",
            "https://arxiv.org/abs/2502.08554",
        ),
        Evidence(
            "mixed: in a maze game, explanations reduced over-reliance where they made checking easier",
            731,
            "Vasconcelos 2023",
            "https://arxiv.org/abs/2212.06823",
        ),
        Evidence(
            "longer explanations raised confidence where the answer was no more accurate",
            PEOPLE_UNKNOWN,
            "Steyvers 2025",
            "https://arxiv.org/abs/2401.13835",
        ),
    )

    length: int = dial(2, "How many reasons at the most.", 1, 6, 1, "reasons")
    folded: bool = dial(False, "Only shown when somebody asks for it.")
    title: str = dial("Why", "What stands above them.")
    origin: str = origin_dial()
    own: str = dial("It is what most people mean by this question", "Your own reasons, one a line.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and its reasons."""
        return append_below_answer(prompt, answer, partial(self.add_reasons, prompt, answer))

    def add_reasons(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A card with the reasons, then the last event."""
        script_lines = prompt.script.why
        content = yield from find_content(
            self.origin, prompt, answer, last.at, MODEL_PROMPT, script_lines, self.own, after_answer=text
        )
        if content.lines:
            fold = {"fold": "closed"} if self.folded else {}
            data = {"tone": "card", "items": list(content.lines[: self.length]), "origin": content.origin_label, **fold}
            yield Event(content.at, "notice", self.title, data)
        return last.with_time(max(last.at, content.at))

    def portable(self) -> Portable:
        """The step that shows reasons below an answer."""
        show = {
            "as": "list",
            "tone": "card",
            "title": self.title,
            "most": self.length,
            "fold": "closed" if self.folded else None,
        }
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None)
        return portable_step("more", place="after", content=content, show=show, sign=None)

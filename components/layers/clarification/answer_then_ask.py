"""Answer then ask: answers on assumptions that it states, and lets the person correct one."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import find_content, origin_dial, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer

MODEL_PROMPT = (
    "What did you take for granted about me and my request? Write the most important first, each on its own line."
)


@dataclass(frozen=True)
class AnswerThenAsk(Layer):
    """Answers first, then lists what it took for granted; a correction is asked, so that a better answer comes."""

    family = Family.CLARIFICATION
    rank: ClassVar[int] = 1
    moves = ("use of the first answer", "turns")
    example = Example(scenario="photosynthesis")
    evidence = (Evidence("none found for answering on stated assumptions"),)

    count: int = dial(3, "How many assumptions are stated at the most.", 1, 5, 1, "assumptions")
    origin: str = origin_dial()
    own: str = dial(
        "You are asking for yourself | I am asking for somebody else\nYou want a general answer | I want the details",
        "Your own assumptions, one a line; after a | stands what a person picks where it is not so.",
    )
    question: str = dial("I took this for granted. Is something different?", "What stands above them.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and at its end what it assumed, until that was corrected once."""
        return append_below_answer(prompt, answer, partial(self.add_assumptions, prompt, answer))

    def add_assumptions(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A question that lists the assumptions, each with a correction to pick, in place of the last event."""
        question, script_lines = self.question.strip(), prompt.script.assumes
        if last.kind == "question" or not question or prompt.choice_at(question) is not None:
            return last
        content = yield from find_content(
            self.origin, prompt, answer, last.at, MODEL_PROMPT, script_lines, self.own, after_answer=text
        )
        assumed = {left.strip(): right.strip() for left, _, right in (line.partition("|") for line in content.lines)}
        assumptions = {left: right for left, right in assumed.items() if left}
        items = list(assumptions)[: self.count]
        options = list(dict.fromkeys(assumptions[item] or f"Not so: {item}" for item in items))
        data = {"options": options, "other": True, "items": items, "origin": content.origin_label}
        return Event(content.at, "question", question, data) if items else last.with_time(content.at)

    def portable(self) -> Portable:
        """What was taken for granted, below an answer."""
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None)
        values = {"question": self.question.strip(), "content": content, "most": self.count, "assumed": True}
        return portable_step("offer", **values) if self.question.strip() else Portable()

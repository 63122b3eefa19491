"""Follow-ups: what could be asked next, to pick from after the answer."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import find_content, origin_dial, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer

MODEL_PROMPT = "Which questions could I ask you next? Write short ones, each on its own line."


@dataclass(frozen=True)
class FollowUps(Layer):
    """Offers a few next prompts after the answer; the one that is picked is asked."""

    family = Family.CLARIFICATION
    rank: ClassVar[int] = 2
    moves = ("completion", "turns")
    example = Example(scenario="leave_carry_over")
    evidence = (Evidence("none found for suggested next prompts"),)

    count: int = dial(3, "How many are offered at the most.", 1, 5, 1, "prompts")
    origin: str = origin_dial()
    own: str = dial("Explain it more simply\nGive me an example", "Your own next prompts, one a line.")
    question: str = dial("What would you like to ask next?", "What stands above them.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and at its end what can be asked next."""
        return append_below_answer(prompt, answer, partial(self.add_follow_ups, prompt, answer))

    def add_follow_ups(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """The next prompts that were not asked yet, in the place of the end."""
        chosen, question = {choice.option for choice in prompt.choices}, self.question.strip()
        if last.kind == "question" or not question:
            return last
        script_says = prompt.script.next
        content = yield from find_content(
            self.origin, prompt, answer, last.at, MODEL_PROMPT, script_says, self.own, after_answer=text
        )
        options = [line for line in dict.fromkeys(content.lines) if line not in chosen][: self.count]
        data = {"options": options, "other": True, "origin": content.origin_label}
        return Event(content.at, "question", question, data) if options else last.with_time(content.at)

    def portable(self) -> Portable:
        """What can be asked next, below an answer."""
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None)
        values = {"question": self.question.strip(), "content": content, "most": self.count, "assumed": False}
        return portable_step("offer", **values) if self.question.strip() else Portable()

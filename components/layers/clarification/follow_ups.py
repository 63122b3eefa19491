"""Follow-ups: what could be asked next, to pick from after the answer."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Message, Prompt
from components.layers.added_content import content_remark, find_content, origin_dial, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.content_rules import FOLLOW_UP_RULE, fitting_lines

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
    own: str = dial("", "Your own next prompts, one a line.")
    question: str = dial("What would you like to ask next?", "What stands above them.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and at its end what can be asked next."""
        asking = partial(ask_by_itself, answer, self.question.strip())
        return append_below_answer(prompt, asking, partial(self.add_follow_ups, prompt, answer))

    def add_follow_ups(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """The next prompts that were not asked yet, in the place of the end."""
        chosen, question = {choice.option for choice in prompt.choices}, self.question.strip()
        if last.kind == "question" or not question:
            return last
        script_lines = fitting_lines(prompt.script.next, FOLLOW_UP_RULE)
        content = yield from find_content(
            self.origin, prompt, answer, last.at, MODEL_PROMPT, script_lines, self.own,
            after_answer=text, rule=FOLLOW_UP_RULE,
        )  # fmt: skip
        options = [line for line in dict.fromkeys(content.lines) if line not in chosen][: self.count]
        if not content.lines:
            yield content_remark(content.at, "Follow-ups need", "write questions that could come next")
        data = {"options": options, "other": True, "form": "next", "origin": content.origin_label}
        return Event(content.at, "question", question, data) if options else last.with_time(content.at)

    def portable(self) -> Portable:
        """What can be asked next, below an answer."""
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None, rule=FOLLOW_UP_RULE)
        values = {"question": self.question.strip(), "content": content, "most": self.count, "assumed": False}
        return portable_step("offer", **values) if self.question.strip() else Portable()


def ask_by_itself(answer: Answer, question: str, prompt: Prompt) -> Stream:
    """The answer; where what was picked at `question` was never recorded as a next turn, its answer by itself."""
    stream = answer(prompt)
    for event in stream:
        picked = prompt.choice_at(question) if event.data.get("fault") == "unrecorded" else None
        if picked is None or prompt.attempt:
            yield event
            continue
        yield from answer(Prompt((Message("user", picked),)))
        return

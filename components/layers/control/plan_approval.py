"""Plan approval: what will be done is shown first, and done once it is approved."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, shifted
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import ORIGIN_SCRIPT, find_content, origin_dial, portable_content
from components.layers.stakes import LEVELS, MEDIUM, stakes_level, words_from

MODEL_PROMPT = "Before you do anything, list in a few short lines what you would do."
GO_AHEAD, NOT_NOW = "Go ahead", "Not now"


@dataclass(frozen=True)
class PlanApproval(Layer):
    """Shows the plan before anything is done, and does it once the person approves.

    Health, law, money and what cannot be undone are high stakes; writing, planning and changing something are medium.
    """

    family = Family.CONTROL
    rank: ClassVar[int] = 4
    moves = ("misfires", "control")
    evidence = (Evidence("none found for approving a plan before it is carried out"),)
    example = Example({"risk": "low"}, scenario="travel_rebooking")

    risk: str = dial(MEDIUM, "It asks from these stakes on; low stakes are always.", choices=LEVELS)
    origin: str = origin_dial(ORIGIN_SCRIPT)
    own: str = dial("Look into what you asked\nWrite an answer for you to check", "Your own plan, one step a line.")
    question: str = dial("Shall I do this?", "What is asked under the plan.")
    declined: str = dial("Nothing was done. Your request is still here.", "What is said after “Not now”.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The plan and a question; then the answer, or a line that says that nothing was done."""
        question = self.question.strip()
        chosen = prompt.choice_at(question)
        if not question or (chosen is None and not self.risky(prompt)):
            yield from answer(prompt)
        elif chosen == NOT_NOW:
            yield Event(0.0, "notice", self.declined, {"tone": "info", "instead": True})
            yield Event(0.0, "end", data={"reason": "declined"})
        elif chosen is not None:  # words of their own change the plan, and the model hears of them
            yield from answer(prompt.without_choice(question) if chosen == GO_AHEAD else prompt)
        else:
            content = yield from find_content(
                self.origin, prompt, answer, 0.0, MODEL_PROMPT, prompt.script.plan, self.own
            )
            if not content.lines:
                yield from shifted(answer(prompt), content.at)
                return
            data = {
                "options": [GO_AHEAD, NOT_NOW],
                "other": True,
                "items": list(content.lines),
                "origin": content.origin_label,
            }
            yield Event(content.at, "question", question, data)

    def risky(self, prompt: Prompt) -> bool:
        """Whether enough is at stake to ask first."""
        return LEVELS.index(stakes_level(prompt.text)) >= LEVELS.index(self.risk)

    def portable(self) -> Portable:
        """The question before an answer."""
        if not self.question.strip():
            return Portable()
        return portable_step(
            "agree", question=self.question.strip(), options=[GO_AHEAD, NOT_NOW], other=True, most=None,
            content=portable_content(self.origin, MODEL_PROMPT, self.own), sign=None, stakes=words_from(self.risk),
            quiet=[GO_AHEAD],
            instead={}, stops={NOT_NOW: self.declined}, decided=None, delay=0.0,
        )  # fmt: skip

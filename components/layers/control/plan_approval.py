"""Plan approval: what will be done is shown first, and done once it is approved."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, shifted
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.script import Lines
from components.layers.added_content import (
    ORIGIN_SCRIPT,
    content_remark,
    current_script,
    find_content,
    origin_dial,
    parse_list,
    portable_content,
)
from components.layers.content_rules import PLAN_STEP_RULE
from components.layers.delivery.waiting_signs import show_signs
from components.layers.stakes import LEVELS, MEDIUM, stakes_level, words_from
from components.layers.worked_steps import WorkedStep, parse_steps, step_log, step_signs

MODEL_PROMPT = "Before you do anything, list in a few short lines what you would do."
GO_AHEAD, NOT_NOW = "Go ahead", "Not now"
CHANGED_PLAN = "Go ahead with this plan:"  # and below it the steps as they were changed, one a line
DONE_TITLE = "Done"
SETTLE_S = 0.1  # seconds between the last step and the answer
PLAN_FORM = {"form": "plan", "labels": {GO_AHEAD: "Run"}}


@dataclass(frozen=True)
class PlanApproval(Layer):
    """Shows the plan before anything is done: its steps can be changed, put in another order or left out. Then it runs.

    Health, law, money and what cannot be undone are high stakes; writing, planning and changing something are medium.
    """

    family = Family.CONTROL
    rank: ClassVar[int] = 4
    moves = ("misfires", "control")
    evidence = (Evidence("none found for approving a plan before it is carried out"),)
    example = Example({"risk": "low"}, scenario="travel_rebooking")

    risk: str = dial(MEDIUM, "It asks from these stakes on; low stakes are always.", choices=LEVELS)
    origin: str = origin_dial(ORIGIN_SCRIPT)
    own: str = dial("", "Your own plan, one step a line.")
    question: str = dial("Shall I do this?", "What is asked under the plan.")
    declined: str = dial("Nothing was done. Your request is still here.", "What is said after “Not now”.")
    pace: float = dial(0.9, "How long a step seems to take, where it was written what comes of it.", 0.2, 10, 0.1, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The plan and a question; then its steps and the answer, or a line that says that nothing was done."""
        question = self.question.strip()
        chosen = prompt.choice_at(question)
        if not question or (chosen is None and not self.risky(prompt)):
            yield from answer(prompt)
        elif chosen == NOT_NOW:
            yield Event(0.0, "notice", self.declined, {"tone": "info", "instead": True})
            yield Event(0.0, "end", data={"reason": "declined"})
        elif chosen is not None:  # words of their own change the plan, and the model hears of them
            heard = prompt.without_choice(question) if chosen == GO_AHEAD else prompt
            yield from self.carry_out(approved_steps(chosen, current_script(prompt).plan), heard, answer)
        else:
            yield from self.show_plan(prompt, answer)

    def show_plan(self, prompt: Prompt, answer: Answer) -> Stream:
        """The plan and the question under it; the answer where there is no plan."""
        content = yield from find_content(
            self.origin, prompt, answer, 0.0, MODEL_PROMPT, current_script(prompt).plan, self.own, rule=PLAN_STEP_RULE
        )
        steps = [step.name for step in parse_steps(content.lines)]
        if not steps:
            yield content_remark(content.at, "Plan approval needs", "write the steps of a plan, and what comes of each")
            yield from shifted(answer(prompt), content.at)
            return
        data = {"options": [GO_AHEAD, NOT_NOW], "other": True, "items": steps, **PLAN_FORM,
                "origin": content.origin_label}  # fmt: skip
        yield Event(content.at, "question", self.question.strip(), data)

    def carry_out(self, steps: tuple[WorkedStep, ...], prompt: Prompt, answer: Answer) -> Stream:
        """The steps one after another, each with what comes of it, and then the answer.

        Where nobody wrote what comes of any of them, no work is shown that is not done.
        """
        if prompt.attempt or prompt.partial or not any(step.result for step in steps):
            return answer(prompt)
        late = len(steps) * self.pace
        done = step_log(steps, late, 0.0, DONE_TITLE, "open")
        signs = [*step_signs(steps, 0.0, self.pace), done, done.become("status", "", shape="typing")]
        return show_signs(lambda asked: shifted(answer(asked), late + SETTLE_S), prompt, signs)

    def risky(self, prompt: Prompt) -> bool:
        """Whether enough is at stake to ask first."""
        return LEVELS.index(stakes_level(prompt.text)) >= LEVELS.index(self.risk)

    def portable(self) -> Portable:
        """The question before an answer."""
        if not self.question.strip():
            return Portable()
        own = "\n".join(step.name for step in parse_steps(parse_list(self.own)))
        content = portable_content(self.origin, MODEL_PROMPT, own, rule=PLAN_STEP_RULE)
        return portable_step(
            "agree", question=self.question.strip(), options=[GO_AHEAD, NOT_NOW], other=True, most=None,
            content=content, sign=None, stakes=words_from(self.risk), quiet=[GO_AHEAD], instead={},
            stops={NOT_NOW: self.declined}, decided=None, delay=0.0, more=PLAN_FORM,
        )  # fmt: skip


def approved_steps(chosen: str, plan: Lines) -> tuple[WorkedStep, ...]:
    """The steps that a person approved: those of the plan, or the changed ones, each with what comes of it."""
    steps = parse_steps(plan)
    if not chosen.startswith(CHANGED_PLAN):
        return steps if chosen == GO_AHEAD else ()
    results = {step.name: step.result for step in steps}
    names = [name.strip() for name in chosen.removeprefix(CHANGED_PLAN).splitlines() if name.strip()]
    return tuple(WorkedStep(name, results.get(name, "")) for name in names)

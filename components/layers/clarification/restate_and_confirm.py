"""Restate and confirm: says how the request was understood, and goes on once that is confirmed."""

from dataclasses import dataclass
from textwrap import shorten
from typing import ClassVar

from components.core.event import Event, Stream, shifted
from components.core.hidden_turn import is_hidden_turn
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.script import Lines, split_parts
from components.layers.added_content import ORIGIN_MODEL, content_remark, find_content, origin_dial, portable_content
from components.layers.clarification.clarification_layer import READING_STATUS
from components.layers.content_rules import BRIEF_PART_RULE, RESTATED_RULE
from components.layers.stakes import LEVELS, MEDIUM, stakes_level, words_from

MODEL_PROMPT = "Before you answer, say in one sentence that begins with “You want” what I want from you."
YES, NO, LOOKS_RIGHT = "Yes, that's it", "No", "Looks right"
INSTEAD_QUESTION = "What do you want instead?"
MAX_RESTATED_CHARS = 200  # characters of a request that are said again


@dataclass(frozen=True)
class RestateAndConfirm(Layer):
    """Says how it understood the request and waits for a yes, where enough is at stake. A written brief is shown part
    by part, and each part can be corrected.

    Health, law, money and what cannot be undone are high stakes; writing, planning and changing something are medium.
    """

    family = Family.CLARIFICATION
    rank: ClassVar[int] = -1
    moves = ("misfires", "turns")
    evidence = (Evidence("none found for restating a request before answering it"),)
    example = Example({"above": "low"}, scenario="travel_rebooking")
    joins_hidden_turns: ClassVar[bool] = True  # the model never hears of the yes

    above: str = dial(MEDIUM, "It asks from these stakes on; low stakes are always.", choices=LEVELS)
    origin: str = origin_dial()
    own: str = dial("", "Your own wording; {prompt} is what the person typed.")
    question: str = dial("Is this what you want?", "What is asked.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """What was understood, and the answer once that is confirmed or put right."""
        question = self.question.strip()
        chosen = prompt.choice_at(question)
        if chosen == NO and prompt.choice_at(INSTEAD_QUESTION) is None:
            yield Event(0.0, "question", INSTEAD_QUESTION, {"options": [], "other": True})
            return
        if chosen in (YES, NO, LOOKS_RIGHT):
            prompt = prompt.without_choice(question)
        if is_hidden_turn(prompt) or not question or chosen is not None or not self.enough_at_stake(prompt):
            yield from answer(prompt)
            return
        if brief := brief_parts(prompt.script.brief):
            data = {"options": [LOOKS_RIGHT], "other": True, "form": "brief", "brief": brief}
            yield Event(0.0, "question", question, data)
            return
        if self.origin == ORIGIN_MODEL:
            yield READING_STATUS
        restated = prompt.script.restated
        own = self.own.replace("{prompt}", shorten(prompt.text, MAX_RESTATED_CHARS, placeholder="…"))
        content = yield from find_content(
            self.origin, prompt, answer, 0.0, MODEL_PROMPT, (restated,) if restated else (), own, rule=RESTATED_RULE
        )
        if content.lines:
            data = {
                "options": [YES, NO],
                "other": True,
                "items": list(content.lines[:1]),
                "origin": content.origin_label,
            }
            yield Event(content.at, "question", question, data)
        else:
            yield content_remark(content.at, "Restate and confirm needs", "write the request as it was understood")
            yield from shifted(answer(prompt), content.at)

    def enough_at_stake(self, prompt: Prompt) -> bool:
        """Whether as much is at stake as the dial `above` wants."""
        return LEVELS.index(stakes_level(prompt.text)) >= LEVELS.index(self.above)

    def portable(self) -> Portable:
        """The question before an answer."""
        if not self.question.strip():
            return Portable()
        content = portable_content(self.origin, MODEL_PROMPT, self.own, quotes=MAX_RESTATED_CHARS, rule=RESTATED_RULE)
        return portable_step(
            "agree", question=self.question.strip(), options=[YES, NO], other=True, most=1,
            content=content,
            sign=READING_STATUS.to_json() if self.origin == ORIGIN_MODEL else None, stakes=words_from(self.above),
            quiet=[YES, NO],
            instead={NO: INSTEAD_QUESTION}, stops={}, decided=None, delay=0.0, more={},
        )  # fmt: skip


def brief_parts(lines: Lines) -> dict[str, str]:
    """What each part of a request is taken as, by the part's name, in order; a line without both is left out."""
    parts = (split_parts(line, 2) for line in lines if BRIEF_PART_RULE.fits(line))
    return {name: taken for name, taken in parts if name and taken}

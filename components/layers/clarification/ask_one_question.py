"""Ask one question: asks for what the request leaves open, before answering."""

from dataclasses import dataclass
from typing import Any

from components.core.event import Event
from components.core.layer import Answer, Example, dial
from components.core.prompt import Prompt
from components.layers.added_content import (
    ORIGIN_DESIGNER,
    ORIGIN_MODEL,
    content_remark,
    current_script,
    find_content,
    origin_dial,
    parse_list,
    portable_content,
)
from components.layers.clarification.clarification_layer import READING_STATUS, Clarification, QuestionStream
from components.layers.content_rules import OPTION_RULE, QUESTION_RULE, Lines, fitting_lines, strip_quotes
from components.layers.findings import RAHMANI_2024

MODEL_PROMPT = (
    "Which one question would you ask me first, so that your answer fits? Write it on one line, then up to three short "
    "answers that I could pick from, one a line."
)
MAX_PICKS = 3


@dataclass(frozen=True)
class AskOneQuestion(Clarification):
    """Asks for what a request leaves open before it is answered: a question of its own, or the same for every request.

    A question in the model's words is asked of the model first, which takes its time.
    """

    moves = ("satisfaction", "turns")
    evidence = (RAHMANI_2024,)
    example = Example({"when": "always"}, scenario="card_dispute")

    kind: str = dial(
        "specific", "About this very request, or in your words for every one.", choices=("specific", "generic")
    )
    origin: str = origin_dial()
    own: str = dial(
        "",
        "The generic question, and the answers to pick from on the lines below it, if there are any.",
    )

    def ask_question(self, prompt: Prompt, answer: Answer, at: float) -> QuestionStream:
        """The question with its answers to pick from, where it was not answered yet."""
        first, item = self.origin if self.kind == "specific" else ORIGIN_DESIGNER, current_script(prompt)
        new = item.question and prompt.choice_at(item.question) is None
        if first == ORIGIN_MODEL:
            yield READING_STATUS.with_time(at)
        script_lines = (item.question, *item.options) if new else ()
        content = yield from find_content(
            first, prompt, answer, at, MODEL_PROMPT, script_lines, self.own, parse=parse_question
        )
        question, *options = content.lines or ("",)
        if not content.lines and not (item.question or prompt.choices):
            yield content_remark(content.at, "Ask one question needs", "write a question with its options")
        if not question or prompt.choice_at(question) is not None:
            return Event(content.at, "silence")
        picks = list(dict.fromkeys(options))
        return Event(
            content.at, "question", question, {"options": picks, "other": True, "origin": content.origin_label}
        )

    def portable_question(self) -> dict[str, Any]:
        """The fields of a question whose words are found before it is asked."""
        first = self.origin if self.kind == "specific" else ORIGIN_DESIGNER
        content = portable_content(
            first, MODEL_PROMPT, self.own, read="question", rule=QUESTION_RULE, picks=OPTION_RULE
        )
        return {"question": "", "options": [], "other": True, "content": content}


def parse_question(reply: str) -> Lines:
    """The first line of a reply that is a question, and the options after it; nothing where none is."""
    lines = tuple(map(strip_quotes, parse_list(reply)))
    index = next((index for index, line in enumerate(lines) if QUESTION_RULE.fits(line)), len(lines))
    return lines[index : index + 1] + fitting_lines(lines[index + 1 :], OPTION_RULE)[:MAX_PICKS]

"""Options: asks one question with answers to pick before the model is asked."""

from dataclasses import dataclass
from typing import Any

from components.core.event import Event
from components.core.layer import Answer, Evidence, Example, dial
from components.core.portable import NotPortable, Portable, PortableStep
from components.core.prompt import Prompt
from components.layers.clarification.clarification_layer import ASK_METHODS, Clarification, QuestionStream
from components.layers.findings import RAHMANI_2024
from components.layers.unspaced_scripts import is_unspaced_character

WHEN_SHORT = "when short"
QUESTION, PICKS = "What matters most to you here?", "A short answer\nThe full picture\nWhat to do next"


@dataclass(frozen=True)
class Options(Clarification):
    """Asks back before answering, with a few answers to pick from; the model is asked once one is picked."""

    moves = ("recovery", "satisfaction", "turns")
    evidence = (
        Evidence(
            "options and explanations were preferred among 8 ways to repair a misunderstanding",
            203,
            "Ashktorab 2019",
            "https://doi.org/10.1145/3290605.3300484",
        ),
        RAHMANI_2024,
    )
    example = Example({"when": "always"}, scenario="support_missing_parcel")

    question: str = dial(QUESTION, "The question that is asked, where none was written for the request.")
    options: str = dial(PICKS, "The answers to pick from, one a line.")
    when: str = dial(
        WHEN_SHORT,
        "When short: the prompt has few words. Missing details: those written for the question. Answers differ: "
        "the model, asked a few times before, does not agree with itself.",
        choices=(WHEN_SHORT, *ASK_METHODS),
    )
    short: int = dial(6, "A prompt of this many words or fewer counts as short.", 1, 50, 1, "words")
    something_else: bool = dial(True, "Let people answer in their own words as well.")

    def ask_question(self, prompt: Prompt, answer: Answer, at: float) -> QuestionStream:  # noqa: ARG002
        """The question, where there is something to pick and it was not answered yet."""
        yield from ()
        question, options = self.asked_for(prompt)
        asks = question and (options or self.something_else) and prompt.choice_at(question) is None
        data = {"options": options, "other": self.something_else}
        return Event(at, "question", question, data) if asks else Event(at, "silence")

    def asked_for(self, prompt: Prompt) -> tuple[str, list[str]]:
        """The question and its options: those that were written for this request, unless the designer wrote others."""
        script, untouched = prompt.script, (self.question, self.options) == (QUESTION, PICKS)
        if untouched and script.question and script.options:
            return script.question, list(dict.fromkeys(script.options))
        return self.question.strip(), self.option_lines()

    def calls_for_question(self, prompt: Prompt) -> bool:
        """Whether the prompt calls for the question, also by its length."""
        return super().calls_for_question(prompt) or (self.when == WHEN_SHORT and word_count(prompt.text) <= self.short)

    def option_lines(self) -> list[str]:
        """The options in the designer's order, none twice."""
        lines = (line.strip() for line in self.options.splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def portable(self) -> Portable | NotPortable:
        """The question before an answer, also to a short request."""
        part = super().portable()
        if (
            isinstance(part, NotPortable)
            or not self.question.strip()
            or not (self.option_lines() or self.something_else)
        ):
            return part if isinstance(part, NotPortable) else Portable()
        return Portable(tuple(PortableStep(step.kind, {**step.values, "short": self.short}) for step in part.steps))

    def portable_question(self) -> dict[str, Any]:
        """The designer's question."""
        values = {"question": self.question.strip(), "options": self.option_lines(), "other": self.something_else}
        return {**values, "content": None}


def word_count(text: str) -> int:
    """How many words a text has; in scripts without spaces every character counts as one."""
    return len(text.split()) + sum(is_unspaced_character(character) for character in text)

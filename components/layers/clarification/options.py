"""Options: asks one question with answers to pick before the model is asked."""

from dataclasses import dataclass

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Family, Layer, dial
from components.core.prompt import Prompt
from components.layers.writing import wide


@dataclass(frozen=True)
class Options(Layer):
    """Asks back before answering, with a few answers to pick from; the model is asked once one is picked."""

    family = Family.CLARIFICATION
    moves = ("recovery", "satisfaction", "turns")
    evidence = (
        Evidence("options and explanations were preferred among 8 ways to repair a misunderstanding", 203,
                 "Ashktorab 2019"),
        Evidence("mixed: specific questions beat generic ones", None, "Rahmani 2024"),
        Evidence("mixed: poor questions hurt", None, "Zou 2023"),
    )  # fmt: skip

    question: str = dial("What matters most to you here?", "The question that is asked.")
    options: str = dial("A short answer\nThe full picture\nWhat to do next", "The answers to pick from, one a line.")
    when: str = dial(
        "when short", "Ask always, never, or when the prompt is short.", choices=("always", "never", "when short")
    )
    short: int = dial(6, "A prompt of this many words or fewer counts as short.", 1, 50, 1, "words")
    something_else: bool = dial(True, "Let people answer in their own words as well.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The question and nothing more, until it is answered; then the answer."""
        if not self.asks(prompt):
            yield from answer(prompt)
            return
        yield Event(0.0, "question", self.question.strip(), {"options": self.picks(), "other": self.something_else})

    def asks(self, prompt: Prompt) -> bool:
        """Whether to ask: there is something to pick, it was not answered yet, and the prompt calls for it."""
        question = self.question.strip()
        if not question or not (self.picks() or self.something_else):
            return False
        if any(choice.question == question for choice in prompt.choices):
            return False
        return self.when == "always" or (self.when == "when short" and length(prompt.text) <= self.short)

    def picks(self) -> list[str]:
        """The options in the designer's order, none twice."""
        lines = (line.strip() for line in self.options.splitlines())
        return list(dict.fromkeys(line for line in lines if line))


def length(text: str) -> int:
    """How many words a text has; in scripts without spaces every character counts as one."""
    return len(text.split()) + sum(wide(character) for character in text)

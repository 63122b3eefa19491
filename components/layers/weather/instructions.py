"""Instructions: what the model is told before the question, in this pane alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import NotPortable
from components.core.prompt import Message, Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, find_recording
from components.core.remark import Remark

UNHEARD_TEXT = "This recorded answer was made without these instructions: ask live to hear them."


@dataclass(frozen=True)
class Instructions(Layer):
    """Tells the model before the question how to answer, in this pane alone: a role, a tone, what it must not do."""

    family = Family.WEATHER
    rank: ClassVar[int] = -1  # next to the model, so that all else in the pane sees the question as it was asked
    moves = ("tone", "trust", "misfires")
    evidence = (Evidence("none found for instructions as such; what they change is what is shown"),)
    example = Example(scenario="delay_email")
    joins_hidden_turns: ClassVar[bool] = True  # the model is the same for what nobody sees

    text: str = dial(
        "Answer in two short sentences, in plain words.",
        "What the model is told before the question. It is heard when you ask live.",
        title="What the model is told before the question",
    )

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer to the same prompt behind the instructions; to the prompt itself where they are blank."""
        yield from answer(self.instruct(prompt))

    def instruct(self, prompt: Prompt) -> Prompt:
        """The prompt with the instructions before its conversation."""
        told = self.text.strip()
        return replace(prompt, messages=(Message("system", told), *prompt.messages)) if told else prompt

    def portable(self) -> NotPortable:
        """They belong to the model that the program asks."""
        return NotPortable("It is told to the model: set it there as the system prompt.")


def instructed_prompt(prototype: Prototype, prompt: Prompt) -> Prompt:
    """The prompt as the model is asked it in a pane: behind the prototype's own instructions, where it has any."""
    for layer in prototype.layers_of(Family.WEATHER):
        if type(layer).__name__ == Instructions.__name__:
            prompt = layer.instruct(prompt)  # type: ignore[attr-defined]
    return prompt


def unheard_instructions(prototype: Prototype, prompt: Prompt, recordings: Iterable[Recording]) -> tuple[Remark, ...]:
    """The remark that no recording was made with a prototype's instructions; () where one was, or it has none."""
    asked = instructed_prompt(prototype, prompt)
    if asked == prompt or find_recording(recordings, asked) is not None:
        return ()
    return (Remark(UNHEARD_TEXT, level="note"),)

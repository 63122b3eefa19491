"""Raw error: what the exception says, as it is."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.failure.fault_words import portable_failure


@dataclass(frozen=True)
class RawError(Layer):
    """Shows the error as a developer would read it, and no way on: the baseline that most products ship."""

    family = Family.FAILURE
    rank: ClassVar[int] = 5
    moves = ("recovery", "trust after failure")
    evidence = (Evidence("none found; it stands here to be compared with"),)
    example = Example(fault="cut", scenario="python_default")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer; an error as its raw text. An empty answer stays empty, as it does in products."""
        for event in answer(prompt):
            if event.kind == "error":
                event = event.become("failure", event.text, raw=True, fault=str(event.data.get("fault", "")))
            yield event

    def portable(self) -> Portable:
        """The step that tells of a break in the exception's own words."""
        return portable_failure({}, (), raw=True, keep=False, empty=False, data={"raw": True})

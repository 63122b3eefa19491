"""Keep partial: when the answer is cut, keep what came and offer to go on."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream, answer_text_after
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.failure.broken_answers import fault_of, held_words
from components.layers.failure.fault_words import KEPT_TEXT, portable_failure


@dataclass(frozen=True)
class KeepPartial(Layer):
    """Keeps the words that already arrived when the model breaks off, and offers to go on from there."""

    family = Family.FAILURE
    rank: ClassVar[int] = 1
    moves = ("salvage", "trust after failure")
    evidence = (
        Evidence("none found for keeping a cut answer"),
        Evidence(
            "related: offering options was among the preferred of 8 ways to repair",
            203,
            "Ashktorab 2019",
            "https://doi.org/10.1145/3290605.3300484",
        ),
    )
    example = Example(fault="cut", scenario="delay_email")

    label: str = dial("The answer was cut off here.", "What the person reads at the cut.")
    resume: bool = dial(True, "Offer to go on from the cut.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer; an error after words, shown or held back, as a cut. Without words it is passed on."""
        shown = prompt.partial
        for event in answer(prompt):
            shown = answer_text_after(shown, event)
            if event.kind == "error":
                for text in held_words(event):
                    shown = answer_text_after(shown, text)
                    yield text
                if shown.strip():
                    data = {"actions": ["continue"], "labels": {"continue": "Go on from here"}} if self.resume else {}
                    event = event.become("failure", self.label, detail=KEPT_TEXT, fault=fault_of(event), **data)
            yield event

    def portable(self) -> Portable:
        """The step that tells of a break after words came."""
        data = {"actions": ["continue"], "labels": {"continue": "Go on from here"}} if self.resume else {}
        return portable_failure({}, (self.label, KEPT_TEXT), empty=False, needs_words=True, data=data)

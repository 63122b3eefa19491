"""Stable answer: the same question gets the same answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream, answer_text_after, shifted
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, PortableStep
from components.core.prompt import Prompt
from components.layers.below_answer import ClosingStream, append_below_answer

MAX_ATTEMPTS = 3  # how often the same can be asked


@dataclass(frozen=True)
class StableAnswer(Layer):
    """Gives the first answer again when the same question is asked once more, instead of a new one.

    Where the first answer broke, the new attempt is shown.
    """

    family = Family.CONTROL
    rank: ClassVar[int] = -1  # inside of what asks for another attempt
    moves = ("trust", "consistency")
    evidence = (
        Evidence("none found for one stable answer"),
        Evidence(
            "related: answers that contradict each other lowered what people thought of the model, and raised "
            "what they understood",
            252,
            "Lee 2024",
            "https://arxiv.org/abs/2405.05581",
        ),
    )
    example = Example(again=True, scenario="leave_carry_over")
    rivals: ClassVar[Mapping[str, str]] = {
        "Regenerate": "Regenerate offers another answer, and Stable answer gives the same one again. Keep one of them."
    }

    says: bool = dial(True, "Say that it is the same answer as before.")
    note: str = dial("The same answer as before: the question has not changed.", "What is said.")
    label: str = dial("Ask again", "What stands on the button that asks the same once more; empty: no button.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The first attempt, also where it is asked again, and the button to do so."""
        return append_below_answer(prompt, partial(self.play_first, answer=answer), partial(self.add_button, prompt))

    def add_button(self, prompt: Prompt, _: str, last: Event) -> ClosingStream:
        """The button that asks again where that is allowed once more, then the last event."""
        if last.kind == "end" and self.label.strip() and prompt.attempt + 1 < MAX_ATTEMPTS:
            yield self.button(last.at)
        return last

    def button(self, at: float) -> Event:
        """The button that asks the same once more."""
        return Event(at, "action", self.label.strip(), {"name": "again", "actions": ["again"]})

    def play_first(self, prompt: Prompt, answer: Answer) -> Stream:
        """The first attempt again; where that breaks, its words are taken back and the new attempt follows."""
        if not prompt.attempt or prompt.partial:
            yield from answer(prompt)
            return
        shown = ""
        for event in answer(replace(prompt, attempt=0)):
            if event.kind in ("error", "failure"):
                yield from self.play_new_attempt(prompt, answer, event, shown)
                return
            if event.kind == "end" and self.says and self.note.strip() and shown.strip():
                yield event.become("notice", self.note, tone="info")
            shown = answer_text_after(shown, event)
            yield event

    def play_new_attempt(self, prompt: Prompt, answer: Answer, last: Event, shown: str) -> Stream:
        """The new attempt, from the moment at which the first one broke."""
        if shown:
            yield last.become("revise", "")
        yield from shifted(answer(prompt), last.at)

    def portable(self) -> Portable:
        """The step that shows the first attempt again, and the button below it."""
        first = PortableStep("stable", {"note": self.note if self.says and self.note.strip() else ""})
        values = {"events": [self.button(0.0).to_json()], "on": ["end"], "whole": True, "attempts": MAX_ATTEMPTS}
        return Portable((first, PortableStep("after", values)) if self.label.strip() else (first,))

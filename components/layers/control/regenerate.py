"""Regenerate: another try at the same question, the first one kept."""

from dataclasses import dataclass
from functools import partial

from components.core.card import Card
from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.layers.added_content import content_remark
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.portable_parts import closing_step


@dataclass(frozen=True)
class Regenerate(Layer):
    """Offers another answer to the same question; the answers before it stay, and can be looked at again."""

    family = Family.CONTROL
    moves = ("control", "agreement with wrong answers")
    example = Example(scenario="delay_email")
    evidence = (Evidence("none found for another try beside the first one"),)

    label: str = dial("Another answer", "What stands on the button.")
    most: int = dial(3, "How many answers there can be to one question.", 2, 5, 1, "answers")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and before its end the button, as long as another answer is allowed."""
        return append_below_answer(prompt, answer, partial(self.add_button, prompt))

    def add_button(self, prompt: Prompt, _: str, last: Event) -> ClosingStream:
        """The button for another answer where one is allowed, then the last event."""
        if prompt.attempt and last.data.get("stands_in"):
            yield content_remark(
                last.at,
                "Regenerate needs",
                "another answer was neither written nor recorded, so this one is shown again",
            )
        if last.kind == "end" and self.label.strip() and prompt.attempt + 1 < self.most:
            yield last.become("action", self.label, name="again", actions=["again"])
        return last

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:
        """A model that always picks its likeliest word has no second answer."""
        if card is None or card.settings.get("temperature") != 0:
            return ()
        text = f"{card.name} answers at temperature 0: another answer would be the same one. Give it some freedom."
        return (Remark(text),)

    def portable(self) -> Portable:
        """The button below an answer."""
        return closing_step(self, on=("end",), attempts=self.most)

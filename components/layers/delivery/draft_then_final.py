"""Draft then final: the first sentence at once, the whole answer when it is complete."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import LAST, Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.delivery.held_words import RELEASING_KINDS, error_with_held, join_held
from components.layers.delivery.streaming import SENTENCE_END, TAIL_CHARS


@dataclass(frozen=True)
class DraftThenFinal(Layer):
    """Shows the answer's first sentence as a draft as soon as it is there, and the whole answer when it is complete."""

    family = Family.DELIVERY
    moves = ("time to useful", "felt wait")
    example = Example(scenario="delay_email")
    evidence = (Evidence("none found for a draft before the full answer"),)
    releases: ClassVar[bool] = True

    swap: float = dial(0.0, "The whole answer does not take the draft's place earlier than this.", 0, 20, 0.5, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """A draft, then all words in its place; with an error, what was not shown is handed on."""
        held: list[Event] = []
        shown, tail = False, ""
        for event in answer(prompt):
            if event.kind in ("token", "text"):
                held.append(event)
                tail = (tail + event.text)[-TAIL_CHARS:]
                if not shown and SENTENCE_END.search(tail):
                    yield from (words.with_data(draft=True) for words in join_held(held, event.at))
                    held, shown = [], True
            elif event.kind == "error":
                yield error_with_held(event, held)
            elif event.kind in RELEASING_KINDS:
                at = max(event.at, self.swap) if shown and held else event.at
                yield from join_held(held, at)
                held = []
                yield event.with_time(at)
            else:
                yield event
            if event.kind in LAST:
                return

    def portable(self) -> Portable:
        """Words kept until the end, a draft before."""
        return portable_step("hold", sign=None, give_up=None, leave=None, draft={"swap": self.swap})

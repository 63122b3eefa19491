"""Streaming: the words as the model finds them."""

import re
from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, as_text
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.remark import NO_DELIVERY
from components.layers.delivery.held_words import RELEASING_KINDS, error_with_held, join_held
from components.layers.findings import ZHOU_2025
from components.layers.unspaced_scripts import is_unspaced_character

SENTENCE_END = re.compile(r"""[.!?…][)\]"'”’»*_]*\s*$|[。！？]\s*$|\n\s*$""")
TAIL_CHARS = 16  # characters; enough to see how a sentence ends


@dataclass(frozen=True)
class Streaming(Layer):
    """Shows the answer while it is written: token by token, word by word or sentence by sentence."""

    family = Family.DELIVERY
    moves = ("first words", "felt wait")
    example = Example(scenario="tenancy_deposit")
    evidence = (
        Evidence("none found: no peer-reviewed estimate of how far it shortens felt time"),
        ZHOU_2025,
    )
    cures: ClassVar[str] = NO_DELIVERY
    releases: ClassVar[bool] = True

    unit: str = dial("token", "How much is shown at a time.", choices=("token", "word", "sentence"))
    cursor: bool = dial(True, "A cursor after the last word while it is written.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """Text as each unit is complete, the cursor named on the first; held words go with an error."""
        held: list[Event] = []
        tail, cursor = "", {"cursor": True} if self.cursor else {}
        for event in answer(prompt):
            word = event.kind in ("token", "text")
            if word and self.unit == "token":
                if event.text:
                    text = as_text(event)
                    yield text.with_data(**cursor) if cursor else text
                    cursor = {}
                continue
            if self.unit_ends(tail, event.text) if word else event.kind in RELEASING_KINDS:
                for text in join_held(held, event.at):
                    yield text.with_data(**cursor) if cursor else text
                    held, cursor = [], {}
            if not word:
                yield error_with_held(event, held) if event.kind == "error" else event
            else:
                held.append(event)
                tail = (tail + event.text)[-TAIL_CHARS:]

    def unit_ends(self, tail: str, following: str) -> bool:
        """Whether a unit ends between the words so far and those that follow."""
        if not tail or not following:
            return False
        apart = tail[-1].isspace() or following[0].isspace()
        if self.unit == "word":
            return apart or is_unspaced_character(tail[-1]) or is_unspaced_character(following[0])
        return SENTENCE_END.search(tail) is not None and (apart or is_unspaced_character(tail[-1]))

    def portable(self) -> Portable:
        """The step that shows the words, a unit at a time."""
        return portable_step("release", unit=self.unit, cursor=self.cursor)

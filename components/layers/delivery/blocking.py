"""Blocking: the whole answer at once, when it is complete."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.delivery.held_words import RELEASING_KINDS, error_with_held, join_held
from components.layers.portable_parts import ANY_PROMPT


@dataclass(frozen=True)
class Blocking(Layer):
    """Shows a sign of waiting, then the whole answer at once when the model has finished."""

    family = Family.DELIVERY
    moves = ("felt wait",)
    example = Example(scenario="leave_carry_over")
    evidence = (
        Evidence("none found against streaming: no peer-reviewed estimate of felt time"),
        Evidence(
            "limits of 0.1, 1 and 10 s for feeling instant, unbroken and attended; advice, not a study",
            None,
            "Nielsen 1993",
            "https://www.nngroup.com/articles/response-times-3-important-limits/",
        ),
    )
    joins_hidden_turns: ClassVar[bool] = True  # it gives up on what nobody sees too
    releases: ClassVar[bool] = True

    sign: str = dial("spinner", "What moves while the person waits.", choices=("spinner", "skeleton", "none"))
    patience: float = dial(0.0, "Give up after so many seconds; 0 waits for as long as it takes.", 0, 120, 1, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """A sign at once; every word at the end, or handed on with the error."""
        if self.sign != "none":
            yield Event(0.0, "status", "", {"shape": self.sign} | ({"lines": 3} if self.sign == "skeleton" else {}))
        held: list[Event] = []
        for event in answer(prompt):
            if self.patience and event.at > self.patience:
                late = Event(self.patience, "error", f"ReadTimeout: timed out after {self.patience:.1f} s")
                yield error_with_held(late.with_data(fault="timeout"), held)
                return
            if event.kind in ("token", "text"):
                held.append(event)
                continue
            if event.kind == "error":
                event = error_with_held(event, held)
            elif event.kind in RELEASING_KINDS:
                yield from join_held(held, event.at)
                held = []
            yield event

    def portable(self) -> Portable:
        """Words kept until the end, under the sign; a time-out after the patience."""
        sign = None if self.sign == "none" else next(self.play(ANY_PROMPT, lambda _: iter(()))).to_json()
        words = f"ReadTimeout: timed out after {self.patience:.1f} s"
        give_up = {"at": self.patience, "words": words} if self.patience else None
        return portable_step("hold", sign=sign, give_up=give_up, leave=None, draft=None)

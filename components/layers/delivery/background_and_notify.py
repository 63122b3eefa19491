"""Background and notify: people may leave while it works, and are told when it is there."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.delivery.held_words import RELEASING_KINDS, error_with_held, join_held


@dataclass(frozen=True)
class BackgroundAndNotify(Layer):
    """Where the answer takes long, lets the person leave; it says so in the tab's title when the answer is there."""

    family = Family.DELIVERY
    rank: ClassVar[int] = 2
    moves = ("resumption", "abandonment")
    evidence = (Evidence("none found for answers of a language model"),)
    example = Example({"threshold": 2.0}, scenario="tenancy_deposit")
    releases: ClassVar[bool] = True

    threshold: float = dial(4.0, "After so many seconds without a whole answer, people may leave.", 0.5, 60, 0.5, "s")
    leave: str = dial("This takes a while. You can leave this page open; we tell you when it is done.", "What is said.")
    ready: str = dial("Your answer is ready.", "What is said when it is there.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """A quick answer all at once; a slow one after a word that one may leave, with a word that it is there."""
        held: list[Event] = []
        left = False
        for event in answer(prompt):
            if not left and event.at >= self.threshold and event.kind not in RELEASING_KINDS:
                left = True
                yield Event(
                    max(self.threshold, held[-1].at if held else 0.0), "status", self.leave, {"shape": "spinner"}
                )
            if event.kind in ("token", "text"):
                held.append(event)
            elif event.kind == "error":
                yield error_with_held(event, held)
            elif event.kind in RELEASING_KINDS:
                if left and held and event.kind == "end":
                    yield event.become("notice", self.ready, tone="ready")
                yield from join_held(held, event.at)
                held = []
                yield event
            elif event.kind != "status" or not left:
                yield event

    def portable(self) -> Portable:
        """Words kept until the end; the person may leave."""
        leave = {"at": self.threshold, "words": self.leave, "ready": self.ready}
        return portable_step("hold", sign=None, give_up=None, leave=leave, draft=None)

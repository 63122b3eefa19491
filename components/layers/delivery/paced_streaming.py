"""Paced streaming: the words at a steady pace, however unsteadily they come."""

from collections import deque
from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, as_text
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.delivery.held_words import RELEASING_KINDS, error_with_held
from components.layers.findings import ZHOU_2025


@dataclass(frozen=True)
class PacedStreaming(Layer):
    """Keeps a small reserve of words and lets them out at a steady rate, so that the text does not stutter."""

    family = Family.DELIVERY
    moves = ("stutter", "freezes", "first words")
    example = Example(scenario="photosynthesis")
    evidence = (
        Evidence("none found for an even pace against an uneven one"),
        ZHOU_2025,
    )
    releases: ClassVar[bool] = True

    rate: float = dial(20.0, "Tokens per second, at the most.", 1, 200, 1, "tokens/s")
    buffer: float = dial(0.5, "How long the first words are kept as a reserve.", 0, 5, 0.1, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """Each token when it is due, never before it came; what is not yet due goes with an error."""
        waiting: deque[Event] = deque()
        due: float | None = None
        for event in answer(prompt):
            if event.kind in ("token", "text"):
                due = event.at + self.buffer if due is None else max(event.at, due + 1 / self.rate)
                waiting.append((as_text(event) if event.kind == "token" else event).with_time(due))
            lets_go = (
                event.kind in RELEASING_KINDS
            )  # nothing more comes: the reserve plays out, and the end waits for it
            while waiting and (lets_go or waiting[0].at <= event.at):
                yield waiting.popleft()
            if event.kind == "error":
                yield error_with_held(event, waiting)
            elif event.kind not in ("token", "text"):
                yield event.with_time(max(event.at, due or 0.0)) if lets_go else event

    def portable(self) -> Portable:
        """The step that shows the words at a pace."""
        return portable_step("pace", rate=self.rate, buffer=self.buffer)

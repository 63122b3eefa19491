"""Latency profile: gives the recorded words another pace."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import Answer, Example, Family, Layer, dial
from components.core.portable import NotPortable
from components.core.prompt import Prompt
from components.layers.findings import EFENDIC_2020, TAN_2026


@dataclass(frozen=True)
class LatencyProfile(Layer):
    """Plays the same words at another pace: a later first word, a steady rate, some unevenness, one stall."""

    family = Family.WEATHER
    moves = ("first words", "felt wait", "complete answer")
    example = Example(scenario="photosynthesis")
    evidence = (
        TAN_2026,
        EFENDIC_2020,
    )
    joins_hidden_turns: ClassVar[bool] = True  # a connection is as slow for what nobody sees

    first: float = dial(0.0, "Seconds from Play to the first word; 0 keeps the recorded wait.", 0, 20, 0.1, "s")
    rate: float = dial(0.0, "Tokens per second after that; 0 keeps the recorded pace.", 0, 200, 1, "tokens/s")
    jitter: float = dial(0.0, "How far each wait strays from even, the same way every time.", 0, 50, 1, "%")
    stall: float = dial(0.0, "One pause in the middle of the answer, in seconds.", 0, 10, 0.1, "s")
    stall_at: int = dial(20, "The token before which the pause comes.", 1, 2000, 1, "tokens")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same events at other times; only tokens are re-timed, what follows keeps its distance from them."""
        last = recorded = now = 0.0  # the last token as told here and as it came; the last thing told
        paces = self.token_paces(prompt)
        for event in answer(prompt):
            wait = max(0.0, event.at - recorded)
            if event.kind == "token":
                fixed, uneven, pause = next(paces)
                last = now = max(now, last + (fixed or wait) * uneven + pause)
                recorded = event.at
            elif event.kind == "silence":
                now = max(now, event.at)
            else:
                now = max(now, last + wait)
            yield event.with_time(now)

    def token_paces(self, prompt: Prompt) -> Iterator[tuple[float, float, float]]:
        """For each token: its wait in seconds (0 for as recorded), how uneven it is (a factor), seconds of pause."""
        chance = Random(f"{prompt.id} {prompt.attempt}")  # the same for every prototype that is asked the same
        for index in count():
            fixed = self.first if index == 0 else 1 / self.rate if self.rate else 0.0
            uneven = 1 + self.jitter / 100 * chance.uniform(-1, 1)
            yield fixed, uneven, self.stall if index == self.stall_at else 0.0

    def portable(self) -> NotPortable:
        """A latency is made on purpose, for a comparison."""
        return NotPortable("It sets how fast a model answers; in a product the model does.")

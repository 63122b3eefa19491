"""Deliberate delay: the answer is held back for a moment, as if it were thought over."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt


@dataclass(frozen=True)
class DeliberateDelay(Layer):
    """Holds everything back for so many seconds, then tells it at its own pace."""

    family = Family.DELIVERY
    moves = ("thoughtfulness", "frustration", "felt wait")
    evidence = (
        Evidence(
            "mixed: answers after 2 s were rated less thoughtful and less useful than after 9 or 20 s, while "
            "behaviour stayed the same",
            240,
            "Tan 2026",
            "https://arxiv.org/abs/2604.06183",
        ),
        Evidence(
            "mixed: a slow algorithm was trusted less, a slow person more (7 studies)",
            1928,
            "Efendić 2020",
            "https://doi.org/10.1016/j.obhdp.2020.01.008",
        ),
        Evidence(
            "mixed: a chatbot's delay raised humanness, social presence and satisfaction",
            PEOPLE_UNKNOWN,
            "Gnewuch 2018",
            "https://publikationen.bibliothek.kit.edu/1000089970",
        ),
    )
    rank: ClassVar[int] = -1  # before the words are released, so that signs of waiting are not held back

    seconds: float = dial(2.0, "How long the answer is held back.", 0, 20, 0.5, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same answer, later; a silence is passed on at once."""
        if prompt.partial:
            yield from answer(prompt)
            return
        last = 0.0
        for event in answer(prompt):
            last = max(last, event.at + (0.0 if event.kind == "silence" else self.seconds))
            yield event.with_time(last)

    def portable(self) -> Portable:
        """The step that delays the answer."""
        return portable_step("delay", seconds=self.seconds)

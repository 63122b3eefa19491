"""Unavailable: a model that cannot be asked at the moment, and says why in the place of an answer."""

import time

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.generation import Generation


class UnavailableModel:
    """Beside others that answer, it fails alone: in its pane stands what is wrong with it."""

    def __init__(self, card: Card, problem: Explained) -> None:
        self.card, self.problem = card, problem

    def check(self) -> None:
        """Nothing to check: it is known what is wrong."""

    def ask(self, prompt: Prompt) -> Generation:
        """An answer that has failed already."""
        made = Generation(prompt, lambda _: None)
        made.begin(time.monotonic())
        told = {"what": self.problem.what, "kept": self.problem.kept, "do": self.problem.do}
        made.add(Event(0.0, "error", f"ConnectionError: {self.problem.what}", {"fault": "refused", **told}))
        return made

    @property
    def making(self) -> tuple[Generation, ...]:
        """None are in the making."""
        return ()

    def close(self) -> None:
        """Nothing runs."""

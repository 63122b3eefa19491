"""Model: what every provider is to the rest: a card, and answers that can be asked for, watched and stopped."""

from typing import Protocol

from components.core.card import Card
from components.core.prompt import Prompt
from components.models.generation import Generation


class Model(Protocol):
    """Something that answers prompts."""

    @property
    def card(self) -> Card:
        """Which model it is, and its settings. Explained where that cannot be known."""

    def check(self) -> None:
        """Explained where it plainly cannot answer; costs about a millisecond."""

    def ask(self, prompt: Prompt) -> Generation:
        """An answer in the making, at once. Explained as in `check`."""

    @property
    def making(self) -> tuple[Generation, ...]:
        """The answers in the making, and those that wait for their turn, whoever asked."""

    def close(self) -> None:
        """End whatever it keeps running; the next question starts it anew."""

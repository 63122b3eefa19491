"""Own model: which model answers in one pane, where it is another one than in the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from components.core.card import Card
from components.core.event import Stream
from components.core.layer import Answer, Evidence, Family, Layer, dial
from components.core.portable import NotPortable
from components.core.prompt import Prompt
from components.core.remark import Remark

OTHER_AUTHOR_TEXT = "It is for {own}; the words that play here were given by {author}."


@dataclass(frozen=True)
class ModelAddress:
    """Where a model is found besides by its name: its provider, and the id under which it is wired, "" if it is not."""

    provider: str = ""
    id: str = ""

    def to_json(self) -> dict[str, str]:
        """A JSON object of the two."""
        return {"provider": self.provider, "id": self.id}

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "ModelAddress":
        """The address that `to_json` wrote."""
        return ModelAddress(str(values.get("provider", "")), str(values.get("id", "")))


@dataclass(frozen=True)
class OwnModel(Layer, base=True):
    """Asks a model of this pane's own, so that one question is answered by several models side by side.

    It is no pattern of the catalogue, and plays what it is given: who puts a comparison together asks that model.
    """

    family = Family.WEATHER
    rank: ClassVar[int] = -2  # it is the model
    moves = ("the answer itself",)
    evidence = (Evidence("none: another model is another answer, and no pattern"),)
    joins_hidden_turns: ClassVar[bool] = True

    name: str = dial("", "The model's name, as its recordings call it.", title="Who answers")
    address: ModelAddress = field(default=ModelAddress(), metadata={"carried": ModelAddress})

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer as it comes."""
        yield from answer(prompt)

    def gave(self, card: Card) -> bool:
        """Whether answers with this card are the model's."""
        return (self.name, self.address.provider) == (card.name, card.provider)

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:
        """That another model than this one gave the answer."""
        if card is None or self.gave(card):
            return ()
        return (Remark(OTHER_AUTHOR_TEXT.format(own=self.name, author=card.author), level="note"),)

    def portable(self) -> NotPortable:
        """The program is told which model it asks."""
        return NotPortable("It says which model is asked: the program asks the one that it is given.")


def model_of_card(card: Card, id: str = "") -> OwnModel:
    """The model with this card as a pane asks it; `id` where it is wired."""
    return OwnModel(card.name, ModelAddress(card.provider, id))

"""Prototype: a model inside a stack of layers, which is a model again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Any

from components.core.event import Event, Stream, as_text, in_order
from components.core.layer import Answer, Family, Layer, layer_from_json, pattern_title
from components.core.own_model import OwnModel
from components.core.prompt import Prompt, content_id


@dataclass(frozen=True)
class Prototype:
    """A named stack of layers. Its id is the hash of the layers: what it does, whatever it is called.

    `about` says in the designer's words what it is for. `work` is the id of the work under which it is kept, "" where
    it is in none: it stays the same whatever is changed, and two prototypes are the same without regard to it.
    """

    name: str
    layers: tuple[Layer, ...] = ()
    about: str = ""
    work: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(sorted(self.layers, key=lambda layer: (layer.family, layer.rank))))

    @cached_property
    def id(self) -> str:
        """The hash of the layers and their dials, in hex."""
        return content_id([layer.to_json() for layer in self.layers])

    @property
    def playing_layers(self) -> tuple[Layer, ...]:
        """The layers as they play together, each with what it shares with others."""
        return tuple(layer.among(self.layers) for layer in self.layers)

    def layers_of(self, family: Family) -> tuple[Layer, ...]:
        """The layers of one family, from the model outwards."""
        return tuple(layer for layer in self.layers if layer.family == family)

    def with_weather(self, *weather: Layer) -> "Prototype":
        """The same prototype with these weather layers closest to the model."""
        return self.with_layers((*weather, *self.layers))

    def with_layers(self, layers: Iterable[Layer]) -> "Prototype":
        """The same name and description around other layers."""
        return replace(self, layers=tuple(layers))

    @property
    def own_model(self) -> OwnModel | None:
        """The model that answers in its pane alone; None where it is the one that answers in the others."""
        # by name, since a file that is loaded anew has other classes
        own = (layer for layer in self.layers if type(layer).__name__ == OwnModel.__name__)
        return next(own, None)  # type: ignore[return-value]

    def with_own_model(self, model: OwnModel | None) -> "Prototype":
        """The same prototype with this model in its pane, or with the one of the others."""
        kept = (layer for layer in self.layers if type(layer).__name__ != OwnModel.__name__)
        return self.with_layers((*kept, *([model] if model else [])))

    @property
    def summary(self) -> str:
        """The titles of the patterns after delivery, joined by dots."""
        later = [pattern_title(type(layer)).lower() for layer in self.layers if layer.family > Family.DELIVERY]
        return " · ".join(later)

    def around(self, model: Answer) -> Answer:
        """The model seen through every layer; words no delivery layer released are shown as they come."""
        inner = [layer for layer in self.playing_layers if layer.family <= Family.DELIVERY]
        outer = [layer for layer in self.playing_layers if layer.family > Family.DELIVERY]
        delivered = release_tokens(reduce(lambda answer, layer: layer.around(answer), inner, model))
        whole = reduce(lambda answer, layer: layer.around(answer), outer, delivered)
        return lambda prompt: in_order(whole(prompt))

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the name, the description where there is one, and the layers."""
        about = {"about": self.about} if self.about else {}
        return {"name": self.name, **about, "layers": [layer.to_json() for layer in self.layers]}

    @staticmethod
    def from_json(values: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "Prototype":
        """The prototype that `to_json` wrote. Explained where a layer cannot be read."""
        known = {**patterns, OwnModel.__name__: OwnModel}
        layers = tuple(layer_from_json(layer, known) for layer in values["layers"])
        return Prototype(str(values["name"]), layers, str(values.get("about", "")))


def release_tokens(answer: Answer) -> Answer:
    """The answer with each `token` event as a `text` event."""

    def shown(prompt: Prompt) -> Stream:
        for event in answer(prompt):
            yield as_text(event) if event.kind == "token" else event

    return shown


def visible_events(prototype: Prototype, prompt: Prompt, model: Answer) -> tuple[Event, ...]:
    """Every event a person would see, silences left out, in order."""
    return tuple(event for event in prototype.around(model)(prompt) if event.kind != "silence")

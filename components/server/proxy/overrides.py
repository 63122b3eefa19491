"""Overrides: what a client wants of a model besides its own settings, as far as the model can do it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.endpoint.endpoint import Endpoint
from components.models.generation import Generation
from components.models.model import Model
from components.models.source import Settings

LENGTH_KEYS = ("max_tokens", "max_completion_tokens")
TUNED_KEYS = ("temperature", "top_p", "seed", "stop")
HANDLED_KEYS = ("model", "messages", "stream", "stream_options", "logprobs", "top_logprobs", "n")


def apply_overrides(model: Model, wanted: Mapping[str, Any], prompt: Prompt) -> tuple[Model, tuple[str, ...]]:
    """The model with what the client wants, and what of that it cannot do. Explained where a value is none."""
    settings = {name: value for name, value in wanted.items() if value is not None and name not in HANDLED_KEYS}
    most = next((settings[name] for name in LENGTH_KEYS if name in settings), None)
    tuned = {name: check_setting(name, settings[name]) for name in TUNED_KEYS if name in settings}
    if most is not None:
        tuned["max_tokens"] = check_setting("max_tokens", most)
    Settings(**tuned)  # Explained where one of them is out of range, also where this model would not use it
    if isinstance(model, Endpoint):
        if model.settings.system and any(message.role == "system" for message in prompt.messages):
            tuned["system"] = ""  # the client brings its own
        tuned_model = model.with_settings(replace(model.settings, **tuned)) if tuned else model
        return tuned_model, tuple(name for name in settings if name not in (*LENGTH_KEYS, *TUNED_KEYS))
    own = model.card.settings
    left = [name for name in settings if name not in LENGTH_KEYS and (name not in own or own[name] != settings[name])]
    if most is None:
        return model, tuple(left)
    fits = most <= own.get("max_tokens", most)
    return (LimitedModel(model, most) if fits else model), tuple(left if fits else [*left, "max_tokens"])


def check_setting(name: str, value: object) -> Any:
    """A setting in its own type. Explained where it is none."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in ("max_tokens", "seed"):
        fits = number and isinstance(value, int) and (value >= 1 or name == "seed")
    elif name == "stop":
        listed = [value] if isinstance(value, str) else value
        fits = isinstance(listed, list) and len(listed) <= 16 and all(isinstance(word, str) and word for word in listed)
        value = tuple(listed) if fits else ()  # type: ignore[arg-type]
    else:
        fits = number
    if not fits:
        raise Explained(f"The value of “{name}” cannot be used.", do="Give another one, or leave it out.")
    return value


@dataclass(frozen=True)
class LimitedModel:
    """A model that is stopped after so many tokens, as if it were set so."""

    model: Model
    most: int

    @property
    def card(self) -> Card:
        """The model's, with its limit as it is here."""
        card = self.model.card
        return replace(card, settings={**card.settings, "max_tokens": self.most})

    @property
    def making(self) -> tuple[Generation, ...]:
        """The model's answers in the making."""
        return self.model.making

    def check(self) -> None:
        """Explained where the model plainly cannot answer."""
        self.model.check()

    def ask(self, prompt: Prompt) -> Generation:
        """An answer in the making that ends at the limit."""
        generation = self.model.ask(prompt)

        def look() -> None:
            tokens = [event for event in generation.events if event.kind == "token"]
            if not generation.done and len(tokens) >= self.most:
                generation.add(Event(tokens[-1].at, "end", data={"reason": "length"}))
                generation.stop()

        generation.on_change(look)
        look()
        return generation

    def close(self) -> None:
        """End whatever the model keeps running."""
        self.model.close()

"""Card: which model gave an answer, and with which settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Card:
    """Which model answered: its name, provider, the hash or revision of its weights, and its settings."""

    name: str
    provider: str
    revision: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def scripted(self) -> bool:
        """Whether a person wrote these answers; it is said wherever they show."""
        return self.provider == "scripted"

    @property
    def typed_live(self) -> bool:
        """Whether a person typed these answers while they were waited for."""
        return self.scripted and self.settings.get("live") is True

    @property
    def temperature(self) -> float | None:
        """The temperature of its answers; None where it is not known."""
        told = self.settings.get("temperature")
        return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else None

    @property
    def author(self) -> str:
        """Who gave these answers, as it is said on a page: the model's name, or that a person wrote them."""
        if self.typed_live:
            drafts = self.settings.get("drafts")
            return "typed live by a person" + (f", with drafts of {drafts}" if drafts else "")
        return "written by a person" if self.scripted else self.name

    @property
    def times(self) -> str:
        """How the times of its words came about: "measured", "spread" between the first and the end, or "made up"."""
        return str(self.settings.get("times", "measured"))

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the four fields."""
        return {
            "name": self.name, "provider": self.provider, "revision": self.revision, "settings": dict(self.settings),
        }  # fmt: skip

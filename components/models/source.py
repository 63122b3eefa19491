"""Source: which weights a model is made of, and the settings it answers with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from components.core.explained import Explained


@dataclass(frozen=True)
class Source:
    """The bundled model, a folder on this computer, or the name of a model on a hub; `where` says which."""

    kind: Literal["bundled", "folder", "hub"] = "bundled"
    where: str = ""

    @property
    def at_once(self) -> int:
        """How many answers it makes together, hardly slower than one; whoever comes after that waits."""
        return 8 if self.kind == "bundled" else 1


@dataclass(frozen=True)
class Settings:
    """How a model answers: how freely it picks words, at most how many tokens, and what it is told beforehand."""

    temperature: float = 0.2
    top_p: float = 0.95
    max_tokens: int = 200
    system: str = ""

    def __post_init__(self) -> None:
        fits = 0 <= self.temperature <= 5 and 0 < self.top_p <= 1 and 1 <= self.max_tokens <= 100_000
        if not fits:
            raise Explained(
                "The model cannot answer with these settings.",
                do="Temperature goes from 0 to 5, top p up to 1, and at least one token is needed.",
            )

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the four fields."""
        return asdict(self)


def read(values: Mapping[str, Any]) -> tuple[Source, Settings]:
    """The source and the settings as the worker process is sent them."""
    return Source(**values["source"]), Settings(**values["settings"])

"""Source: where a model is, and the settings it answers with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from components.core.explained import Explained
from components.models.written.scripted_model import AnswerScript

PATIENCE_RANGE_S = (0.1, 3600.0)  # seconds, the least and the most patience there is


@dataclass(frozen=True)
class Timeouts:
    """How long to wait, in seconds: for the connection, the first token, between two tokens, for the whole answer."""

    connect: float = 10.0
    first: float = 60.0
    between: float = 30.0
    total: float = 300.0

    def __post_init__(self) -> None:
        if not all(PATIENCE_RANGE_S[0] <= seconds <= PATIENCE_RANGE_S[1] for seconds in asdict(self).values()):
            raise Explained(
                "Nobody can wait that long, or that short.",
                "What you typed stays here.",
                f"Each of the times is between {PATIENCE_RANGE_S[0]:g} and {PATIENCE_RANGE_S[1]:,.0f} seconds.",
            )


@dataclass(frozen=True)
class Source:
    """The bundled model, a folder on this computer, the name of a model on a hub, or an endpoint; `where` says which.

    Of an endpoint, `where` is the base URL, `model` its name there, `key` the name of the variable or secret that
    holds the key, never the key itself, and `patience` how long it is waited for. A script holds all of its answers;
    recordings are those of the model with the name `model`, or of any. Of a person, `where` is the desk that they
    answer at, and `model` the id of the one whose draft they get, or "".
    """

    kind: Literal["bundled", "folder", "hub", "endpoint", "scripted", "replay", "person"] = "bundled"
    where: str = ""
    model: str = ""
    key: str = ""
    patience: Timeouts = Timeouts()
    script: AnswerScript | None = None

    @property
    def max_parallel(self) -> int:
        """How many answers the model makes in parallel; further ones wait in a queue."""
        return 8 if self.kind == "bundled" else 1

    @property
    def is_testable(self) -> bool:
        """Whether it can be tested and measured: answers that are known beforehand cannot, nor a person's."""
        return self.kind not in ("scripted", "replay", "person")

    def to_json(self) -> dict[str, Any]:
        """A JSON object of what is set."""
        unset = asdict(Source(self.kind))
        return {name: value for name, value in asdict(self).items() if name == "kind" or value != unset[name]}

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Source":
        """The source that `to_json` wrote. KeyError, TypeError or ValueError where it is none."""
        patience, script = values.get("patience"), values.get("script")
        nested = {"patience": Timeouts(**patience or {}), "script": AnswerScript.from_json(script) if script else None}
        return Source(**{**values, **nested})


@dataclass(frozen=True)
class Settings:
    """How a model answers: how freely it picks words, at most how many tokens, and what it is told beforehand.

    `seed` and `stop` are for endpoints that know them: the same seed gives the same words, and an answer ends before
    any of the stop words.
    """

    temperature: float = 0.2
    top_p: float = 0.95
    max_tokens: int = 200
    system: str = ""
    seed: int | None = None
    stop: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fits = 0 <= self.temperature <= 5 and 0 < self.top_p <= 1 and 1 <= self.max_tokens <= 100_000
        if not fits:
            raise Explained(
                "The model cannot answer with these settings.",
                do="Temperature goes from 0 to 5, top p up to 1, and at least one token is needed.",
            )

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the settings, of the last two only what is set."""
        values = asdict(self) | {"stop": list(self.stop)}
        unset = [name for name in ("seed", "stop") if values[name] in (None, [])]
        return {name: value for name, value in values.items() if name not in unset}


def parse_source(values: Mapping[str, Any]) -> tuple[Source, Settings]:
    """(source, settings) from the message that the worker process is sent. KeyError, TypeError or ValueError where
    it is none.
    """
    settings = dict(values["settings"])
    return Source.from_json(values["source"]), Settings(**settings | {"stop": tuple(settings.get("stop", ()))})

"""Event: one thing that happens at one moment of an answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from components.core.vocabulary import ANSWERING, LAST, EventKind

__all__ = ["LAST", "Event", "EventKind", "Stream", "answer_text_after", "as_text", "in_order", "shifted"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens `at` seconds since Send.

    What each `kind` means and which `data` it may carry, JSON values only, stands in components/core/vocabulary.py.
    """

    at: float
    kind: EventKind
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def become(self, kind: EventKind, text: str = "", **data: Any) -> "Event":
        """An event of another kind at the same moment, with this text and this data only."""
        return Event(self.at, kind, text, data)

    def with_time(self, at: float) -> "Event":
        """The same event with another `at`, in seconds since Send."""
        return Event(at, self.kind, self.text, self.data)

    def with_data(self, **data: Any) -> "Event":
        """The same event with these data added, in place of those of the same name."""
        return Event(self.at, self.kind, self.text, {**self.data, **data})

    @property
    def carries_words(self) -> bool:
        """Whether a person reads words of the answer here."""
        return self.kind in ANSWERING and bool(self.text)

    @property
    def tokens(self) -> tuple[Mapping[str, Any], ...]:
        """The model's tokens behind these words: mappings with `text`, `logprob` and `alternatives`."""
        if self.kind == "token":
            return ({"text": self.text, **self.data},)
        return tuple(self.data.get("tokens", ()))

    @property
    def made_up(self) -> bool:
        """Whether a fault, not the model, wrote any of these words."""
        return any(token.get("made_up") for token in self.tokens)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with `at`, `kind`, and `text` and `data` where there are any."""
        short: dict[str, Any] = {"at": round(self.at, 6), "kind": self.kind}
        if self.text:
            short["text"] = self.text
        if self.data:
            short["data"] = dict(self.data)
        return short

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Event":
        """The event that `to_json` wrote. KeyError or ValueError where it is none."""
        kind = cast(EventKind, str(values["kind"]))  # a kind that nobody knows any more is kept, and shown by nobody
        return Event(float(values["at"]), kind, str(values.get("text", "")), values.get("data", {}))


Stream = Iterator[Event]


def in_order(stream: Iterable[Event], start: float = 0.0) -> Stream:
    """The same events, none before `start` or before the one in front of it."""
    last = start
    for event in stream:
        last = max(last, event.at)
        yield event if event.at == last else event.with_time(last)


def shifted(stream: Iterable[Event], seconds: float) -> Stream:
    """The same events, later by so many seconds: what a second attempt says comes after the first."""
    return (event.with_time(event.at + seconds) for event in stream)


def answer_text_after(before: str, event: Event) -> str:
    """The answer's text on the screen after this event, given the text `before` it; hedges do not count as answer."""
    if event.kind == "revise":
        return event.text
    return before + event.text if event.kind == "text" and not event.data.get("hedge") else before


def as_text(token: Event, text: str | None = None) -> Event:
    """A `text` event for a token, or for one that is text already, with the model's tokens kept in its data."""
    tokens = [{"text": token.text, **token.data}] if token.kind == "token" else list(token.tokens)
    return Event(token.at, "text", token.text if text is None else text, {"tokens": tokens})

"""What an event may carry, checked against the one table: every event that the code makes while tests run."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, NoneType
from typing import Any

from components.core.event import Event
from components.core.faults import FAULT_KINDS
from components.core.vocabulary import VOCABULARY, DataKey

ROOT = Path(__file__).parents[1] / "components"
EVENT = str(ROOT / "core/event.py")
MADE = Event.__init__
PLAIN_TYPES: Mapping[object, tuple[type, ...]] = {"text": (str,), "number": (float, int, NoneType), "flag": (bool,)}
# By kind and name, the types that are right by themselves: most data, and quick to see.
PLAIN_DATA: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    kind: {name: PLAIN_TYPES[key.type] for name, key in spec.data.items() if key.type in PLAIN_TYPES}
    for kind, spec in VOCABULARY.items()
}
FROM_ELSEWHERE = ("something new", "odd")  # faults that tests make up


def unfit(kind: str, data: Mapping[str, Any]) -> str:
    """What is wrong with an event's kind or data, "" where it is as the table says."""
    if (plain := PLAIN_DATA.get(kind)) is not None and all(type(data[name]) in plain.get(name, ()) for name in data):
        return ""
    spec = VOCABULARY.get(kind)  # type: ignore[call-overload]
    if spec is None:
        return f"no kind of event is called {kind!r}"
    unknown = [name for name in data if name not in spec.data]
    if unknown:
        return f"{kind!r} has no data called {unknown[0]!r}"
    wrong = [name for name, value in data.items() if not fits(value, spec.data[name])]
    return f"the {wrong[0]!r} of {kind!r} cannot be {data[wrong[0]]!r}" if wrong else ""


def fits(value: Any, key: DataKey) -> bool:
    """Whether a value is of the type that a key has."""
    match key.type:
        case "text":
            return isinstance(value, str)
        case "fault":
            return value in ("", *FAULT_KINDS, *FROM_ELSEWHERE)
        case "number":
            return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
        case "flag":
            return isinstance(value, bool)
        case "texts":
            return isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)
        case "texts by name":
            return isinstance(value, Mapping) and all(isinstance(part, str) for pair in value.items() for part in pair)
        case "columns":
            return isinstance(value, list) and all(set(column) == {"title", "items"} for column in value)
        case "tokens":
            return isinstance(value, list | tuple) and all(
                isinstance(token["text"], str) and not unfit("token", {k: v for k, v in token.items() if k != "text"})
                for token in value
            )
        case "chances":
            return isinstance(value, list | tuple) and all(
                isinstance(text, str) and isinstance(chance, int | float) for text, chance in value
            )
        case "thoughts":
            return isinstance(value, list) and all(
                isinstance(at, int | float | None) and isinstance(text, str) for at, text in value
            )
        case _:
            return value in key.type


def maker(frame: FrameType | None) -> str:
    """The file within components that makes an event, "" for one that a test makes or a file told."""
    while frame and (frame.f_code.co_filename == EVENT or frame.f_code.co_filename.startswith("<")):
        if frame.f_code.co_name == "from_json":
            return ""
        frame = frame.f_back
    place = Path(frame.f_code.co_filename) if frame else Path()
    return place.relative_to(ROOT).as_posix() if place.is_relative_to(ROOT) else ""


def checked(self: Event, at: float, kind: Any, text: str = "", data: Mapping[str, Any] | None = None) -> None:
    """Make an event; AssertionError, naming who made it and the key, where the table does not allow it."""
    data = {} if data is None else data
    MADE(self, at, kind, text, data)
    if problem := unfit(kind, data):
        by = maker(sys._getframe(1))
        assert not by, f"{by}: {problem}"


def watch() -> None:
    """Check every event that is made from now on."""
    Event.__init__ = checked  # type: ignore[method-assign]

"""Script: what is known about a prompt beside its words, for patterns that show more than an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """What a pattern may show with a prompt where the model is not asked for it; nothing is known of most prompts.

    Every line may hold parts, with | between them; parts at the end may be left out:

    - where the prompt lacks something, `missing` says what, and `question` with its `options` asks for it;
    - `sources`: title | passage that says it | words of the answer that it bears out | address;
    - `plan`, what would be done, and `steps`, what was done for the answer: step | what came of it;
    - `brief`, the request as it was understood, to be corrected part by part: part | as it is taken; `restated` is
      the same in one sentence;
    - `assumes`: as it is taken | where it is not so;
    - `person`, who takes over where the assistant hands over: name | role | the first words;
    - `why`, `thinking`, `pro` and `contra`, what may be asked `next`, and what the assistant `can` and `cannot` do;
    - `decisions`, between which a person can decide before the answer is shown.
    """

    missing: Lines = ()
    question: str = ""
    options: Lines = ()
    sources: Lines = ()
    why: Lines = ()
    thinking: Lines = ()
    pro: Lines = ()
    contra: Lines = ()
    steps: Lines = ()
    plan: Lines = ()
    restated: str = ""
    brief: Lines = ()
    assumes: Lines = ()
    next: Lines = ()
    person: str = ""
    can: Lines = ()
    cannot: Lines = ()
    decisions: Lines = ()

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the fields that say something."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: value if isinstance(value, str) else list(value) for name, value in values.items() if value}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The script that `to_json` wrote; a field that nobody knows is left out. TypeError where it is none."""
        known = {part.name: part.default for part in fields(cls)}
        read: dict[str, Any] = {
            name: read_script_value(value, known[name]) for name, value in values.items() if name in known
        }
        return cls(**read)


def read_script_value(value: Any, default: object) -> str | Lines:
    """A field of a script as it is kept: a text, or lines. TypeError where it is neither."""
    if isinstance(value, str) != isinstance(default, str):
        raise TypeError("a text stands where lines belong, or lines where a text belongs")
    return value if isinstance(value, str) else tuple(str(line) for line in value)


def split_parts(line: str, count: int) -> tuple[str, ...]:
    """The parts of a line between |, `count` of them, without outer spaces; "" for those that are left out."""
    parts = [part.strip() for part in line.split("|", count - 1)]
    return tuple([*parts, *[""] * count][:count])

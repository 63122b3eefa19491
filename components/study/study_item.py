"""Study item: one thing that a participant is asked, how it is answered, and what counts as an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Literal

ItemKind = Literal["slider", "scale", "choice", "text", "seconds", "accept"]
ITEM_KINDS: tuple[ItemKind, ...] = ("slider", "scale", "choice", "text", "seconds", "accept")
MAX_SECONDS, SECONDS_STEP = 600.0, 0.5  # the longest time that can be told, and in which steps
MAX_ANSWER_CHARS = 2_000


@dataclass(frozen=True)
class ItemOption:
    """One of several answers: what is kept, and what the participant reads."""

    value: str
    label: str

    def to_json(self) -> dict[str, Any]:
        """A JSON object that the page reads."""
        return {"value": self.value, "label": self.label}


@dataclass(frozen=True)
class StudyItem:
    """One thing that is asked. `name` is its own within a step.

    A slider goes from `least` to `most` in steps of `step`; a scale has `points` radio buttons, the first of which
    stands for `least`. `low` and `high` are the words at its ends. `right` is the only answer that passes an attention
    check, or the answer that lets a person take part, "" where every answer does; it never reaches the page. `pane` is
    the pane that it is about, "" where it is about the whole step. A choice that takes `several` is answered by a list.
    """

    name: str
    kind: ItemKind
    text: str
    low: str = ""
    high: str = ""
    least: float = 1
    most: float = 100
    step: float = 1
    points: int = 7
    options: tuple[ItemOption, ...] = ()
    required: bool = True
    pane: str = ""
    right: str = ""
    several: bool = False

    @property
    def scale_width(self) -> float:
        """How far two answers can be apart: along a slider, or over the points of a scale; else inf."""
        return {"slider": self.most - self.least, "scale": float(self.points - 1)}.get(self.kind, inf)

    def about_pane(self, pane: str) -> "StudyItem":
        """The same item about one pane."""
        return replace(self, name=f"{self.name}-{pane}", pane=pane)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that the page reads: only what its kind has, and never the right answer."""
        shown: dict[str, Any] = {"name": self.name, "kind": self.kind, "text": self.text, "required": self.required}
        if self.pane:
            shown["pane"] = self.pane
        if self.kind in ("slider", "scale"):
            shown |= {"low": self.low, "high": self.high, "least": self.least}
        if self.kind == "slider":
            shown |= {"most": self.most, "step": self.step}
        if self.kind == "scale":
            shown["points"] = self.points
        if self.kind in ("choice", "accept"):
            shown["options"] = [option.to_json() for option in self.options]
        if self.several:
            shown["several"] = True
        if self.kind == "text":
            shown |= {"lines": 3, "longest": MAX_ANSWER_CHARS}
        if self.kind == "seconds":
            shown |= {"longest": MAX_SECONDS, "step": SECONDS_STEP}
        return shown

    @staticmethod
    def from_json(values: Mapping[str, Any], name: str = "") -> "StudyItem":
        """The item in a file or a draft. KeyError, TypeError or ValueError where it is none."""
        kind = values["kind"]
        if kind not in ITEM_KINDS:
            raise ValueError(f"an item of a kind that there is not: {kind}")
        options = tuple(ItemOption(str(o["value"]), str(o["label"])) for o in values.get("options", ()))
        told: dict[str, Any] = {key: float(values[key]) for key in ("least", "most", "step") if key in values}
        told |= {key: str(values[key]) for key in ("low", "high", "pane", "right") if key in values}
        return StudyItem(
            name or str(values["name"]), kind, str(values["text"]), options=options,
            points=int(values.get("points", 7)), required=bool(values.get("required", True)),
            several=bool(values.get("several", False)), **told,
        )  # fmt: skip

    def accepts(self, value: object) -> bool:
        """Whether a value that a browser sent is an answer to it."""
        match self.kind:
            case "choice" if self.several:
                known = [option.value for option in self.options]
                return isinstance(value, list) and all(one in known for one in value) and 0 < len(value) <= len(known)
            case "choice":
                return value in [option.value for option in self.options]
            case "accept":
                told = isinstance(value, str) and len(value) <= MAX_ANSWER_CHARS
                return told and str(value).partition(":")[0] in [option.value for option in self.options]
            case "text":
                return isinstance(value, str) and len(value) <= MAX_ANSWER_CHARS
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if self.kind == "scale":
            return value in [self.least + point for point in range(self.points)]
        most = MAX_SECONDS if self.kind == "seconds" else self.most
        least = 0 if self.kind == "seconds" else self.least
        return bool(least <= value <= most)

    def is_passed_by(self, value: object) -> bool:
        """Whether a value is the one right answer; True where every answer is."""
        if not self.right:
            return True
        return str(value) == self.right or (isinstance(value, int | float) and f"{value:g}" == self.right)

"""Sheet: one prototype over many prompts: what each answer comes to, and how clean prompts fare against messy ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import Timeline, timeline
from components.prompts.answer_judging import right
from components.prompts.packs import Item
from components.study.outcome import USEFUL, outcome


@dataclass(frozen=True)
class Cell:
    """One prompt seen through one prototype: what is known about it, what it came to, one of OUTCOMES."""

    item: Item
    recording: Recording
    seen: Timeline
    outcome: str

    @property
    def messy(self) -> bool:
        """Whether the prompt is as real use brings it."""
        return bool(self.item.mess)


@dataclass(frozen=True)
class Trap:
    """How many prompts ended in each outcome, clean ones and messy ones."""

    clean: Mapping[str, int]
    messy: Mapping[str, int]

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """The share of clean and of messy prompts that ended in a useful state, 0 to 1; None where there are none."""
        return useful(self.clean), useful(self.messy)


def cells(
    prototype: Prototype, items: Iterable[Item], answers: Mapping[str, Recording], weather: Iterable[Layer] = (),
    judged: Mapping[str, bool] | None = None,
) -> tuple[Cell, ...]:  # fmt: skip
    """A cell for each item with an answer in `answers` (by the words of its prompt).

    `judged` says of a recording's id whether a person called it right; elsewhere the item's known answers decide.
    """
    worn = prototype.within(*weather)
    found = ((item, answers[item.text]) for item in items if item.text in answers)
    return tuple(cell(worn, item, recording, (judged or {}).get(recording.id)) for item, recording in found)


def cell(prototype: Prototype, item: Item, recording: Recording, judged: bool | None) -> Cell:
    """One prompt played through."""
    seen = timeline(prototype, recording.prompt, replay([recording]), depth=0)
    known = right(item.known, recording.text) if item.known else None
    return Cell(item, recording, seen, outcome(seen, known if judged is None else judged, bool(item.missing)))


def trap(sheet: Iterable[Cell]) -> Trap:
    """The outcomes counted."""
    counts = {False: Counter[str](), True: Counter[str]()}
    for one in sheet:
        counts[one.messy][one.outcome] += 1
    return Trap(counts[False], counts[True])


def useful(counts: Mapping[str, int]) -> float | None:
    """The share of useful outcomes, 0 to 1; None where nothing was counted."""
    total = sum(counts.values())
    return sum(counts.get(name, 0) for name in USEFUL) / total if total else None

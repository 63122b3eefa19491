"""Instruments: questionnaires that others have tried, with their words, their sources and how they are scored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.study.study_item import StudyItem

INSTRUMENTS_FOLDER = PROJECT_ROOT / "assets" / "instruments"
SUS_SLOPE, SUS_SHIFT = 0.65, 22.9  # Lewis et al. 2013: what SUS is to be expected from UMUX-Lite
TOP_TWO_LEAST = 4  # of five: from here on a person is satisfied


@dataclass(frozen=True)
class Score:
    """One number that is made of some items: `kind` names the rule, from `least` to `most` is what it can be."""

    name: str
    title: str
    items: tuple[str, ...]
    kind: str
    least: float
    most: float


@dataclass(frozen=True)
class Instrument:
    """A questionnaire. `reversed` are the items in which a high answer means little of what is measured."""

    name: str
    title: str
    measures: str
    citation: str
    terms: str
    words: str
    items: tuple[StudyItem, ...]
    scores: tuple[Score, ...]
    reversed: tuple[str, ...] = ()

    def score(self, answers: Mapping[str, float]) -> dict[str, float | None]:
        """Each score by its name, from answers by the items' names; None where an item of it has no answer."""
        return {
            score.name: apply_rule(score, [self.turn_answer(name, answers[name]) for name in score.items])
            if all(name in answers for name in score.items)
            else None
            for score in self.scores
        }

    def turn_answer(self, name: str, value: float) -> float:
        """An answer to an item, turned round where the item is reversed."""
        if name not in self.reversed:
            return value
        item = next(item for item in self.items if item.name == name)
        return 2 * item.least + item.points - 1 - value


def apply_rule(score: Score, values: Sequence[float]) -> float:
    """A score from the values of all its items, in the order of its items, reversed ones turned already."""
    total = sum(values)
    match score.kind:
        case "mean":
            return total / len(values)
        case "sus":
            return (total - len(values)) * 2.5
        case "umux-lite":
            return (total - 2) * 100 / 12
        case "umux-lite-sus":
            return SUS_SLOPE * (total - 2) * 100 / 12 + SUS_SHIFT
        case "top-two":
            return float(total >= TOP_TWO_LEAST)
    raise ValueError(f"a rule that there is not: {score.kind}")


@cache
def load_instruments(folder: Path = INSTRUMENTS_FOLDER) -> Mapping[str, Instrument]:
    """Every instrument by its name. Explained where a file cannot be read."""
    return {file.stem: read_instrument(file) for file in sorted(folder.glob("*.json"))}


def read_instrument(file: Path) -> Instrument:
    """The instrument in a file. Explained where it is none."""
    try:
        values: dict[str, Any] = json.loads(file.read_text("utf-8"))
        told = {key: str(values[key]) for key in ("name", "title", "measures", "citation", "terms", "words")}
        items = tuple(StudyItem.from_json(item) for item in values["items"])
        scores = tuple(Score(**{**score, "items": tuple(score["items"])}) for score in values["scores"])
        return Instrument(**told, items=items, scores=scores, reversed=tuple(values.get("reversed", ())))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Explained(
            f"The questionnaire {file.name} cannot be read.", do="Put back the file that came with Parallax."
        ) from error

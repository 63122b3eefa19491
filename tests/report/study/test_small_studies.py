"""Small studies: whatever the design and however few people there are, every result can be told."""

from functools import cache
from typing import Any

import pytest

from components.report.study.study_basis import exclusion_table, study_basis
from components.report.study.study_export import study_files
from components.report.study.study_verdicts import budget_sentence, exclusion_sentence, study_verdicts
from components.stats.study_findings import study_results
from components.store.study_people_frame import study_frames
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import PersonAnswers
from components.study.study import OwnItem
from components.study.study_item import StudyItem
from tests.study.made_people import made_people, made_person
from tests.study.made_study import frozen

OWN = OwnItem("after_arm", StudyItem("calm", "scale", "How calm did it feel?"))
EVERYTHING = ("first", "accept", "trust", "speed", "felt_first", "felt_complete", "likely")
SHAPES: dict[str, dict[str, Any]] = {
    "within": {"battery": EVERYTHING, "own_items": (OWN,)},
    "between": {"design": "between", "asks_preference": False},
    "side": {"design": "side", "battery": ("trust", "speed")},
    "errors": {"sweep": "errors", "levels": (0.0, 1 / 3, 2 / 3)},
    "latency": {"sweep": "latency", "levels": (0.5, 1.0, 2.0, 4.0, 8.0), "trials": 1, "wrong_share": 0.0},
    "one rating": {"battery": ("trust",), "instruments": {}, "wrong_share": 0.0, "asks_preference": False},
}


@cache
def study_of(shape: str, stopping: str = "fixed") -> FrozenStudy:
    """A study of one shape."""
    return frozen(**{**SHAPES[shape], "stopping": stopping, "wanted": 2})


def told(study: FrozenStudy, people: list[PersonAnswers]) -> str:
    """Everything that is said of a study, as one text."""
    frames = study_frames(study, people)
    results = study_results(study.study, frames)
    said = [part for verdict in study_verdicts(study.study, results) for part in (verdict.text, verdict.detail)]
    files = study_files(study, frames, people)
    assert len(files) == 9 and len(exclusion_table(frames)) <= len(people)
    return " ".join([*said, exclusion_sentence(study.study, results), budget_sentence(study.study),
                     *study_basis(study, frames)])  # fmt: skip


FEW = (
    ("within", "sequential", 0), ("within", "fixed", 3), ("between", "fixed", 3), ("side", "sequential", 1),
    ("side", "fixed", 9), ("errors", "fixed", 3), ("latency", "sequential", 1), ("one rating", "fixed", 3),
)  # fmt: skip


@pytest.mark.parametrize(("shape", "stopping", "count"), FEW)
def test_few_people_are_told_without_a_number_that_is_none(shape: str, stopping: str, count: int) -> None:
    study = study_of(shape, stopping)
    said = told(study, list(made_people(study, count)))
    assert "nan" not in said.split() and "nan " not in said and "inf " not in said and "None" not in said
    assert said.strip()


@pytest.mark.parametrize("shape", ["within", "side"])
def test_people_who_all_answer_alike_are_told(shape: str) -> None:
    study = study_of(shape)
    alike = [made_person(study, slot, lambda rng, step, item: alike_answer(item)) for slot in range(4)]
    said = told(study, alike)
    assert "nan" not in said and "same" in said


def alike_answer(item: StudyItem) -> object:
    """The one answer that everybody gives to an item."""
    if item.right:
        return float(item.right)
    if item.kind in ("choice", "accept"):
        return item.options[0].value
    return "words" if item.kind == "text" else 3.0


def test_an_own_item_is_compared_between_arms_as_exploratory() -> None:
    study = study_of("within")
    found = study_results(study.study, study_frames(study, list(made_people(study, 6)))).counted
    assert found is not None
    own = [one for one in found.claims.contrasts if one.item == "own.calm"]
    assert len(own) == 3 and not set(own) & set(found.claims.primary)

"""What stands in the way of a sound study, and about how long it takes."""

import pytest

from components.study.study import EndPage, OwnItem, Study
from components.study.study_checks import study_remarks
from components.study.study_item import ItemOption, StudyItem
from components.study.study_length import study_minutes
from tests.study.made_study import ARMS, frozen, made_study, made_tasks

YES = (ItemOption("yes", "Yes"),)


def told(**changes: object) -> dict[str, str]:
    return {remark.text: remark.weight for remark in study_remarks(made_study(**changes))}


def test_a_sound_study_has_no_remarks() -> None:
    assert not told()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"arms": ARMS[:1]}, "Choose two prototypes"),
        ({"arms": (ARMS[0], ARMS[0])}, "show the same"),
        ({"arms": (), "sweep": "errors"}, "Choose two prototypes"),
        ({"sweep": "latency"}, "levels"),
        ({"design": "side", "sweep": "errors", "levels": (0.0, 0.5)}, "one after the other"),
        ({"tasks": ()}, "Choose the questions"),
        ({"trials": 0}, "at least one question"),
        ({"battery": ()}, "Nothing is asked"),
        ({"battery": ("mood",)}, "not known"),
        ({"own_items": (OwnItem("before", StudyItem("a", "text", " ")),)}, "no words"),
        ({"own_items": (OwnItem("before", StudyItem("a", "choice", "Well?", options=YES)),)}, "two options"),
        ({"wanted": 1}, "people can be wanted"),
        ({"language": "xx"}, "language"),
        ({"ends": {"complete": EndPage(url="javascript:alert(1)")}}, "begins with https"),
    ],
)  # fmt: skip
def test_what_would_make_it_unsound_stops_it(changes: dict[str, object], words: str) -> None:
    found = told(**changes)
    assert [weight for text, weight in found.items() if words in text] == ["stop"]
    assert list(found.values()) == sorted(found.values())  # what stops it comes first


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tasks": made_tasks()[:8]}, "choose 1 more"),
        ({"wrong_share": 0.0}, "Every answer is right"),
        ({"wanted": 25}, "multiple of 6"),
        ({"design": "side"}, "compete for attention"),
        ({"asks_why": True, "battery": ("accept", "trust", "speed", "felt_first", "likely")}, "More than five"),
        ({"language": "de"}, "in a translation of ours"),
        ({"language": "de", "instruments_translated": False}, "in English"),
    ],
)
def test_what_weakens_it_is_said_and_does_not_stop_it(changes: dict[str, object], words: str) -> None:
    assert [weight for text, weight in told(**changes).items() if words in text] == ["warn"]


def test_an_empty_draft_is_answered_and_not_a_fault() -> None:
    assert {remark.weight for remark in study_remarks(Study())} == {"stop"}


def test_more_questions_take_longer_and_a_later_answer_too() -> None:
    def minutes(seconds: float, **changes: object) -> float:
        return study_minutes(made_study(**changes), lambda arm, recording: (seconds, 100))

    assert minutes(60) > minutes(40) > minutes(10) == minutes(20)  # reading takes half a minute
    assert minutes(10, trials=2) < minutes(10)
    assert 10 < frozen().content["minutes"] < 25

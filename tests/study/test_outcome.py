"""In which state an answer leaves the person."""

import pytest

from components.core.event import Event
from components.core.timeline import Timeline
from components.study.outcome import OUTCOMES, USEFUL, outcome

WORDS = Event(0.1, "text", "The capital is Sydney.")
END = Event(1.0, "end", data={"reason": "stop"})


def badge(**data: object) -> Event:
    return Event(0.9, "badge", "so sure", data)


@pytest.mark.parametrize(
    ("events", "right", "state"),
    [
        ((WORDS, END), None, "answered"),
        ((WORDS, END), True, "answered"),
        ((Event(0, "question", "Which one?", {"options": ["a"]}),), None, "asked"),
        ((WORDS, Event(1, "failure", "It was cut off.")), False, "failed gracefully"),
        ((WORDS, Event(1, "failure", "ReadTimeout", {"raw": True})), None, "failed raw"),
        ((WORDS, Event(1, "error", "ReadTimeout")), None, "failed raw"),
        ((END,), None, "failed raw"),
        ((Event(0.1, "text", "  \n"), END), True, "failed raw"),
        ((WORDS, END), False, "wrong, without a word of doubt"),
        ((WORDS, badge(level="medium"), END), False, "wrong, without a word of doubt"),
        ((WORDS, badge(level="high"), END), False, "wrong with high confidence"),
        ((WORDS, badge(percent=92), END), False, "wrong with high confidence"),
        ((WORDS, badge(level="low"), END), False, "wrong, and said to be unsure"),
        ((WORDS, badge(percent=12), END), False, "wrong, and said to be unsure"),
        ((Event(0, "text", "I am not sure. ", {"hedge": True}), WORDS, END), False, "wrong, and said to be unsure"),
    ],
)  # fmt: skip
def test_the_rules(events: tuple[Event, ...], right: bool | None, state: str) -> None:
    assert outcome(Timeline(events), right) == state


def test_every_useful_state_is_one_of_them() -> None:
    assert set(USEFUL) < set(OUTCOMES)

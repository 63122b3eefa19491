"""In which state an answer leaves the person."""

import pytest

from components.core.event import Event
from components.core.prototype import Prototype
from components.core.timeline import Timeline, build_timeline
from components.layers.confidence.badge import Badge
from components.layers.delivery.streaming import Streaming
from components.layers.weather.fault import Fault
from components.study.outcome import OUTCOMES, USEFUL_OUTCOMES, classify_outcome
from tests.layers.streams import ASKED, Scripted, said

WORDS = Event(0.1, "text", "The capital is Sydney.")
END = Event(1.0, "end", data={"reason": "stop"})


def badge(**data: object) -> Event:
    return Event(0.9, "badge", "so sure", data)


@pytest.mark.parametrize(
    ("events", "right", "state"),
    [
        ((WORDS, END), None, "not checked"),
        ((WORDS, END), True, "answered"),
        ((Event(0, "question", "Which one?", {"options": ["a"]}),), None, "asked"),
        ((WORDS, Event(1, "question", "What next?", {"options": ["a"]})), False, "wrong, without a word of doubt"),
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
    assert classify_outcome(Timeline(events), right) == state


def test_an_answer_to_a_request_that_lacks_something_is_a_guess_unless_it_is_known_to_be_right() -> None:
    seen = Timeline((WORDS, END))
    assert classify_outcome(seen, None, lacking=True) == "guessed"
    assert classify_outcome(seen, True, lacking=True) == "answered"
    assert classify_outcome(Timeline((Event(0, "question", "Which?"),)), None, lacking=True) == "asked"


def test_an_answer_that_was_held_back_is_a_graceful_failure() -> None:
    held = Event(0.9, "revise", "I do not know this.", {"instead": True})
    assert classify_outcome(Timeline((held, END)), False) == "failed gracefully"


@pytest.mark.parametrize(
    ("kind", "state"),
    [("wrong", "wrong with high confidence"), ("garbled", "wrong, without a word of doubt"),
     ("loop", "wrong, without a word of doubt"), ("refusal", "failed gracefully"), ("cut", "failed raw")],
)  # fmt: skip
def test_what_a_fault_makes_of_a_right_answer_is_judged_as_it_is_seen(kind: str, state: str) -> None:
    broken = build_timeline(
        Prototype("", (Fault(kind=kind), Streaming(), Badge())), ASKED, Scripted(said("Yes, it is."))
    )
    assert classify_outcome(broken, True) == state


def test_every_useful_state_is_one_of_them() -> None:
    assert set(USEFUL_OUTCOMES) < set(OUTCOMES)

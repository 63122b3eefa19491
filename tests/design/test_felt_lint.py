"""Remarks on what people would feel, each with a cure that helps when it is played."""

import math

import pytest

from components.core.event import Event
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.timeline import Timeline, build_timeline
from components.design.felt_lint import lint_felt
from components.design.lint import apply_cure, cure_words
from components.layers import ALL_PATTERNS
from components.layers.confidence.abstain import Abstain
from components.layers.confidence.badge import Badge
from components.layers.control.granular_feedback import GranularFeedback
from components.layers.control.regenerate import Regenerate
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.delivery.typing_indicator import TypingIndicator
from components.layers.expectation.disclosure import Disclosure
from components.layers.failure.human_handoff import ON_REQUEST, WHEN_UNSURE, HumanHandoff
from components.layers.failure.undo_and_correct import UndoAndCorrect

ASKED = Prompt.from_typed("Why is the sky blue?")


def words(first: float, gap: float, sure: float = 0.9) -> tuple[Event, ...]:
    told = [Event(first + n * gap, "token", f"word{n} ", {"logprob": math.log(sure)}) for n in range(8)]
    return (*told, Event(first + 8 * gap, "end", data={"reason": "stop"}))


def played(events: tuple[Event, ...], prototype: Prototype) -> Timeline:
    return build_timeline(prototype, ASKED, lambda _: iter(events), depth=0)


def felt(*layers: Layer, events: tuple[Event, ...] = words(0.5, 0.1)) -> list[str]:
    """What is remarked on a prototype; every cure that is named helps, and nothing new is remarked after it."""
    prototype = Prototype("", layers)
    remarks = lint_felt(prototype, lambda tried: played(events, tried), ALL_PATTERNS)
    for remark in remarks:
        if cure_words(remark, ALL_PATTERNS):
            after = apply_cure(prototype, remark, ALL_PATTERNS)
            assert remark not in lint_felt(after, lambda tried: played(events, tried), ALL_PATTERNS)
    return [cure_words(remark, ALL_PATTERNS) or remark.text for remark in remarks]


@pytest.mark.parametrize(
    "layers",
    [(Blocking(sign="none"),), (Blocking(sign="none"), Disclosure())],
    ids=["blocking", "with a label above it"],
)
def test_a_pane_in_which_nothing_moves_for_seconds_gets_a_sign_of_waiting(layers: tuple[Layer, ...]) -> None:
    assert felt(*layers, events=words(3.0, 0.5)) == ["add typing indicator"]


@pytest.mark.parametrize(
    "layers",
    [(Blocking(),), (Blocking(), TypingIndicator(), Abstain()), (Blocking(), Abstain())],
    ids=["spinner", "dots", "abstaining"],
)
def test_a_wait_that_moves_is_not_remarked(layers: tuple[Layer, ...]) -> None:
    assert felt(*layers, events=words(3.0, 0.5)) == []


@pytest.mark.parametrize("holds", [Abstain(), HumanHandoff(trigger=WHEN_UNSURE)], ids=["abstaining", "handing over"])
def test_streaming_that_another_pattern_holds_back_is_told(holds: Layer) -> None:
    [told] = felt(Streaming(), TypingIndicator(), holds)
    assert told.startswith("All words come at once: ") and "waits for the whole answer" in told
    assert felt(Blocking(), holds) == felt(Streaming(), Badge()) == []


def test_a_quick_answer_needs_no_sign() -> None:
    assert felt(Streaming()) == []


def test_a_standstill_in_the_middle_has_no_cure_and_says_why() -> None:
    slow = (*words(0.5, 0.1)[:4], *(event.with_time(event.at + 6) for event in words(0.5, 0.1)[4:]))
    [told] = felt(Streaming(), events=slow)
    assert "No pattern cures that" in told


def test_a_button_under_every_answer_is_kept_for_doubt() -> None:
    [told] = felt(Blocking(), Badge(), HumanHandoff())
    assert told == "set trigger of human handoff to “when unsure”"
    assert felt(Blocking(), Badge(), HumanHandoff(trigger=WHEN_UNSURE)) == []
    assert felt(Blocking(), HumanHandoff(trigger=ON_REQUEST)) == []  # that it always stands was chosen


def test_many_buttons_under_every_answer_are_told() -> None:
    [told] = felt(Streaming(), Regenerate(), GranularFeedback(), UndoAndCorrect())
    assert told.startswith("3 buttons stand under every answer")


@pytest.mark.parametrize(("sure", "offered"), [(0.2, True), (0.9, False)])
@pytest.mark.parametrize("doubt", [Badge(), Abstain()], ids=["badge", "abstaining"])
def test_a_person_is_offered_only_where_it_is_unsure(doubt: Layer, sure: float, offered: bool) -> None:
    line = played(words(0.5, 0.1, sure), Prototype("", (Streaming(), doubt, HumanHandoff(trigger=WHEN_UNSURE))))
    assert ("action" in {event.kind for event in line.events}) == offered

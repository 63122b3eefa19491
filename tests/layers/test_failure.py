"""Facts about failure: what a person sees and can do when the answer breaks."""

import pytest

from components.core.event import Event
from components.core.layer import Layer
from components.core.prototype import Prototype, release_tokens, visible_events
from components.layers.confidence.badge import Badge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.staged_status import StagedStatus
from components.layers.delivery.streaming import Streaming
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.fault_words import FAULT_WORDS
from components.layers.failure.keep_partial import KeepPartial
from components.layers.failure.raw_error import RawError
from components.layers.failure.visible_retry import VisibleRetry
from components.layers.weather.fault import Fault
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown

WHOLE = "One two three four five"
CUT = [*said(WHOLE)[:3], Event(0.8, "error", "RemoteProtocolError: gone", {"fault": "cut"})]
NOTHING = [Event(8.0, "error", "ReadTimeout: timed out", {"fault": "timeout"})]


def play(*layers: Layer, events: list[Event] | None = None) -> list[Event]:
    return list(visible_events(Prototype("test", layers), ASKED, Scripted(said(WHOLE) if events is None else events)))


def test_a_raw_error_reads_as_the_exception_does() -> None:
    last = play(Streaming(), RawError(), events=CUT)[-1]
    assert (last.kind, last.text, last.data["raw"]) == ("failure", "RemoteProtocolError: gone", True)
    assert "actions" not in last.data


@pytest.mark.parametrize("fault", [*FAULT_WORDS, "something new"])
@pytest.mark.parametrize("tone", ["plain", "personal"])
def test_every_fault_has_a_cause_and_a_next_step_in_plain_words(fault: str, tone: str) -> None:
    raw = Event(1.0, "error", f"{fault.title()}Error: 500", {"fault": fault})
    last = play(Streaming(), CauseAndNextStep(tone=tone), events=[raw])[-1]
    assert last.kind == "failure"
    assert last.text.endswith(".") and last.data["detail"].endswith(".")
    assert "Error" not in last.text + last.data["detail"]
    assert last.data["actions"] == ["retry"]
    assert last.data["fault"] == fault


def test_an_empty_answer_is_a_failure_but_a_stopped_one_is_not() -> None:
    assert play(CauseAndNextStep(), events=[Event(1.0, "end")])[-1].data["fault"] == "empty"
    assert play(CauseAndNextStep(), events=said("   "))[-1].data["fault"] == "empty"
    assert play(CauseAndNextStep(), events=[Event(1.0, "end", "", {"reason": "stopped"})])[-1].kind == "end"


def test_the_cause_alone_says_no_more() -> None:
    assert play(CauseAndNextStep(detail="cause"), events=CUT)[-1].data["detail"] == ""
    assert play(CauseAndNextStep(detail="technical"), events=CUT)[-1].data["technical"] == CUT[-1].text


def test_words_held_back_are_shown_at_the_failure_if_wished() -> None:
    kept = play(Blocking(), CauseAndNextStep(), events=CUT)
    assert kinds(kept) == ["status", "text", "failure"]
    assert shown(kept) == "One two three"
    assert kept[-1].data["detail"].startswith("What came before is kept.")
    lost = play(Blocking(), CauseAndNextStep(keep=False), events=CUT)
    assert kinds(lost) == ["status", "failure"]
    assert "kept" not in lost[-1].data["detail"]


@pytest.mark.parametrize("delivery", [Streaming(), Blocking(), Streaming(unit="sentence")])
def test_a_cut_answer_is_kept_whether_shown_or_held_back(delivery: Layer) -> None:
    seen = play(delivery, KeepPartial(), events=CUT)
    assert shown(seen) == "One two three"
    assert (seen[-1].kind, seen[-1].text) == ("failure", "The answer was cut off here.")
    assert seen[-1].data["actions"] == ["continue"]


def test_nothing_to_keep_leaves_the_error_to_the_next_pattern() -> None:
    assert play(KeepPartial(), events=NOTHING)[-1].kind == "error"
    assert play(KeepPartial(), CauseAndNextStep(), events=NOTHING)[-1].text == FAULT_WORDS["timeout"].plain


def test_the_first_pattern_that_turns_an_error_into_a_failure_wins() -> None:
    seen = play(RawError(), CauseAndNextStep(), KeepPartial(), events=CUT)
    assert seen[-1].text == KeepPartial().label
    assert kinds(seen).count("failure") == 1
    assert play(RawError(), CauseAndNextStep(), events=CUT)[-1].text == FAULT_WORDS["cut"].plain


def test_failure_patterns_take_the_same_order_however_they_are_given() -> None:
    stack = (RawError(), CauseAndNextStep(), KeepPartial(), VisibleRetry())
    assert Prototype("a", stack).layers == Prototype("b", stack[::-1]).layers == stack[::-1]


def test_a_retry_takes_the_words_back_and_says_that_it_tries_again() -> None:
    seen = play(Streaming(), Fault(share=40), VisibleRetry(attempts=2, back_off=1.0))
    assert kinds(seen) == ["text", "text", "revise", "status", *["text"] * 5, "end"]
    assert seen[3].text == "Trying again (1 of 2)"
    assert shown(seen) == WHOLE
    assert seen[4].at == pytest.approx(0.7 + 1.0 + 0.5)


def test_each_further_wait_is_twice_as_long() -> None:
    seen = play(Fault(kind="refused", breaks=3), VisibleRetry(attempts=2, back_off=1.0))
    assert [round(event.at, 6) for event in seen] == [0.05, 1.1, 3.15]
    assert [event.text for event in seen[:2]] == ["Trying again (1 of 2)", "Trying again (2 of 2)"]


def test_when_every_attempt_fails_the_next_pattern_takes_over() -> None:
    stack = (Fault(share=60, breaks=3), Streaming(), VisibleRetry(attempts=1))
    assert play(*stack)[-1].kind == "error"
    assert play(*stack, CauseAndNextStep())[-1].text == FAULT_WORDS["cut"].plain
    kept = play(*stack, KeepPartial())
    assert (kept[-1].text, shown(kept)) == (KeepPartial().label, "One two three")


def test_a_retry_asks_no_more_often_than_it_must() -> None:
    answer = Scripted(said(WHOLE))
    list(VisibleRetry().play(ASKED, release_tokens(answer)))
    assert [prompt.attempt for prompt in answer.asked] == [0]
    broken = Scripted(NOTHING)
    list(VisibleRetry(attempts=2).play(ASKED, broken))
    assert [prompt.attempt for prompt in broken.asked] == [0, 1, 2]


def test_an_empty_answer_is_tried_again() -> None:
    assert shown(play(Fault(kind="empty"), VisibleRetry())) == WHOLE


def test_what_was_never_recorded_is_not_tried_again() -> None:
    answer = Scripted([Event(0.0, "error", "LookupError", {"fault": "unrecorded"})])
    assert kinds(list(VisibleRetry().play(ASKED, answer))) == ["error"]
    assert len(answer.asked) == 1


def test_a_badge_on_words_that_are_taken_back_is_never_shown() -> None:
    seen = play(Streaming(), Badge(), Fault(), VisibleRetry())
    assert kinds(seen).count("badge") == 1
    assert kinds(seen)[-2:] == ["badge", "end"]


def test_no_other_sign_covers_that_it_tries_again() -> None:
    seen = play(Blocking(), StagedStatus(), Fault(kind="server"), VisibleRetry(attempts=1))
    after = seen[[event.text for event in seen].index("Trying again (1 of 1)") + 1 :]
    assert "status" not in kinds(after)


def test_a_retry_by_hand_waits_for_the_person() -> None:
    layer = VisibleRetry(automatic=False, attempts=1)
    first = heard(layer, CUT)[-1]
    assert (first.kind, first.data["actions"]) == ("failure", ["retry"])
    assert first.data["labels"]["retry"] == "Try again (1 of 1)"
    assert heard(layer, CUT, ASKED.next_attempt())[-1].kind == "error"


def test_a_retry_while_going_on_keeps_the_words_before_it() -> None:
    seen = heard(VisibleRetry(attempts=1), CUT, ASKED.going_on("Zero "))
    assert [event.text for event in seen if event.kind == "revise"] == ["Zero "]

"""Delivery patterns that fill, lengthen or use the wait."""

from collections.abc import Sequence

from components.core.event import Event
from components.core.hidden_turn import hidden_turn
from components.core.layer import Layer
from components.core.prototype import Prototype, visible_events
from components.layers.delivery.background_and_notify import BackgroundAndNotify
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.deliberate_delay import DeliberateDelay
from components.layers.delivery.draft_then_final import DraftThenFinal
from components.layers.delivery.expected_time import ExpectedTime
from components.layers.delivery.progress_bar import ProgressBar
from components.layers.delivery.stop import Stop
from components.layers.delivery.streaming import Streaming
from tests.layers.streams import ASKED, ERROR, Scripted, heard, kinds, said, shown

SLOW = said("It is late. Take the train.", first=6.0, every=0.5)
LIVE = [Event(0.0, "silence"), Event(3.0, "silence"), *SLOW]


def over(events: Sequence[Event], *layers: Layer) -> tuple[Event, ...]:
    return visible_events(Prototype("", layers), ASKED, Scripted(events))


def test_a_held_answer_keeps_its_own_pace() -> None:
    seen = heard(DeliberateDelay(seconds=2.0), SLOW)
    assert [round(event.at - before.at, 3) for event, before in zip(seen, SLOW, strict=True)] == [2.0] * len(SLOW)
    assert over(SLOW, DeliberateDelay(seconds=2.0), Streaming(), Stop())[0] == Event(
        0.0, "action", "Stop", {"name": "stop", "place": "below"}
    )


def test_the_time_of_a_recording_is_known_and_can_be_told_wrong() -> None:
    told = [event.text for event in over(SLOW, Streaming(), ExpectedTime()) if event.kind == "status"]
    assert told == ["About 6 seconds"]
    half = [event for event in over(SLOW, Streaming(), ExpectedTime(off=-50)) if event.kind == "status"]
    assert [(event.at, event.text) for event in half] == [
        (0.0, "About 3 seconds"), (3.0, "It takes longer than expected."),
    ]  # fmt: skip


def test_the_time_of_a_live_answer_is_the_usual_one() -> None:
    told = [event.text for event in over(LIVE, Streaming(), ExpectedTime(usual=20)) if event.kind == "status"]
    assert told == ["About 20 seconds"]
    bar = over(LIVE, Streaming(), ProgressBar(usual=4.0))[0]
    assert (bar.kind, bar.data["seconds"], bar.data["shape"]) == ("status", 4.0, "bar")


def test_a_blocking_answer_is_expected_when_all_of_it_is_there() -> None:
    bar = over(SLOW, Blocking(sign="none"), ProgressBar(curve="linear"))[0]
    assert bar.data["seconds"] == SLOW[-1].at and bar.data["curve"] == "linear"


def test_a_draft_is_the_first_sentence_and_the_rest_comes_at_once() -> None:
    texts = [event for event in heard(DraftThenFinal(), SLOW) if event.kind == "text"]
    assert [(event.text, bool(event.data.get("draft"))) for event in texts] == [
        ("It is late.", True), (" Take the train.", False),
    ]  # fmt: skip
    assert texts[1].at == SLOW[-1].at
    late = [event for event in heard(DraftThenFinal(swap=15.0), SLOW) if event.kind == "text"]
    assert late[1].at == 15.0


def test_a_short_answer_has_no_draft() -> None:
    assert [event.data.get("draft") for event in heard(DraftThenFinal(), said("Yes")) if event.carries_words] == [None]


def test_people_may_leave_a_slow_answer_and_are_told_when_it_is_there() -> None:
    seen = over(LIVE, BackgroundAndNotify(threshold=4.0))
    assert [event.kind for event in seen] == ["status", "notice", "text", "end"]
    assert seen[0].at == 4.0 and seen[1].data["tone"] == "ready" and shown(seen) == shown(SLOW)


def test_a_quick_answer_says_nothing_of_leaving() -> None:
    assert kinds(heard(BackgroundAndNotify(), said("Yes."))) == ["text", "end"]


def test_words_that_wait_in_the_background_go_with_an_error() -> None:
    broken = [*SLOW[:3], Event(9.0, "error", "boom", ERROR)]
    assert heard(BackgroundAndNotify(), broken)[-1].data["partial"] == shown(broken[:3])
    assert heard(DraftThenFinal(), broken)[-1].data.get("partial", "") in shown(broken[:3])


def test_what_goes_on_is_not_held_back_a_second_time() -> None:
    assert heard(DeliberateDelay(seconds=2.0), SLOW, ASKED.going_on("It is late.")) == SLOW


def test_a_turn_that_nobody_sees_is_not_held_back() -> None:
    hidden = Scripted(SLOW)
    seen = DeliberateDelay(seconds=2.0).around(hidden)(hidden_turn(ASKED, "It is late.", "How sure are you?"))
    assert list(seen) == SLOW and len(hidden.asked) == 1

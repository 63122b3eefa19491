"""Facts about delivery: when words are shown, and what is shown until then."""

from itertools import pairwise

import pytest

from components.core.event import Event
from components.core.layer import Layer
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.paced_streaming import PacedStreaming
from components.layers.delivery.skeleton import Skeleton
from components.layers.delivery.staged_status import StagedStatus
from components.layers.delivery.streaming import Streaming
from components.layers.delivery.typing_indicator import TypingIndicator
from tests.layers.streams import ERROR, heard, kinds, said, shown

ANSWER = said("One two. Three four! Five")


def texts(events: list[Event]) -> list[str]:
    return [event.text for event in events if event.kind == "text"]


def test_blocking_shows_everything_at_the_end() -> None:
    seen = heard(Blocking(), ANSWER)
    assert kinds(seen) == ["status", "text", "end"]
    assert seen[0].data == {"shape": "spinner"}
    assert (seen[1].at, seen[1].text) == (ANSWER[-1].at, "One two. Three four! Five")
    assert len(seen[1].tokens) == 5


def test_blocking_without_a_sign_shows_nothing_before() -> None:
    assert kinds(heard(Blocking(sign="none"), ANSWER)) == ["text", "end"]


def test_blocking_gives_up_when_its_patience_ends() -> None:
    seen = heard(Blocking(patience=10.0), said("a b c", every=6.0))
    assert (seen[-1].at, seen[-1].kind, seen[-1].data["fault"]) == (10.0, "error", "timeout")
    assert seen[-1].data["partial"] == "a b"


@pytest.mark.parametrize("layer", [Blocking(), Streaming(unit="sentence"), PacedStreaming(buffer=5.0)])
def test_words_held_back_go_with_the_error(layer: Layer) -> None:
    last = heard(layer, [*ANSWER[:2], Event(0.7, "error", "boom", ERROR)])[-1]
    assert last.kind == "error"
    assert last.data["partial"] == "One two."
    assert [token["text"] for token in last.tokens] == ["One", " two."]


def test_held_words_of_two_delivery_patterns_stay_in_order() -> None:
    inner = heard(Streaming(unit="word"), [*ANSWER[:3], Event(0.8, "error", "boom", ERROR)])
    assert heard(Blocking(), inner)[-1].data["partial"] == "One two. Three"


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        ("token", ["On", "e", " two.", " Three", " four!", " Five"]),
        ("word", ["One", " two.", " Three", " four!", " Five"]),
        ("sentence", ["One two.", " Three four!", " Five"]),
    ],
)
def test_streaming_shows_one_unit_at_a_time(unit: str, parts: list[str]) -> None:
    split = [ANSWER[0].become("token", "On"), ANSWER[0].become("token", "e"), *ANSWER[1:]]
    assert texts(heard(Streaming(unit=unit), split)) == parts


def test_streaming_shows_a_script_without_spaces_as_it_comes() -> None:
    tokens = [Event(place / 10, "token", sign) for place, sign in enumerate("今日は。明日")]
    assert texts(heard(Streaming(unit="word"), [*tokens, Event(1, "end")])) == list("今日は。明日")
    assert texts(heard(Streaming(unit="sentence"), [*tokens, Event(1, "end")])) == ["今日は。", "明日"]


def test_a_number_is_not_the_end_of_a_sentence() -> None:
    tokens = [Event(place / 10, "token", part) for place, part in enumerate(["It is 3", ".", "14", " long", "."])]
    assert texts(heard(Streaming(unit="sentence"), [*tokens, Event(1, "end")])) == ["It is 3.14 long."]


def test_streaming_at_the_token_keeps_every_time() -> None:
    seen = heard(Streaming(), ANSWER)
    assert [event.at for event in seen] == [event.at for event in ANSWER]


def test_the_cursor_is_named_on_the_first_words_only() -> None:
    cursors = ["cursor" in event.data for event in heard(Streaming(), ANSWER)]
    assert cursors == [True] + [False] * 5
    assert not any("cursor" in event.data for event in heard(Streaming(cursor=False), ANSWER))


def test_paced_streaming_is_even_after_its_reserve() -> None:
    seen = heard(PacedStreaming(rate=5.0, buffer=1.0), ANSWER)
    assert [round(event.at, 6) for event in seen] == [1.5, 1.7, 1.9, 2.1, 2.3, 2.3]


def test_paced_streaming_never_shows_a_word_before_it_came() -> None:
    seen = heard(PacedStreaming(rate=100.0, buffer=0.0), ANSWER)
    assert [event.at for event in seen] == [event.at for event in ANSWER]


def test_paced_streaming_hides_a_stall_shorter_than_its_reserve() -> None:
    stalled = [Event(at, "token", "x") for at in (0.0, 0.1, 0.2, 1.0, 1.1)] + [Event(1.1, "end")]
    times = [event.at for event in heard(PacedStreaming(rate=4.0, buffer=0.5), stalled)]
    assert max(b - a for a, b in pairwise(times)) == pytest.approx(0.25)


def test_a_silence_lets_a_due_word_go() -> None:
    seen = heard(PacedStreaming(rate=10.0, buffer=0.5), [ANSWER[0], Event(1.2, "silence"), *ANSWER[1:]])
    assert kinds(seen)[:2] == ["text", "silence"]


def test_steps_are_named_in_time_until_the_first_words() -> None:
    seen = heard(StagedStatus(steps="Read\nThink, Write", dwell=0.2), ANSWER)
    assert [(event.at, event.text) for event in seen if event.kind == "status"] == [
        (0.0, "Read"), (0.2, "Think"), (0.4, "Write"),
    ]  # fmt: skip
    assert shown(seen) == shown(ANSWER)


def test_no_step_is_named_once_words_are_there() -> None:
    seen = heard(StagedStatus(steps="Read, Think, Write", dwell=0.4), ANSWER)
    assert [event.text for event in seen if event.kind == "status"] == ["Read", "Think"]


def test_steps_go_on_in_silence() -> None:
    live = [Event(0.1, "silence"), Event(0.25, "silence"), *ANSWER]
    assert kinds(heard(StagedStatus(steps="Read, Think", dwell=0.2), live))[:4] == [
        "status", "silence", "status", "silence",
    ]  # fmt: skip


def test_a_sign_takes_the_place_of_the_sign_inside_it() -> None:
    seen = heard(Skeleton(lines=5), heard(Blocking(), ANSWER))
    assert [event.data for event in seen if event.kind == "status"] == [{"shape": "skeleton", "lines": 5}]


def test_the_dots_wait_a_moment_and_never_follow_the_words() -> None:
    assert [event.at for event in heard(TypingIndicator(after=0.3), ANSWER) if event.kind == "status"] == [0.3]
    assert "status" not in kinds(heard(TypingIndicator(after=2.0), ANSWER))

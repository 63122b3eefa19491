"""Facts about the weather: pace and faults."""

from itertools import pairwise

import pytest

from components.core.event import Event
from components.core.prompt import Prompt
from components.layers import named_weather, weather_notes
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown

TEN = said("one two three four five six seven eight nine ten")


def times(events: list[Event]) -> list[float]:
    return [round(event.at, 6) for event in events if event.kind == "token"]


def test_a_profile_at_rest_changes_nothing() -> None:
    assert heard(LatencyProfile(), TEN) == TEN


def test_the_first_word_comes_when_the_profile_says() -> None:
    assert times(heard(LatencyProfile(first=4.0), TEN))[:3] == [4.0, 4.1, 4.2]
    assert times(heard(LatencyProfile(first=0.1), TEN))[0] == 0.1


def test_the_rate_spaces_the_tokens_evenly() -> None:
    assert times(heard(LatencyProfile(rate=20.0), TEN)) == [round(0.5 + place / 20, 6) for place in range(10)]


def test_jitter_stays_within_its_share_and_is_the_same_each_time() -> None:
    layer = LatencyProfile(rate=10.0, jitter=50.0)
    once = times(heard(layer, TEN))
    gaps = [b - a for a, b in pairwise(once)]
    assert all(0.05 <= gap <= 0.15 for gap in gaps)
    assert len({round(gap, 4) for gap in gaps}) > 5
    assert once == times(heard(layer, TEN))
    assert once != times(heard(layer, TEN, Prompt.read("Another question")))


def test_one_stall_comes_before_its_token_only() -> None:
    gaps = [round(b - a, 6) for a, b in pairwise(times(heard(LatencyProfile(stall=3.0, stall_at=4), TEN)))]
    assert gaps == [0.1, 0.1, 0.1, 3.1, 0.1, 0.1, 0.1, 0.1, 0.1]


def test_silences_do_not_delay_a_planned_first_word() -> None:
    live = [Event(0.2, "silence"), Event(0.4, "silence"), *TEN]
    assert times(heard(LatencyProfile(first=4.0), live))[0] == 4.0


def test_a_live_model_that_is_slower_than_the_profile_is_not_told_before_it_speaks() -> None:
    live = [Event(0.4, "silence"), *TEN]
    assert times(heard(LatencyProfile(first=0.1), live))[0] == 0.4


def test_the_end_keeps_its_distance_from_the_last_word() -> None:
    seen = heard(LatencyProfile(first=5.0), [*TEN[:-1], Event(TEN[-2].at + 0.25, "end")])
    assert seen[-1].at - seen[-2].at == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("timeout", "ReadTimeout: timed out after 8.0 s"),
        ("refused", "ConnectError: [Errno 111] Connection refused"),
        ("rate", "RateLimitError: Error code: 429 - {'error': {"),
        ("server", "InternalServerError: Error code: 500 - {'error': {"),
        ("cut", "RemoteProtocolError: peer closed connection without sending complete message body"),
    ],
)
def test_a_fault_reads_as_a_developer_sees_it(kind: str, raw: str) -> None:
    last = heard(Fault(kind=kind, after=3), TEN)[-1]
    assert (last.kind, last.data["fault"]) == ("error", kind)
    assert last.text.startswith(raw)


def test_a_time_out_lasts_as_long_as_its_patience_and_shows_no_word() -> None:
    assert [(event.at, event.kind) for event in heard(Fault(kind="timeout", patience=3.0), TEN)] == [(3.0, "error")]


def test_a_cut_comes_after_its_token_when_the_next_one_was_due() -> None:
    seen = heard(Fault(kind="cut", after=4), TEN)
    assert shown(seen) == "one two three four"
    assert seen[-1].at == TEN[4].at


def test_a_cut_beyond_a_short_answer_comes_at_its_end() -> None:
    seen = heard(Fault(kind="cut", after=500), TEN)
    assert shown(seen) == shown(TEN)
    assert kinds(seen)[-1] == "error"


def test_silences_do_not_count_as_tokens_of_a_cut() -> None:
    live = [event for token in TEN[:-1] for event in (Event(token.at, "silence"), token)]
    assert shown(heard(Fault(kind="cut", after=4), [*live, TEN[-1]])) == "one two three four"


def test_an_empty_answer_is_an_end_when_the_first_word_was_due() -> None:
    seen = heard(Fault(kind="empty"), TEN)
    assert [(event.at, event.kind, event.data["reason"]) for event in seen] == [(0.5, "end", "empty")]


def test_a_later_attempt_gets_through() -> None:
    for kind in ("timeout", "cut", "empty", "server", "refused", "rate"):
        fault = Fault(kind=kind, after=2, breaks=2)
        assert heard(fault, TEN, ASKED.again()) == heard(fault, TEN)
        assert heard(fault, TEN, ASKED.again().again()) == TEN


def test_going_on_from_a_partial_answer_gets_through() -> None:
    assert heard(Fault(kind="cut", after=2, breaks=3), TEN, ASKED.going_on("one two")) == TEN


def test_the_models_own_error_comes_first() -> None:
    seen = heard(Fault(kind="cut", after=8), said("one two", last="error"))
    assert seen[-1].text == "boom"


def test_a_refused_connection_never_runs_the_model() -> None:
    answer = Scripted(TEN)
    list(Fault(kind="refused").play(ASKED, answer))
    assert answer.asked == []


def test_every_named_weather_says_what_its_numbers_rest_on() -> None:
    assert next(iter(named_weather)) == "As recorded"
    assert len(named_weather) == 5
    assert all("assumption" in weather_notes[name] for name in named_weather if name != "As recorded")

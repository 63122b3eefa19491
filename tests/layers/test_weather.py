"""Facts about the weather: pace and faults."""

from collections.abc import Iterator
from itertools import count, islice, pairwise
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.event import Event
from components.core.layer import Layer, layer_from_json
from components.core.prompt import Prompt
from components.core.prototype import Prototype, visible_events
from components.layers import ALL_PATTERNS, WEATHER_NOTES, WEATHER_PROFILES
from components.layers.confidence.badge import Badge
from components.layers.confidence.score import MADE_UP
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.paced_streaming import PacedStreaming
from components.layers.delivery.streaming import Streaming
from components.layers.hidden_answers import collect_parallel
from components.layers.weather.fault import MIDWAY_KINDS, WEATHER_FAULTS, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.layers.weather.made_up_words import REFUSALS, SCRIPTED_LABEL
from components.ui.shared.samples import sample_recordings
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown, streams, told

TEN = said("one two three four five six seven eight nine ten")
quick = settings(max_examples=60, deadline=None, derandomize=True)


def live(events: list[Event]) -> list[Event]:
    """The same events as they come live: a silence before each."""
    return [each for event in events for each in (Event(event.at, "silence"), event)]


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
    assert once != times(heard(layer, TEN, Prompt.from_typed("Another question")))


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
        ("malformed", "JSONDecodeError: Unterminated string starting at: line 1 column"),
    ],
)
def test_a_fault_that_is_an_error_reads_as_a_developer_sees_it(kind: str, raw: str) -> None:
    last = heard(Fault(kind=kind), TEN)[-1]
    assert (last.kind, last.data["fault"]) == ("error", kind)
    assert last.text.startswith(raw)


def test_a_time_out_lasts_as_long_as_its_patience_and_shows_no_word() -> None:
    assert [(event.at, event.kind) for event in heard(Fault(kind="timeout", patience=3.0), TEN)] == [(3.0, "error")]


@pytest.mark.parametrize("kind", ["cut", "malformed"])
@pytest.mark.parametrize(("share", "words"), [(10, 1), (25, 2), (50, 5), (90, 9)])
def test_a_cut_comes_after_its_share_of_a_recording_when_the_next_token_was_due(
    kind: str, share: int, words: int
) -> None:
    seen = heard(Fault(kind=kind, share=share), TEN)
    assert shown(seen) == shown(TEN[:words])
    assert (seen[-1].kind, seen[-1].at) == ("error", TEN[words].at)


@pytest.mark.parametrize("share", [10, 50, 90])
def test_a_live_answer_is_cut_as_if_it_had_48_tokens(share: int) -> None:
    seen = heard(Fault(share=share), live(said(" ".join(map(str, range(100))))))
    assert kinds(seen).count("token") == 48 * share // 100
    assert kinds(seen)[-1] == "error" and "silence" in kinds(seen)


def test_a_live_answer_that_ends_before_its_cut_breaks_at_its_end() -> None:
    seen = heard(Fault(), live(TEN))
    assert shown(seen) == shown(TEN)
    assert (seen[-1].kind, seen[-1].at) == ("error", TEN[-1].at)


@pytest.mark.parametrize("kind", [*MIDWAY_KINDS, "refusal", "wrong"])
def test_no_word_of_a_live_answer_is_waited_for(kind: str) -> None:
    def slow(_: Prompt) -> Iterator[Event]:
        yield from live(TEN[:5])
        yield from (Event(1 + place / 10, "silence") for place in count())

    seen = list(islice(Fault(kind=kind, share=10).play(ASKED, slow), 70))
    assert kinds(seen).count("silence") > 55 or kinds(seen)[-1] == "error"
    assert kinds(seen).count("token") == (4 if kind in ("cut", "malformed") else 5)


def test_an_answer_that_a_person_stopped_breaks_no_more() -> None:
    stopped = live([*TEN[:2], Event(0.8, "end", data={"reason": "stopped"})])
    for kind in ("cut", "malformed", "loop", "garbled", "refusal", "wrong"):
        assert heard(Fault(kind=kind), stopped)[-1] == stopped[-1]


def test_an_answer_of_one_token_can_be_broken() -> None:
    one = said("Four.")
    assert kinds(heard(Fault(), one)) == ["error"]
    assert shown(heard(Fault(kind="garbled"), one)) != "Four."


def test_an_empty_answer_is_an_end_when_the_first_word_was_due() -> None:
    seen = heard(Fault(kind="empty"), TEN)
    assert [(event.at, event.kind, event.data["reason"]) for event in seen] == [(0.5, "end", "empty")]


def test_a_refusal_says_no_in_tokens_at_the_answers_pace_and_is_said_to_be_scripted() -> None:
    label, *words, end = heard(Fault(kind="refusal"), TEN)
    assert (label.kind, label.text, label.data["remark"]) == ("notice", SCRIPTED_LABEL, True)
    assert shown(words) in REFUSALS
    assert [event.at for event in words][:9] == [event.at for event in TEN[: len(words)]][:9]
    assert (end.kind, end.data) == ("end", {"reason": "stop"})


def test_the_refusal_depends_on_the_question_alone() -> None:
    asked = [Prompt.from_typed(f"Question {n}") for n in range(20)]
    once = [shown(heard(Fault(kind="refusal"), TEN, prompt)) for prompt in asked]
    assert set(once) == set(REFUSALS)
    assert once == [shown(heard(Fault(kind="refusal"), said("Yes."), prompt)) for prompt in asked]


def test_a_wrong_answer_is_the_designers_words_at_the_recordings_pace_said_to_be_scripted() -> None:
    short = heard(Fault(kind="wrong", words="It is Sydney."), TEN)
    assert [event.text for event in short] == [SCRIPTED_LABEL, "It", " is", " Sydney", ".", ""]
    assert [round(event.at, 6) for event in short] == [0.5, 0.5, 0.6, 0.7, 0.8, 0.8]
    long = "A long answer. " * 20 + "That is all."
    seen = heard(Fault(kind="wrong", words=long), TEN)
    assert shown(seen) == long
    assert times(seen) == [round(0.5 + place / 10, 6) for place in range(len(times(seen)))]
    assert "instead" not in seen[0].data  # it does not decline: whoever judges it finds it wrong


def test_a_wrong_answer_without_words_is_empty() -> None:
    assert [event.data for event in heard(Fault(kind="wrong", words=" "), TEN)] == [{"reason": "empty"}]


def test_a_loop_says_the_last_words_again_until_the_limit() -> None:
    seen = heard(Fault(kind="loop"), TEN)
    assert shown(seen) == "one" + " two three four five" * 13
    assert seen[-1].data["reason"] == "length"
    assert times(seen) == [round(0.5 + place / 10, 6) for place in range(len(times(seen)))]


def test_garbled_letters_begin_at_their_place_and_keep_times_spaces_and_length() -> None:
    seen = heard(Fault(kind="garbled"), TEN)
    text = shown(seen)
    assert text.startswith("one two three four five ") and text != shown(TEN)
    assert len(text) == len(shown(TEN)) and [c.isspace() for c in text] == [c.isspace() for c in shown(TEN)]
    assert times(seen) == times(TEN) and seen[-1] == TEN[-1]
    assert shown(heard(Fault(kind="garbled"), TEN, Prompt.from_typed("Another question"))) != text


@quick
@given(data=st.data(), kind=st.sampled_from(WEATHER_FAULTS))
def test_what_a_fault_makes_up_has_no_probability_and_what_the_model_said_stays(data: st.DataObject, kind: str) -> None:
    events = data.draw(streams(last=("end",)))
    seen = heard(Fault(kind=kind, share=data.draw(st.integers(10, 90))), events)
    assert all("logprob" not in event.data for event in seen if event.made_up)
    own = [event for event in seen if event.kind == "token" and not event.made_up]
    assert all(event in events for event in own)


@quick
@given(data=st.data(), kind=st.sampled_from(WEATHER_FAULTS), share=st.integers(10, 90))
def test_every_prototype_breaks_at_the_same_token(data: st.DataObject, kind: str, share: int) -> None:
    events = data.draw(streams(last=("end",)))
    fault = Fault(kind=kind, share=share)
    arms = [Prototype("", (fault, arm)) for arm in (Streaming(), Streaming(unit="word"), Blocking(), PacedStreaming())]
    assert len({told(visible_events(arm, ASKED, Scripted(events))) for arm in arms}) == 1


@pytest.mark.parametrize("kind", WEATHER_FAULTS)
@pytest.mark.parametrize("alive", [False, True], ids=["recorded", "live"])
def test_a_score_of_words_the_model_did_not_say_is_not_shown(kind: str, alive: bool) -> None:
    events = said(" ".join(["word"] * 60))
    stack = Prototype("", (Fault(kind=kind), Streaming(), Badge()))
    seen = visible_events(stack, ASKED, Scripted(live(events) if alive else events))
    judged = [event for event in seen if event.kind in ("badge", "notice") and event.text != SCRIPTED_LABEL]
    if kind == "wrong":  # it seems as sure as its dial says
        assert [event.kind for event in judged] == ["badge"]
    elif kind in ("refusal", "loop", "garbled"):
        assert [(event.kind, event.text) for event in judged] == [("notice", MADE_UP)]
    else:
        assert [event.kind for event in judged] == (["badge"] if kind in MIDWAY_KINDS else [])


def test_what_a_fault_says_is_not_taken_for_the_models_further_words() -> None:
    def further(layer: Layer) -> bool:
        listening = collect_parallel([layer.play(ASKED, Scripted(TEN))], 0.0)
        with pytest.raises(StopIteration) as ended:
            next(listening)
        [found] = ended.value.value
        return bool(found.whole)

    assert further(LatencyProfile()) and not further(Fault(kind="wrong", words="100 %"))


def test_a_later_attempt_gets_through() -> None:
    for kind in WEATHER_FAULTS:
        fault = Fault(kind=kind, breaks=2)
        assert shown(heard(fault, TEN, ASKED.next_attempt())) == shown(heard(fault, TEN))
        assert heard(fault, TEN, ASKED.next_attempt().next_attempt()) == TEN


def test_going_on_from_a_partial_answer_gets_through() -> None:
    assert heard(Fault(breaks=3), TEN, ASKED.going_on("one two")) == TEN


def test_the_models_own_error_comes_first() -> None:
    for kind in ("cut", "malformed", "loop", "garbled", "refusal", "wrong"):
        seen = heard(Fault(kind=kind, share=90), live(said("one two", last="error")))
        assert seen[-1].text == "boom"


def test_a_refused_connection_never_runs_the_model() -> None:
    answer = Scripted(TEN)
    list(Fault(kind="refused").play(ASKED, answer))
    assert answer.asked == []


def test_a_fault_that_was_kept_with_a_count_of_tokens_is_still_read() -> None:
    old = {"layer": "Fault", "kind": "cut", "after": 24, "patience": 8.0, "breaks": 1}
    assert layer_from_json(old, ALL_PATTERNS) == Fault()


def test_every_named_weather_says_what_its_numbers_rest_on() -> None:
    assert next(iter(WEATHER_PROFILES)) == "As recorded" and len(WEATHER_PROFILES) == 5
    grounds = ("own times", "medians of 17", "Limits, not a measurement", "own assumption", "Measured: SmolLM2")
    assert all(ground in note for ground, note in zip(grounds, WEATHER_NOTES.values(), strict=True))


def test_the_local_cpu_is_as_fast_as_the_recordings_it_was_measured_on() -> None:
    assert len(sample_recordings()) == 9
    firsts, rates, strays = [], [], []
    for recording in sample_recordings():
        at = [event.at for event in recording.events if event.kind == "token"]
        gaps = [b - a for a, b in pairwise(at)]
        firsts.append(at[0])
        rates.append(1 / mean(gaps))
        strays.append(mean(abs(gap / mean(gaps) - 1) for gap in gaps))
    profile = WEATHER_PROFILES["Local CPU"]
    assert profile.first == round(median(firsts), 2)
    assert profile.rate == round(median(rates))
    assert profile.jitter == round(2 * 100 * median(strays))  # even chances up to the jitter stray half of it


@pytest.mark.parametrize(("sure", "words"), [(95, "High confidence"), (5, "Low confidence")])
def test_a_scripted_wrong_answer_wears_the_confidence_that_is_written_for_it(sure: int, words: str) -> None:
    stack = Prototype("", (Fault(kind="wrong", sure=sure), Streaming(), Badge()))
    seen = visible_events(stack, ASKED, Scripted(said("It is so.")))
    assert [event.text for event in seen if event.kind == "badge"] == [words]


def test_only_the_designer_is_told_that_words_are_scripted_and_that_a_study_has_to_say_so() -> None:
    for kind in ("wrong", "refusal"):
        seen = visible_events(Prototype("", (Fault(kind=kind), Streaming())), ASKED, Scripted(said("It is so.")))
        assert [event.data["remark"] for event in seen if event.kind == "notice"] == [True]
    [remark] = Fault(kind="wrong").remarks()
    assert "study" in remark.text and Fault(kind="cut").remarks() == ()

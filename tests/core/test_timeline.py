"""Facts about prototypes, timelines and lint."""

from dataclasses import replace

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.layer import Family, Layer, dials_of, layer_from_json
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import Timeline, build_timeline
from components.design.lint import lint
from components.layers import ALL_PATTERNS
from components.layers.clarification.options import Options
from components.layers.confidence.badge import Badge
from components.layers.confidence.verbal_hedge import VerbalHedge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.skeleton import Skeleton
from components.layers.delivery.staged_status import StagedStatus
from components.layers.delivery.streaming import Streaming
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.keep_partial import KeepPartial
from components.layers.failure.visible_retry import VisibleRetry
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile

ASKED = Prompt.from_typed("Where to?")
WORDS = ["To", " Rome", ",", " of", " course", "."]
EVENTS = (*(Event(0.5 + i / 8, "token", w, {"logprob": -1.5}) for i, w in enumerate(WORDS)), Event(1.25, "end"))
MODEL = replay([Recording(ASKED, Card("Scripted", "scripted"), EVENTS)])
CAREFUL = Prototype("Careful", (CauseAndNextStep(), Badge(), Streaming(), LatencyProfile(first=2.0)))


def text(line: Timeline) -> str:
    return "".join(event.text for event in line.events if event.kind == "text")


def test_layers_take_their_order_from_their_families() -> None:
    assert [layer.family.name for layer in CAREFUL.layers] == ["WEATHER", "DELIVERY", "CONFIDENCE", "FAILURE"]
    assert CAREFUL.layers_of(Family.DELIVERY) == (Streaming(),)
    assert CAREFUL.with_weather(Fault()).layers[1] == Fault()
    assert CAREFUL.summary == "badge · cause and next step"


def test_a_prototype_is_what_it_does_whatever_it_is_called() -> None:
    assert replace(CAREFUL, name="Other").id == CAREFUL.id
    assert Prototype("Careful", CAREFUL.layers[::-1]).id == CAREFUL.id
    assert Prototype("Careful", (*CAREFUL.layers[:-1], CauseAndNextStep(tone="personal"))).id != CAREFUL.id


def test_a_whole_number_on_a_dial_makes_no_other_prototype() -> None:
    assert Prototype("", (LatencyProfile(first=2),)).id == Prototype("", (LatencyProfile(first=2.0),)).id


def test_a_prototype_is_the_same_after_json() -> None:
    again = Prototype.from_json(CAREFUL.to_json(), ALL_PATTERNS)
    assert (again, again.id) == (CAREFUL, CAREFUL.id)


@pytest.mark.parametrize("value", [-1, 21, float("nan"), float("inf"), 10**400, "fast", None, [1]])
def test_a_dial_out_of_range_is_explained(value: object) -> None:
    with pytest.raises(Explained, match="“First word after” cannot be"):
        layer_from_json({"layer": "LatencyProfile", "first": value}, ALL_PATTERNS)


@pytest.mark.parametrize("value", ["no", "true", None])
def test_a_switch_takes_only_on_and_off(value: object) -> None:
    with pytest.raises(Explained):
        layer_from_json({"layer": "Streaming", "cursor": value}, ALL_PATTERNS)


def test_an_unknown_pattern_is_explained() -> None:
    with pytest.raises(Explained, match="no pattern called"):
        layer_from_json({"layer": "Telepathy"}, ALL_PATTERNS)


def test_a_dial_says_what_it_takes() -> None:
    first, *_ = dials_of(LatencyProfile)
    assert (first.label, first.range_text) == ("First word after", "0 to 20 s")


def test_the_marks_are_the_three_moments_of_a_pane() -> None:
    line = build_timeline(Prototype("", (Blocking(),)), ASKED, MODEL)
    assert (line.sign, line.first, line.complete, line.broke) == (0.0, 1.25, 1.25, False)
    streaming = build_timeline(Prototype("", (Streaming(),)), ASKED, MODEL)
    assert (streaming.sign, streaming.first, streaming.complete) == (0.5, 0.5, 1.25)


def test_a_remark_to_the_designer_is_no_sign_of_life() -> None:
    remark = Event(0.0, "notice", "Citations need content.", {"remark": True})
    assert Timeline((remark, Event(0.5, "text", "Yes"), Event(0.6, "end"))).sign == 0.5


def test_a_pane_without_words_has_no_first_words() -> None:
    line = build_timeline(Prototype("", (Fault(kind="timeout"),)), ASKED, MODEL)
    assert (line.first, line.complete, line.broke) == (None, 8.0, True)


def test_a_stall_of_more_than_a_second_is_a_freeze() -> None:
    stalled = (LatencyProfile(stall=2.0, stall_at=2), Streaming())
    assert build_timeline(Prototype("", stalled), ASKED, MODEL).freezes == ((0.625, 2.75),)
    assert build_timeline(Prototype("", (Streaming(),)), ASKED, MODEL).freezes == ()


def test_the_screen_gets_no_tokens_and_no_held_words() -> None:
    line = build_timeline(Prototype("", (Fault(), Blocking())), ASKED, MODEL)
    assert "partial" in line.events[-1].data
    shown = [event.get("data", {}) for event in line.to_json()["events"]]
    assert not any({"tokens", "partial"} & set(data) for data in shown)


def test_pressing_continue_says_the_rest_and_nothing_twice() -> None:
    for delivery in (Streaming(), Blocking()):
        line = build_timeline(Prototype("", (Fault(), delivery, KeepPartial())), ASKED, MODEL)
        assert list(line.branches) == ["continue"]
        assert (text(line), text(line.branches["continue"])) == ("To Rome,", " of course.")


def test_a_hedge_is_not_mistaken_for_words_to_go_on_from() -> None:
    stack = (Fault(), Streaming(), VerbalHedge(look=2), KeepPartial())
    line = build_timeline(Prototype("", stack), ASKED, MODEL)
    assert text(line) == "I'm not sure about this. To Rome,"
    assert text(line.branches["continue"]) == " of course."


def test_pressing_retry_starts_from_the_beginning() -> None:
    line = build_timeline(Prototype("", (Fault(), Streaming(), CauseAndNextStep())), ASKED, MODEL)
    assert text(line.branches["retry"]) == "To Rome, of course."


def test_a_retry_that_breaks_again_can_be_tried_again() -> None:
    line = build_timeline(Prototype("", (Fault(kind="server", breaks=2), CauseAndNextStep())), ASKED, MODEL)
    assert line.branches["retry"].broke
    assert text(line.branches["retry"].branches["retry"]) == "To Rome, of course."


def test_an_option_is_a_branch_only_where_its_answer_was_recorded() -> None:
    asks = Options(question="When?", options="Today\nLater", when="always")
    today = Recording(ASKED.with_choice("When?", "Today"), Card("Scripted", "scripted"), EVENTS)
    line = build_timeline(Prototype("", (asks, CauseAndNextStep())), ASKED, replay([today]))
    assert line.events[-1].kind == "question"
    assert list(line.branches) == ["Today"]


def test_a_stream_that_runs_dry_is_ended() -> None:
    assert [event.kind for event in build_timeline(Prototype(""), ASKED, lambda prompt: iter(())).events] == ["end"]


def test_a_sound_prototype_gets_no_warning() -> None:
    assert [remark.level for remark in lint(CAREFUL)] == ["note"]
    assert lint(Prototype("", (Streaming(), Skeleton(), VisibleRetry(), KeepPartial()))) == ()


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ((CauseAndNextStep(),), "No delivery pattern"),
        ((Blocking(), Streaming(), CauseAndNextStep()), "Blocking and Streaming both decide"),
        ((Streaming(), Skeleton(), StagedStatus(), CauseAndNextStep()), "Only Staged status will be"),
        ((Streaming(),), "No failure pattern"),
        ((Streaming(), VisibleRetry()), "Visible retry has nothing after it"),
    ],
)
def test_a_broken_rule_is_told_in_a_designers_words(layers: tuple[Layer, ...], said: str) -> None:
    [remark] = lint(Prototype("", layers))
    assert remark.level == "warning"
    assert said in remark.text


def test_a_gap_of_just_a_second_is_no_freeze_and_the_end_closes_one() -> None:
    line = Timeline((Event(0.0, "text", "To"), Event(1.0, "text", " Rome"), Event(2.5, "end")))
    assert line.freezes == ((1.0, 2.5),)


def test_a_stream_that_runs_dry_ends_at_its_last_moment_and_an_empty_one_at_the_start() -> None:
    dry = replay([Recording(ASKED, Card("Scripted", "scripted"), EVENTS[:3])])
    assert build_timeline(Prototype("", ()), ASKED, dry).events[-1] == Event(EVENTS[2].at, "end")
    assert build_timeline(Prototype("", ()), ASKED, lambda prompt: iter(())).events == (Event(0.0, "end"),)


def test_the_screen_gets_the_rest_of_an_event_whole() -> None:
    event = Event(1.0, "text", "To Rome", {"tokens": [], "hedge": True})
    line = Timeline((event, Event(2.0, "end")), {"retry": Timeline((Event(0.5, "end"),))})
    shown = line.to_json()
    assert shown["events"][0] == {"at": 1.0, "kind": "text", "text": "To Rome", "data": {"hedge": True}}
    assert shown["branches"]["retry"]["events"] == [{"at": 0.5, "kind": "end"}]

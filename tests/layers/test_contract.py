"""What every layer keeps to, whatever the stream and however its dials are turned."""

from copy import deepcopy
from functools import cache
from itertools import count, islice
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from components.core.event import LAST, Event, Stream, as_text
from components.core.layer import Family, Layer, dials_of, layer_from_json, pattern_description
from components.core.prompt import Prompt
from components.core.prototype import Prototype, visible_events
from components.core.vocabulary import EventKind
from components.layers import ALL_PATTERNS
from tests.layers.streams import ASKED, ERROR, Scripted, heard, instead, past, said, shown, streams, told, turned

PATTERNS = list(ALL_PATTERNS.values())
BREAKS = {"Fault", "Blocking"}  # the two that may end an answer before its end
every = pytest.mark.parametrize("kind", PATTERNS, ids=list(ALL_PATTERNS))
quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@cache
def plays_to(last: EventKind | Literal[""], name: str) -> list[tuple[Layer, list[Event]]]:
    """A pattern with its dials turned anyhow and any stream that ends so, "" for dry: drawn once, for every fact."""
    kind, drawn = ALL_PATTERNS[name], []

    @settings(quick, phases=[Phase.generate])
    @given(layer=turned(kind), events=streams(last=(last,)))
    def draw(layer: Layer, events: list[Event]) -> None:
        drawn.append((layer, events))

    draw()
    return drawn


def drawn_plays(kind: type[Layer]) -> list[tuple[Layer, list[Event]]]:
    """The pattern with streams that end in every way."""
    return plays_to("end", kind.__name__) + plays_to("error", kind.__name__) + plays_to("", kind.__name__)


@every
def test_the_same_stream_gives_the_same_events_and_stays_as_it_was(kind: type[Layer]) -> None:
    for layer, events in drawn_plays(kind):
        before = deepcopy(events)
        assert heard(layer, events) == heard(layer, events), layer
        assert events == before, layer


@every
def test_time_never_runs_backwards(kind: type[Layer]) -> None:
    for layer, events in drawn_plays(kind):
        times = [event.at for event in heard(layer, events)]
        assert times == sorted(times), (layer, events)
        assert all(at >= 0 for at in times), (layer, events)


@every
def test_a_stream_ends_once(kind: type[Layer]) -> None:
    for layer, events in plays_to("end", kind.__name__) + plays_to("error", kind.__name__):
        seen = heard(layer, events)
        assert [event.kind in LAST for event in seen] == [False] * (len(seen) - 1) + [True], (layer, events)


@every
def test_a_stream_that_runs_dry_is_survived(kind: type[Layer]) -> None:
    for layer, events in plays_to("", kind.__name__):
        heard(layer, [])
        heard(layer, events)


@every
def test_no_words_are_lost_in_an_answer_that_comes_to_its_end(kind: type[Layer]) -> None:
    for layer, events in plays_to("end", kind.__name__):
        seen, whole = heard(layer, events), shown(events)
        if seen[-1].kind == "end" and seen[-1].data.get("reason") != "empty" and not instead(seen):
            assert shown(seen) == whole, (layer, events)
        elif seen[-1].kind == "error":
            assert kind.__name__ in BREAKS and whole.startswith(told(seen)), (layer, events)
        elif kind.replaces and instead(seen):
            assert shown(seen) != whole, (layer, events)
        else:
            assert seen[-1].kind == "question" or not shown(seen) or not whole.strip(), (layer, events)


@every
def test_words_held_back_are_handed_on_with_an_error(kind: type[Layer]) -> None:
    for layer, events in plays_to("error", kind.__name__):
        seen = heard(layer, events)
        if kind.__name__ in BREAKS and not instead(seen):
            assert shown(events).startswith(told(seen)), (layer, events)
        elif seen[-1].kind != "question" and not kind.retries and not instead(seen):
            assert told(seen) == shown(events), (layer, events)


@every
@pytest.mark.parametrize("place", range(7))
def test_an_error_is_survived_at_every_position(kind: type[Layer], place: int) -> None:
    events = said("It was a cold day.")[:place]
    seen = heard(kind(), [*events, Event(2.0, "error", "boom", ERROR)])
    assert seen[-1].kind in LAST
    assert seen[-1].at >= 0


@every
def test_a_silence_is_passed_on_at_once(kind: type[Layer]) -> None:
    silences = (Event(place / 10, "silence") for place in count())
    asked = past(kind(), Prompt(ASKED.messages, attempt=5))  # so that no fault keeps it from being asked
    seen = list(islice(kind().play(asked, lambda prompt: silences), 60))
    assert len(seen) == 60
    assert sum(event.kind == "silence" for event in seen) >= 50


@every
def test_a_silence_while_words_are_held_is_passed_on_at_once(kind: type[Layer]) -> None:
    def stuck(prompt: Prompt) -> Stream:
        token = Event(0.5, "token", "Well", {"logprob": -3.0})
        yield token if kind.family <= Family.DELIVERY else as_text(token)
        yield from (Event(1 + place / 10, "silence") for place in count())

    seen = list(islice(kind().play(past(kind(), Prompt(ASKED.messages, attempt=5)), stuck), 60))
    assert sum(event.kind == "silence" for event in seen) >= 50


@every
def test_a_layer_does_not_ask_before_it_is_read(kind: type[Layer]) -> None:
    answer = Scripted(said("Yes."))
    kind().play(ASKED, answer)
    assert answer.asked == []


@every
@quick
@given(data=st.data())
def test_the_dials_survive_being_kept(kind: type[Layer], data: st.DataObject) -> None:
    layer = data.draw(turned(kind))
    kept = layer_from_json(layer.to_json(), ALL_PATTERNS)
    assert kept.to_json() == layer.to_json()
    assert kept == layer


@every
def test_a_pattern_says_what_it_is(kind: type[Layer]) -> None:
    assert pattern_description(kind).endswith(".")
    assert kind.moves
    assert all(spec.help for spec in dials_of(kind))
    assert all(spec.low is None or spec.low <= spec.default <= spec.high for spec in dials_of(kind))
    assert kind.evidence or kind.family == Family.WEATHER


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_any_stack_of_patterns_ends_once_in_order_and_twice_the_same(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(PATTERNS), max_size=6))
    stack = Prototype("any", tuple(data.draw(turned(kind)) for kind in chosen))
    events = data.draw(streams(last=("end", "error")))
    seen = visible_events(stack, ASKED, Scripted(events))
    assert [event.kind in LAST for event in seen] == [False] * (len(seen) - 1) + [True]
    assert [event.at for event in seen] == sorted(event.at for event in seen)
    assert not {"token", "silence"} & {event.kind for event in seen}
    assert seen == visible_events(stack, ASKED, Scripted(events))

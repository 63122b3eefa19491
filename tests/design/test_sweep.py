"""One dial at several values, and nothing else changed."""

import pytest

from components.core.layer import Dial, dials_of, format_value
from components.core.prototype import Prototype
from components.design.sweep import (
    SWEEP_VALUES,
    is_number_dial,
    sweep_dial,
    sweep_reach,
    sweep_values,
    sweepable_dials,
)
from components.layers import ALL_PATTERNS
from components.layers.confidence.badge import Badge
from components.layers.delivery.streaming import Streaming

EVERY = [(kind, spec) for kind in ALL_PATTERNS.values() for spec in dials_of(kind)]


@pytest.mark.parametrize(("kind", "spec"), EVERY, ids=lambda part: getattr(part, "__name__", None) or part.name)
def test_every_value_is_one_that_the_dial_takes(kind: type, spec: Dial) -> None:
    found = sweep_values(spec)
    assert len(found) <= SWEEP_VALUES and len(set(found)) == len(found)
    assert [spec.check(value) for value in found] == list(found)


def test_the_last_value_is_the_last_step_below_the_bound() -> None:
    assert sweep_values(Dial("least", 80, "", low=1, high=500, step=5)) == (1, 126, 251, 376, 496)


@pytest.mark.parametrize(("kind", "spec"), EVERY, ids=lambda part: getattr(part, "__name__", None) or part.name)
def test_a_sweep_begins_with_values_that_the_dial_takes(kind: type, spec: Dial) -> None:
    if not is_number_dial(spec) or spec.low is None or spec.high is None:
        return
    for stands in (spec.low, float(spec.default), spec.high):
        low, high = sweep_reach(spec, stands)
        assert spec.low <= low < high <= spec.high
        found = sweep_values(spec, SWEEP_VALUES, low, high)
        assert 2 <= len(found) <= SWEEP_VALUES and [spec.check(value) for value in found] == list(found)


def test_a_person_says_from_where_to_where_and_at_how_many_values() -> None:
    wait = Dial("first", 0.0, "", low=0, high=20, step=0.1, unit="s")
    assert sweep_values(wait, 3, 1.0, 4.0) == (1.0, 2.5, 4.0)
    assert sweep_values(wait, 2, 0.3, 0.5) == (0.3, 0.5)
    assert sweep_values(wait, 5, 0.3, 0.4) == (0.3, 0.4)
    assert sweep_values(wait, 5, 2.0, 2.0) == (2.0,)


def test_a_wait_is_swept_over_seconds_that_people_meet_and_a_threshold_between_never_and_always() -> None:
    assert sweep_reach(Dial("first", 0.0, "", low=0, high=20, step=0.1, unit="s"), 0.0) == (0, 8)
    assert sweep_reach(Dial("first", 0.0, "", low=0, high=20, step=0.1, unit="s"), 6.0) == (0, 12)
    assert sweep_reach(Dial("high", 0.75, "", low=0, high=1, step=0.01), 0.75) == (0.1, 0.9)


def test_only_the_dial_differs_and_the_names_say_how() -> None:
    [high] = [spec for spec in dials_of(Badge) if spec.name == "high"]
    careful = Prototype("Careful", (Streaming(cursor=False), Badge(medium=0.4)))
    made = sweep_dial(careful, Badge, high, (0.5, 0.75, 1.0))
    assert [prototype.name for prototype in made] == ["0.5", "0.75, as now", "1"]
    assert {prototype.layers[0] for prototype in made} == {Streaming(cursor=False)}
    assert [prototype.layers[1] for prototype in made] == [Badge(high=h, medium=0.4) for h in (0.5, 0.75, 1)]


def test_only_dials_of_the_patterns_that_are_there_can_be_swept() -> None:
    assert {kind for kind, _ in sweepable_dials([Badge, Streaming]).values()} == {Badge, Streaming}
    assert not sweepable_dials([])


def test_words_cannot_be_swept() -> None:
    assert not any("label" in name for name in sweepable_dials([ALL_PATTERNS["KeepPartial"]]))
    assert sweepable_dials([Badge])


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (True, "", "yes"), (False, "", "no"), (2.0, "s", "2 s"), (0.25, "", "0.25"), (40, "%", "40 %"),
        ("One\n\n two ", "", "One · two"), ("", "", "nothing"), ("cut", "", "cut"),
    ],
)  # fmt: skip
def test_a_dials_value_is_put_in_the_same_words_everywhere(value: object, unit: str, words: str) -> None:
    assert format_value(value, unit) == words

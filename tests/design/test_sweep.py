"""One dial at several values, and nothing else changed."""

import pytest

from components.core.layer import Dial, dials_of, format_value
from components.core.prototype import Prototype
from components.design.sweep import SWEEP_VALUES, sweep_dial, sweep_values, sweepable_dials
from components.layers import ALL_PATTERNS
from components.layers.confidence.badge import Badge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.weather.latency_profile import LatencyProfile

EVERY = [(kind, spec) for kind in ALL_PATTERNS.values() for spec in dials_of(kind)]


@pytest.mark.parametrize(("kind", "spec"), EVERY, ids=lambda part: getattr(part, "__name__", None) or part.name)
def test_every_value_is_one_that_the_dial_takes(kind: type, spec: Dial) -> None:
    found = sweep_values(spec)
    assert len(found) <= SWEEP_VALUES and len(set(found)) == len(found)
    assert [spec.check(value) for value in found] == list(found)


def test_the_last_value_is_the_last_step_below_the_bound() -> None:
    assert sweep_values(Dial("least", 80, "", low=1, high=500, step=5)) == (1, 126, 251, 376, 496)


def test_only_the_dial_differs_and_the_names_say_how() -> None:
    [high] = [spec for spec in dials_of(Badge) if spec.name == "high"]
    made = sweep_dial(Prototype("Careful", (Streaming(cursor=False), Badge(medium=0.4))), Badge, high)
    assert [prototype.name for prototype in made] == ["0", "0.25", "0.5", "0.75", "1"]
    assert {prototype.layers[0] for prototype in made} == {Streaming(cursor=False)}
    assert [prototype.layers[1] for prototype in made] == [Badge(high=h, medium=0.4) for h in (0, 0.25, 0.5, 0.75, 1)]


def test_a_pattern_that_is_not_worn_is_put_on() -> None:
    [first] = [spec for spec in dials_of(LatencyProfile) if spec.name == "first"]
    made = sweep_dial(Prototype("Plain", (Blocking(),)), LatencyProfile, first)
    assert len(made) == SWEEP_VALUES and all(len(prototype.layers) == 2 for prototype in made)


def test_words_cannot_be_swept() -> None:
    assert not any("label" in name for name in sweepable_dials({"KeepPartial": ALL_PATTERNS["KeepPartial"]}))
    assert sweepable_dials({"Badge": Badge})


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (True, "", "yes"), (False, "", "no"), (2.0, "s", "2 s"), (0.25, "", "0.25"), (40, "%", "40 %"),
        ("One\n\n two ", "", "One · two"), ("", "", "nothing"), ("cut", "", "cut"),
    ],
)  # fmt: skip
def test_a_dials_value_is_put_in_the_same_words_everywhere(value: object, unit: str, words: str) -> None:
    assert format_value(value, unit) == words

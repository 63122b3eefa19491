"""Two people in one comparison: what each changed stands, and what both changed is the one's who saves."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from components.core.card import Card
from components.core.event import Event
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.compare import Comparison
from components.layers.comparison_merge import comparison_changes, merged_comparison
from components.layers.confidence.badge import Badge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.raw_error import RawError
from components.layers.weather.latency_profile import LatencyProfile


def answer(text: str) -> Recording:
    """An answer of one word to a question."""
    return Recording(Prompt.from_typed(text), Card("Model", "scripted"), (Event(0, "token", "Yes"), Event(1, "end")))


PANES = (Prototype("Plain", (Blocking(),), work="p"), Prototype("Sure", (Streaming(), Badge(high=0.8)), work="s"))
BASE = Comparison((answer("Why?"),), PANES)
LAYERS: tuple[Layer, ...] = (RawError(), Badge(high=0.9), Badge(high=0.6), Streaming(cursor=False))
layers = some.lists(some.sampled_from(LAYERS), unique_by=type).map(tuple)
prototypes = some.builds(Prototype, some.sampled_from(["Plain", "Sure", "New"]), layers)
comparisons = some.builds(
    Comparison,
    some.sampled_from([BASE.recordings, (answer("Who?"),)]),
    some.lists(prototypes | some.sampled_from(PANES), min_size=1, max_size=4).map(tuple),
    weather=some.sampled_from(["As recorded", "Phone on a train", "My own"]),
    fault=some.sampled_from(["nothing", "refused"]),
)


def turned(compare: Comparison, key: str, *stack: Layer, name: str = "") -> Comparison:
    """The comparison with other patterns, and another name, in one pane."""
    before = compare.panes[key]
    return compare.with_prototype(key, replace(before, name=name or before.name, layers=stack or before.layers))


@given(comparisons, comparisons)
def test_who_changed_nothing_sees_what_the_other_made(base: Comparison, changed: Comparison) -> None:
    assert merged_comparison(base, base, changed) == changed
    assert merged_comparison(base, changed, base) == changed
    assert merged_comparison(base, changed, changed) == changed


@given(comparisons, comparisons, comparisons)
def test_any_three_states_make_one_that_can_be_shown(base: Comparison, mine: Comparison, theirs: Comparison) -> None:
    merged = merged_comparison(base, mine, theirs)
    assert 1 <= len(merged.prototypes) <= 4 and merged.recordings in (mine.recordings, theirs.recordings)
    assert merged.fault == (mine.fault if mine.fault != base.fault else theirs.fault)


def test_dials_of_different_panes_and_of_one_pane_both_stand() -> None:
    mine = replace(turned(BASE, "A", Blocking(), RawError()), weather="Phone on a train")
    theirs = turned(BASE, "B", Streaming(), Badge(high=0.9), name="Surer")
    both = merged_comparison(BASE, mine, theirs)
    assert both == merged_comparison(BASE, theirs, mine)
    assert both.panes == {"A": mine.panes["A"], "B": theirs.panes["B"]} and both.weather == "Phone on a train"
    other = merged_comparison(BASE, turned(BASE, "B", Streaming(cursor=False), Badge(high=0.8)), theirs)
    assert other.panes["B"].layers == (Streaming(cursor=False), Badge(high=0.9)) and other.panes["B"].name == "Surer"


def test_the_same_dial_is_as_the_one_who_saves_left_it() -> None:
    mine, theirs = (turned(BASE, "B", Streaming(), Badge(high=high)) for high in (0.85, 0.95))
    assert merged_comparison(BASE, mine, theirs) == mine and merged_comparison(BASE, theirs, mine) == theirs


def test_a_pattern_that_one_took_away_comes_back_where_the_other_turned_it() -> None:
    without, turned_up = turned(BASE, "B", Streaming()), turned(BASE, "B", Streaming(), Badge(high=0.9))
    assert merged_comparison(BASE, without, turned_up) == turned_up
    assert merged_comparison(BASE, without, turned(BASE, "A", Blocking(), RawError())).panes["B"].layers == (
        Streaming(),
    )


def test_panes_are_moved_added_and_taken_away_with_what_was_turned_in_them() -> None:
    theirs = turned(BASE, "B", Streaming(), Badge(high=0.9))
    for mine in (BASE.with_moved("A", 1), BASE.without_pane("A"), BASE.with_added(Prototype("New", (Blocking(),)))):
        both = merged_comparison(BASE, mine, theirs)
        assert both == merged_comparison(BASE, theirs, mine)
        assert [pane.name for pane in both.prototypes] == [pane.name for pane in mine.prototypes]
        assert theirs.panes["B"] in both.prototypes


def test_panes_that_both_moved_are_those_that_neither_took_away() -> None:
    more = BASE.with_added(Prototype("New", (RawError(),)))
    fewer = more.without_pane("B")
    assert merged_comparison(more, more.with_moved("A", 1), fewer).prototypes == fewer.prototypes
    assert merged_comparison(more, fewer, more.with_added(Prototype("Late"))).prototypes == (
        *fewer.prototypes, Prototype("Late"),
    )  # fmt: skip


def test_a_prototype_in_place_of_another_is_taken_whole() -> None:
    other = Prototype("Other", (RawError(),), work="o")
    mine = BASE.with_prototype("B", other)
    assert merged_comparison(BASE, mine, turned(BASE, "B", Streaming(), Badge(high=0.9))) == mine


def test_what_somebody_changed_is_told_in_a_designers_words() -> None:
    mine = replace(turned(BASE, "B", Streaming(), Badge(high=0.9)), weather="My own", own=LatencyProfile(first=3.0))
    assert comparison_changes(BASE, mine) == ("Weather: one of their own", "B: Badge, high from: 0.8 → 0.9")
    assert comparison_changes(BASE, BASE.with_moved("A", 1)) == ("Panes: Sure, Plain",)
    assert comparison_changes(BASE, replace(BASE, recordings=(answer("Who?"),))) == ("Question: “Who?”",)
    assert comparison_changes(BASE, BASE.with_prototype("A", Prototype("New", (RawError(),), work="n"))) == (
        "A: New in place of Plain",
    )
    assert comparison_changes(BASE, BASE) == ()

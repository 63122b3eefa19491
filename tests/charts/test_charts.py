"""Charts: a pane's colour is its line's colour, n is always written, and no data is a chart too."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts.chart_look import (
    DOT_STRENGTHS,
    INTERVAL_STRENGTHS,
    escape_name,
    fade_colour,
    format_mean,
    pane_colour,
    pane_palette,
    spread_apart,
    wrap_name,
)
from components.charts.felt_against_clock import felt_figure
from components.charts.pairs_chart import pairs_figure
from components.charts.shares_chart import BAR_STRENGTHS, shares_figure
from components.core.folders import PROJECT_ROOT
from components.stats.person_means import person_means
from components.store import Arm, Store
from tests.store.made import PROTOTYPES, crowd

ARMS = tuple(Arm(pane, p.id, p.name) for pane, p in zip("ABC", PROTOTYPES, strict=True))
Frames = dict[int, pd.DataFrame]  # by how many people
DRAWN: dict[str, Callable[[pd.DataFrame, Sequence[Arm], bool], go.Figure]] = {
    "first words": lambda frame, arms, dark: felt_figure(frame, arms, "felt_first", dark),
    "complete": lambda frame, arms, dark: felt_figure(frame, arms, "felt_complete", dark),
    "trust": lambda frame, arms, dark: pairs_figure(frame, arms, "trust", dark),
    "speed": lambda frame, arms, dark: pairs_figure(frame, arms, "speed", dark),
    "shares": shares_figure,
}


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    return {n: crowd(Store.open(tmp_path_factory.mktemp("made")), n).frame() for n in (0, 1, 2, 12, 20)}


def written(chart: go.Figure) -> str:
    """All words of a chart."""
    ticks = chart.layout.xaxis.ticktext or ()
    return " ".join([*(note.text for note in chart.layout.annotations), *map(str, ticks)])


def traces(chart: go.Figure, name: str) -> list[Any]:
    return [trace for trace in chart.data if trace.name == name]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", DRAWN)
def test_each_arm_has_the_colour_of_its_pane(frames: Frames, kind: str, dark: bool) -> None:
    chart = DRAWN[kind](frames[12], ARMS, dark)
    for arm in ARMS:
        shade = pane_colour(arm.pane, dark)
        assert traces(chart, f"{arm.name}, interval")[0].line.color == shade
        fill = traces(chart, arm.name)[0].marker.color
        assert fill in [fade_colour(shade, share) for share in (*DOT_STRENGTHS, *BAR_STRENGTHS)]


@pytest.mark.parametrize("kind", DRAWN)
def test_every_arm_is_named_in_the_chart_with_its_n(frames: Frames, kind: str) -> None:
    words = written(DRAWN[kind](frames[12], ARMS, False)).replace("<br>", " ")
    assert words.count("n = 12") >= 3
    assert all(arm.name in words for arm in ARMS)


@pytest.mark.parametrize("people", [0, 1, 2])
@pytest.mark.parametrize("kind", DRAWN)
def test_few_people_or_none_still_make_a_chart(frames: Frames, kind: str, people: int) -> None:
    assert DRAWN[kind](frames[people], ARMS, False).to_json()
    assert DRAWN[kind](frames[people], ARMS[:1], False).to_json()


def test_every_dot_of_felt_against_clock_is_a_person(frames: Frames) -> None:
    chart = felt_figure(frames[12], ARMS)
    assert [len(traces(chart, arm.name)[0].x) for arm in ARMS] == [12, 12, 12]


@pytest.mark.parametrize("item", ["trust", "speed"])
def test_a_dot_stands_at_what_its_person_said(frames: Frames, item: str) -> None:
    chart = pairs_figure(frames[12], ARMS, item)
    for arm in ARMS:
        [dots] = traces(chart, arm.name)
        assert sorted(dots.y) == sorted(person_means(frames[12], item, [arm.prototype])[arm.prototype])
        assert len(set(dots.x)) == 12


@pytest.mark.parametrize(("people", "few"), [(12, True), (20, False)])
@pytest.mark.parametrize("kind", DRAWN)
def test_below_twenty_people_their_dots_stand_before_faint_intervals(
    frames: Frames, kind: str, people: int, few: bool
) -> None:
    chart = DRAWN[kind](frames[people], ARMS, False)
    names = [trace.name for trace in chart.data]
    for arm in ARMS:
        [interval] = traces(chart, f"{arm.name}, interval")
        assert interval.opacity == INTERVAL_STRENGTHS[few]
        dots = f"{arm.name}, people" if kind == "shares" else arm.name
        if few and dots in names:  # nobody may have chosen it
            assert names.index(dots) > names.index(interval.name)


def test_in_shares_each_of_few_people_is_a_dot(frames: Frames) -> None:
    chart = shares_figure(frames[12], ARMS)
    assert sum(len(trace.x) for trace in chart.data if str(trace.name).endswith(", people")) == 12


def test_a_share_of_people_keeps_its_half(frames: Frames) -> None:
    eighths = frames[12][frames[12]["rater"].isin([f"person-{number}" for number in range(8)])]
    chosen = eighths.assign(choice=PROTOTYPES[0].id, prototype=PROTOTYPES[0].id).where(eighths["item"].eq("ship"))
    last = chosen.dropna(how="all").assign(choice=[PROTOTYPES[0].id] * 5 + [PROTOTYPES[1].id] * 3)
    assert "62.5 %" in written(shares_figure(last, ARMS)) and "37.5 %" in written(shares_figure(last, ARMS))


def test_a_mean_keeps_its_half(frames: Frames) -> None:
    halves = frames[2].assign(value=frames[2]["rater"].map({"person-0": 60.0, "person-1": 65.0}))
    assert "62.5" in written(pairs_figure(halves, ARMS)) and (format_mean(62.5), format_mean(62.0)) == ("62.5", "62")


@pytest.mark.parametrize("kind", DRAWN)
def test_a_dot_is_named_where_its_person_gave_a_name(frames: Frames, kind: str) -> None:
    named = frames[12].assign(rater_name=frames[12]["rater"].map({"person-3": "Ana <b>"}).fillna(""))
    notes = [note for trace in DRAWN[kind](named, ARMS, False).data for note in trace.customdata or ()]
    assert any(note.startswith("Ana &lt;b&gt;: ") for note in notes) and not any("person-" in note for note in notes)


def test_the_dashed_line_is_where_felt_equals_clock(frames: Frames) -> None:
    line = felt_figure(frames[12], ARMS).data[0]
    assert tuple(line.x) == tuple(line.y) and line.line.dash == "dot"


def test_shares_add_up_and_count_no_difference(frames: Frames) -> None:
    chart = shares_figure(frames[12], ARMS)
    assert sum(bar.x[0] for bar in chart.data if bar.type == "bar") == pytest.approx(1)
    assert "No difference" in written(chart)


def test_a_name_with_tags_is_shown_as_it_is(frames: Frames) -> None:
    nasty = (Arm("A", PROTOTYPES[0].id, "<b>x</b><a href='javascript:1'>y</a>"), *ARMS[1:])
    for kind in DRAWN:
        words = written(DRAWN[kind](frames[12], nasty, False))
        assert "<a" not in words and "&lt;" in words
    assert escape_name("<b>") == "&lt;b&gt;"


def test_a_long_name_is_broken_into_short_lines() -> None:
    lines = wrap_name("A very long name of a prototype that goes on and on").split("<br>")
    assert len(lines) == 3 and all(len(line) <= 13 for line in lines)


def test_labels_never_lie_on_top_of_each_other() -> None:
    moved = spread_apart([1.0, 1.0, 1.05, 9.0], 0.5)
    assert all(b - a >= 0.5 - 1e-6 for a, b in zip(sorted(moved), sorted(moved)[1:], strict=False))
    assert moved[3] == 9.0
    assert spread_apart([1.0, 1.0], 0.5, 0.0, 1.0) == pytest.approx([0.5, 1.0])


def test_the_colours_come_from_the_palette_file() -> None:
    assert dict(pane_palette()) == json.loads((PROJECT_ROOT / "assets" / "palette.json").read_text())
    assert (
        pane_colour("A", False) == pane_palette()["light"]["A"]
        and pane_colour("A", True) == pane_palette()["dark"]["A"]
    )

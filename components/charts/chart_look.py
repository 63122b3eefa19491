"""The look of every chart: the panes' colours, calm axes, names beside their lines instead of a legend."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from math import inf
from textwrap import wrap
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.core.folders import PROJECT_ROOT
from components.stats.interval import MIN_LIVE_PEOPLE
from components.store import Arm

TEXT_FONT = "Inter, system-ui, sans-serif"
FIGURE_FONT = "JetBrains Mono, ui-monospace, monospace"
TEXT_COLOUR = {False: "#1c2024", True: "#eceae4"}
SOFT_COLOUR = {False: "#60646c", True: "#a2a7b0"}
CARD_COLOUR = {False: "#ffffff", True: "#23252a"}
LINE_COLOUR = {False: "#e4e2dc", True: "#2e3238"}
NEUTRAL_COLOUR = {False: "#8b8f96", True: "#7d838c"}
DEFAULT_HEIGHT_PX = 340
DOT_STRENGTHS = (0.4, 0.85)  # opacity of a person's dot among many people, and among few
DOT_SIZES_PX = (6, 9)
INTERVAL_STRENGTHS = (1.0, 0.3)  # opacity of means and intervals: few people's dots are what one sees
CHART_CONFIG = {"displayModeBar": False, "scrollZoom": False}  # a touch on a phone scrolls the page, not the chart


@cache
def pane_palette() -> Mapping[str, Mapping[str, str]]:
    """The panes' colours by theme and pane, from the one file that the page and the player read too."""
    colours: Mapping[str, Mapping[str, str]] = json.loads((PROJECT_ROOT / "assets" / "palette.json").read_text("utf-8"))
    return colours


def pane_colour(pane: str, dark: bool) -> str:
    """A pane's colour; grey for what belongs to none."""
    return pane_palette()["dark" if dark else "light"].get(pane, NEUTRAL_COLOUR[dark])


def fade_colour(hex_colour: str, share: float) -> str:
    """The colour as rgba, with `share` as its opacity, 0 to 1."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def is_small_group(people: int) -> bool:
    """Whether so few people answered that their dots say more than a mean."""
    return people < MIN_LIVE_PEOPLE


def escape_name(text: str) -> str:
    """A name safe in a plotly text: tags escaped, right-to-left text isolated."""
    return escape(Arm("", "", text).label, quote=False)


def wrap_name(name: str, width: int = 12, lines: int = 3) -> str:
    """A name in short lines, so that it fits under a chart on a phone."""
    parts = wrap(name, width, max_lines=lines, placeholder="…") or [""]
    return stack_lines(*(escape_name(part) for part in parts))


@cache
def markup() -> Mapping[str, str]:
    """The few tags that plotly reads in a label, by what they do."""
    tags: Mapping[str, str] = json.loads((PROJECT_ROOT / "assets" / "markup" / "chart_labels.json").read_text("utf-8"))
    return tags


def bold_text(text: str) -> str:
    """A label's words in bold."""
    return markup()["bold"].format(text=text)


def small_text(text: str) -> str:
    """A label's words in small letters."""
    return markup()["small"].format(text=text)


def tinted_text(text: str, shade: str) -> str:
    """A label's words in a colour of their own."""
    return markup()["tinted"].format(text=text, colour=shade)


def person_notes(names: Mapping[str, str], raters: Iterable[str], values: Iterable[str]) -> list[str]:
    """What is read at each person's dot: the value, after the name where one was given."""
    return [
        f"{escape_name(names[rater])}: {value}" if rater in names else value
        for rater, value in zip(raters, values, strict=True)
    ]


def format_mean(value: float) -> str:
    """A number with one decimal where it needs one: 62.5 is not 62."""
    return f"{value:.1f}".removesuffix(".0")


def sideways_spread(count: int) -> NDArray[np.float64]:
    """So many steps aside, from -0.5 to 0.5, even and the same every time: equal dots are told apart by them."""
    return (np.arange(count, dtype=np.float64) * 0.618) % 1 - 0.5


def stack_lines(*lines: str) -> str:
    """Lines of a label, one below the other."""
    return markup()["break"].join(lines)


def hover_text(text: str) -> str:
    """What is read when the pointer rests on a mark, without the name of its series beside it."""
    return markup()["hover"].format(text=text)


def empty_figure(dark: bool, height: int = DEFAULT_HEIGHT_PX) -> Any:
    """An empty chart in the page's look."""
    axis = {
        "showgrid": False, "zeroline": False, "linecolor": LINE_COLOUR[dark], "showline": True, "fixedrange": True,
        "ticks": "", "automargin": True, "tickfont": {"size": 12, "color": SOFT_COLOUR[dark]},
        "title": {"font": {"size": 12, "color": SOFT_COLOUR[dark]}},
    }  # fmt: skip
    return go.Figure(
        layout=go.Layout(
            template=go.layout.Template(), height=height, margin={"l": 8, "r": 8, "t": 20, "b": 8},
            paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", showlegend=False, hovermode="closest",
            font={"family": TEXT_FONT, "size": 13, "color": TEXT_COLOUR[dark]}, xaxis=axis, yaxis=axis, dragmode=False,
            hoverlabel={"font": {"family": TEXT_FONT, "size": 12}, "bgcolor": LINE_COLOUR[dark]},
        )
    )  # fmt: skip


def add_label(chart: Any, x: float | str, y: float | str, text: str, **options: Any) -> None:
    """Add words at a position of a chart; what people wrote goes through `escape_name` first."""
    chart.add_annotation(**{"x": x, "y": y, "text": text, "showarrow": False, "align": "left", **options})


def spread_apart(positions: Sequence[float], gap: float, low: float = -inf, high: float = inf) -> list[float]:
    """The positions moved as little as needed to be `gap` apart from `low` to `high`, in the same order."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    moved = list(positions)
    for _ in range(50):
        moved = [min(max(position, low), high) for position in moved]
        for under, over in pairwise(order):
            short = gap - (moved[over] - moved[under])
            if short > 1e-9:
                moved[under], moved[over] = moved[under] - short / 2, moved[over] + short / 2
    return moved

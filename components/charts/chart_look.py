"""The look of every chart: the panes' colours, calm axes, names beside their lines instead of a legend."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from math import inf
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from components.core.folders import ROOT
from components.store import Arm

WORDS = "Inter, system-ui, sans-serif"
FIGURES = "JetBrains Mono, ui-monospace, monospace"
INK = {False: "#1c2024", True: "#eceae4"}
SOFT = {False: "#60646c", True: "#a2a7b0"}
CARD = {False: "#ffffff", True: "#23252a"}
LINE = {False: "#e4e2dc", True: "#2e3238"}
NEUTRAL = {False: "#8b8f96", True: "#7d838c"}
HEIGHT = 340
QUIET = {"displayModeBar": False, "scrollZoom": False}  # a touch on a phone scrolls the page, not the chart


@cache
def palette() -> Mapping[str, Mapping[str, str]]:
    """The panes' colours by theme and pane, from the one file that the page and the player read too."""
    colours: Mapping[str, Mapping[str, str]] = json.loads((ROOT / "assets" / "palette.json").read_text("utf-8"))
    return colours


def colour(pane: str, dark: bool) -> str:
    """A pane's colour; grey for what belongs to none."""
    return palette()["dark" if dark else "light"].get(pane, NEUTRAL[dark])


def faded(hex_colour: str, share: float) -> str:
    """The colour, see-through."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def plain(text: str) -> str:
    """A name as it is: plotly would read tags in it, and figures beside a right-to-left one would change place."""
    return escape(Arm("", "", text).label, quote=False)


def broken(name: str, width: int = 12, lines: int = 3) -> str:
    """A name in short lines, so that it fits under a chart on a phone."""
    parts = wrap(name, width, max_lines=lines, placeholder="…") or [""]
    return stack_lines(*(plain(part) for part in parts))


@cache
def markup() -> Mapping[str, str]:
    """The few tags that plotly reads in a label, by what they do."""
    tags: Mapping[str, str] = json.loads((ROOT / "assets" / "markup" / "chart_labels.json").read_text("utf-8"))
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


def stack_lines(*lines: str) -> str:
    """Lines of a label, one below the other."""
    return markup()["break"].join(lines)


def hover_text(text: str) -> str:
    """What is read when the pointer rests on a mark, without the name of its series beside it."""
    return markup()["hover"].format(text=text)


def figure(dark: bool, height: int = HEIGHT) -> Any:
    """An empty chart in the page's look."""
    axis = {
        "showgrid": False, "zeroline": False, "linecolor": LINE[dark], "showline": True, "fixedrange": True,
        "ticks": "", "automargin": True, "tickfont": {"size": 12, "color": SOFT[dark]},
        "title": {"font": {"size": 12, "color": SOFT[dark]}},
    }  # fmt: skip
    return go.Figure(
        layout=go.Layout(
            template=go.layout.Template(), height=height, margin={"l": 8, "r": 8, "t": 20, "b": 8},
            paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", showlegend=False, hovermode="closest",
            font={"family": WORDS, "size": 13, "color": INK[dark]}, xaxis=axis, yaxis=axis, dragmode=False,
            hoverlabel={"font": {"family": WORDS, "size": 12}, "bgcolor": LINE[dark]},
        )
    )  # fmt: skip


def label(chart: Any, x: float | str, y: float | str, text: str, **more: Any) -> None:
    """Words at a place of a chart; what comes from people must be `plain`."""
    chart.add_annotation(**{"x": x, "y": y, "text": text, "showarrow": False, "align": "left", **more})


def apart(places: Sequence[float], gap: float, low: float = -inf, high: float = inf) -> list[float]:
    """The places moved as little as needed so that labels there are `gap` apart between two ends, their order kept."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for _ in range(50):
        moved = [min(max(place, low), high) for place in moved]
        for under, over in pairwise(order):
            short = gap - (moved[over] - moved[under])
            if short > 1e-9:
                moved[under], moved[over] = moved[under] - short / 2, moved[over] + short / 2
    return moved

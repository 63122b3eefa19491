"""Strips: one row for each claim, with a dot for each person and the interval behind them."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np

from components.charts.chart_look import (
    CARD_COLOUR,
    DOT_SIZES_PX,
    DOT_STRENGTHS,
    FIGURE_FONT,
    LINE_COLOUR,
    NEUTRAL_COLOUR,
    TEXT_COLOUR,
    add_label,
    bold_text,
    empty_figure,
    escape_name,
    fade_colour,
    hover_text,
    is_small_group,
    pane_colour,
    sideways_spread,
    small_text,
)
from components.stats.claim_strips import ClaimStrip

ROW_HEIGHT_PX, MARGIN_HEIGHT_PX = 96, 44
DOTS_SHARE, BAND_SHARE, LABEL_PLACE = 0.3, 0.44, 0.42  # of a row's height: the dots, the interval, the words above
BAND_STRENGTH = 0.16
MAX_NAME_CHARS = 28
ARM_PANES = "ABCD"
RATIO_TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def strips_figure(
    strips: Sequence[ClaimStrip], names: Mapping[str, str], unit: str, is_ratio: bool = False, dark: bool = False
) -> Any:
    """A row for each strip, the first on top. Differences stand around a line at none (1 for ratios).

    `unit` is written below; `names` are the arms' by key.
    """
    chart = empty_figure(dark, MARGIN_HEIGHT_PX + ROW_HEIGHT_PX * len(strips))
    paired = any(strip.second for strip in strips)
    chart.update_yaxes(range=[len(strips) - 0.5, -0.55], showticklabels=False, showline=False)
    chart.update_xaxes(
        range=shown_range(strips, is_ratio, paired), type="log" if is_ratio else "linear", tickfont_family=FIGURE_FONT,
        title_text=escape_name(unit), nticks=6,
    )  # fmt: skip
    if is_ratio:
        chart.update_xaxes(tickvals=list(RATIO_TICKS), ticktext=[f"{tick:g}" for tick in RATIO_TICKS])
    if paired:
        none = 1.0 if is_ratio else 0.0
        line = {"color": NEUTRAL_COLOUR[dark], "width": 1, "dash": "dot"}
        chart.add_scatter(x=[none] * 2, y=[-0.5, len(strips) - 0.5], mode="lines", line=line, hoverinfo="skip")
    arms = list(names)
    for row, strip in enumerate(strips):
        place = arms.index(strip.first) if strip.first in arms and not paired else len(ARM_PANES)
        shade = pane_colour(ARM_PANES[place], dark) if place < len(ARM_PANES) else TEXT_COLOUR[dark]
        draw_strip(chart, row, strip, shade, dark)
        add_label(chart, 0, row - LABEL_PLACE, strip_title(strip, names), xref="paper", xanchor="left")
    return chart


def shown_range(strips: Sequence[ClaimStrip], is_ratio: bool, paired: bool) -> list[float]:
    """From where to where the axis goes, in powers of ten for ratios; every dot and every interval is on it."""
    ends = [end for strip in strips for end in (*strip.values, strip.interval.low, strip.interval.high)]
    known = [end for end in ends if isfinite(end) and (end > 0 or not is_ratio)]
    known += [1.0 if is_ratio else 0.0] if paired else []
    low, high = (float(np.log10(end)) if is_ratio else end for end in (min(known), max(known)))
    room = 0.06 * (high - low) or 0.5
    return [low - room, high + room]


def draw_strip(chart: Any, row: int, strip: ClaimStrip, shade: str, dark: bool) -> None:
    """One row: the interval as a band, the estimate as a line in it, and the people's dots over them."""
    low, high, middle = strip.interval.low, strip.interval.high, strip.interval.estimate
    half = BAND_SHARE / 2
    if isfinite(low) and isfinite(high):
        chart.add_scatter(
            x=[low, high, high, low, low], y=[row - half, row - half, row + half, row + half, row - half],
            mode="lines", fill="toself", fillcolor=fade_colour(shade, BAND_STRENGTH), line={"width": 0},
            hoverinfo="skip", name="interval",
        )  # fmt: skip
    if isfinite(middle):
        line = {"color": shade, "width": 3}
        chart.add_scatter(x=[middle] * 2, y=[row - half, row + half], mode="lines", line=line, hoverinfo="skip")
    few = is_small_group(len(strip.values))
    marker = {
        "size": DOT_SIZES_PX[few], "color": fade_colour(shade, DOT_STRENGTHS[few]),
        "line": {"width": 1, "color": CARD_COLOUR[dark] if few else LINE_COLOUR[dark]},
    }  # fmt: skip
    chart.add_scatter(
        x=list(strip.values), y=row + sideways_spread(len(strip.values)) * DOTS_SHARE, mode="markers", marker=marker,
        name="people", hovertemplate=hover_text("%{x:.2f}"),
    )  # fmt: skip


def strip_title(strip: ClaimStrip, names: Mapping[str, str]) -> str:
    """What a row is about, in bold, with its n."""
    told = [cut_name(names.get(key, key)) for key in (strip.first, strip.second) if key]
    count = small_text(f"n = {len(strip.values)}")
    if len(told) == 1:
        return f"{bold_text(escape_name(told[0]))}  {count}"
    return f"{bold_text(escape_name(told[0]))} against {bold_text(escape_name(told[1]))}  {count}"


def cut_name(name: str) -> str:
    """A name that fits on a phone, twice in a line."""
    return name if len(name) <= MAX_NAME_CHARS else f"{name[: MAX_NAME_CHARS - 1]}…"

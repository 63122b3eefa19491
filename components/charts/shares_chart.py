"""Shares: how many would ship each prototype, and how many see no difference."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from components.charts.chart_look import (
    FIGURE_FONT,
    SOFT_COLOUR,
    add_label,
    bold_text,
    empty_figure,
    escape_name,
    fade_colour,
    pane_colour,
    tinted_text,
)
from components.stats.preference import NO_DIFFERENCE, PreferenceShare
from components.stats.preference import preference_shares as counted
from components.store import Arm

ROW_PX = 76  # pixels


def shares_figure(frame: pd.DataFrame, arms: Sequence[Arm], dark: bool = False) -> Any:
    """A bar per arm and one for "No difference": the share of people, with Wilson's 95 % interval."""
    shares = counted(frame, [arm.prototype for arm in arms])
    names = {arm.prototype: arm for arm in arms} | {NO_DIFFERENCE: Arm("", NO_DIFFERENCE, "No difference")}
    chart = empty_figure(dark, 44 + ROW_PX * len(shares))
    chart.update_xaxes(
        range=[-0.035, 1.05], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        tickfont_family=FIGURE_FONT, showline=False,
    )  # fmt: skip
    chart.update_yaxes(range=[len(shares) - 0.45, -0.62], visible=False)
    for row, share in enumerate(shares):
        draw_share(chart, row, share, names[share.choice], dark)
    return chart


def draw_share(chart: Any, row: int, share: PreferenceShare, arm: Arm, dark: bool) -> None:
    """One bar, its interval, and above it the name with the counts."""
    shade = pane_colour(arm.pane, dark)
    estimate = share.fixed_n.estimate if share.n else 0.0
    chart.add_bar(
        x=[estimate], y=[row], orientation="h", width=0.26, marker={"color": fade_colour(shade, 0.55),
        "line": {"width": 0}},
        name=escape_name(arm.name), hoverinfo="skip",
    )  # fmt: skip
    if share.n:
        chart.add_scatter(
            x=[share.fixed_n.low, share.fixed_n.high], y=[row, row], mode="lines", line={"color": shade, "width": 2.5},
            name=f"{escape_name(arm.name)}, interval", hoverinfo="skip",
        )  # fmt: skip
    name = arm.name if len(arm.name) < 21 else arm.name[:20] + "…"
    soft = tinted_text(f" {share.count} of n = {share.n}", SOFT_COLOUR[dark])
    label = bold_text(escape_name(name)) + (f"  {estimate:.0%}".replace("%", " %") if share.n else "")
    add_label(chart, 0, row - 0.15, label + soft, xanchor="left", yanchor="bottom", font={"color": shade, "size": 13})

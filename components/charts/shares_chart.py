"""Shares: how many chose each prototype in a question, and how many see no difference."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from components.charts.chart_look import (
    DOT_SIZES_PX,
    DOT_STRENGTHS,
    FIGURE_FONT,
    INTERVAL_STRENGTHS,
    SOFT_COLOUR,
    add_label,
    bold_text,
    empty_figure,
    escape_name,
    fade_colour,
    format_mean,
    hover_text,
    is_small_group,
    pane_colour,
    person_notes,
    tinted_text,
)
from components.charts.strips_chart import ARM_PANES
from components.stats.end_preference import ArmPreference
from components.stats.person_means import rater_names
from components.stats.preference import NO_DIFFERENCE, PreferenceShare, person_choices
from components.stats.preference import preference_shares as counted
from components.store import Arm

ROW_PX = 76  # pixels
BAR_STRENGTHS = (0.55, 0.2)  # opacity of a bar of many people, and of one behind few people's dots


def shares_figure(frame: pd.DataFrame, arms: Sequence[Arm], dark: bool = False, item: str = "ship") -> Any:
    """A bar per arm and one for "No difference": the share of people, with Wilson's 95 % interval.

    Where they are few, each is a dot, as wide apart as one person is of the bar.
    """
    shares = counted(frame, [arm.prototype for arm in arms], item=item)
    names = {arm.prototype: arm for arm in arms} | {NO_DIFFERENCE: Arm("", NO_DIFFERENCE, "No difference")}
    chart = empty_shares_figure(len(shares), dark)
    choices, called = person_choices(frame, item), rater_names(frame)
    for row, share in enumerate(shares):
        draw_share(chart, row, share, names[share.choice], dark)
        if is_small_group(share.n) and share.count:
            chosen_by = choices.index[choices.eq(share.choice)]
            notes = person_notes(called, chosen_by, ["one person"] * len(chosen_by))
            draw_voters(chart, row, share, names[share.choice], notes, dark)
    return chart


def votes_figure(votes: Sequence[ArmPreference], names: Mapping[str, str], is_lasting: bool, dark: bool = False) -> Any:
    """A bar per arm of a study: the share of people who would rather use it, with its interval; Wilson's, or the one
    that is right at every look. `names` are the arms' by key.
    """
    chart = empty_shares_figure(len(votes), dark)
    for row, vote in enumerate(votes):
        interval = replace(vote.lasting if is_lasting else vote.share, estimate=vote.count / vote.n)
        share = PreferenceShare(vote.arm, vote.count, vote.n, interval, vote.lasting)
        place = list(names).index(vote.arm) if vote.arm in names else len(ARM_PANES)
        draw_share(chart, row, share, Arm(ARM_PANES[place : place + 1], vote.arm, names.get(vote.arm, vote.arm)), dark)
    return chart


def empty_shares_figure(rows: int, dark: bool) -> Any:
    """A chart for so many bars, from 0 to 100 %."""
    chart = empty_figure(dark, 44 + ROW_PX * rows)
    chart.update_xaxes(
        range=[-0.035, 1.05], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        tickfont_family=FIGURE_FONT, showline=False,
    )  # fmt: skip
    chart.update_yaxes(range=[rows - 0.45, -0.62], visible=False)
    return chart


def draw_voters(chart: Any, row: int, share: PreferenceShare, arm: Arm, notes: list[str], dark: bool) -> None:
    """A dot in the bar for each of the people who chose it."""
    chart.add_scatter(
        x=[(voter + 0.5) / share.n for voter in range(share.count)], y=[row] * share.count, mode="markers",
        marker={"size": DOT_SIZES_PX[True], "color": fade_colour(pane_colour(arm.pane, dark), DOT_STRENGTHS[True])},
        name=f"{escape_name(arm.name)}, people", customdata=notes, hovertemplate=hover_text("%{customdata}"),
    )  # fmt: skip


def draw_share(chart: Any, row: int, share: PreferenceShare, arm: Arm, dark: bool) -> None:
    """One bar, its interval, and above it the name with the counts."""
    shade = pane_colour(arm.pane, dark)
    estimate, few = share.fixed_n.estimate if share.n else 0.0, is_small_group(share.n)
    chart.add_bar(
        x=[estimate], y=[row], orientation="h", width=0.26, marker={"color": fade_colour(shade, BAR_STRENGTHS[few]),
        "line": {"width": 0}},
        name=escape_name(arm.name), hoverinfo="skip",
    )  # fmt: skip
    if share.n:
        chart.add_scatter(
            x=[share.fixed_n.low, share.fixed_n.high], y=[row, row], mode="lines", line={"color": shade, "width": 2.5},
            name=f"{escape_name(arm.name)}, interval", hoverinfo="skip", opacity=INTERVAL_STRENGTHS[few],
        )  # fmt: skip
    name = arm.name if len(arm.name) < 21 else arm.name[:20] + "…"
    soft = tinted_text(f" {share.count} of n = {share.n}", SOFT_COLOUR[dark])
    label = bold_text(escape_name(name)) + (f"  {format_mean(100 * estimate)} %" if share.n else "")
    add_label(chart, 0, row - 0.15, label + soft, xanchor="left", yanchor="bottom", font={"color": shade, "size": 13})

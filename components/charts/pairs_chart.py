"""Pairs: the same people's answers about every prototype, joined by a thin line, with the mean and its interval."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.charts.chart_look import (
    CARD_COLOUR,
    FIGURE_FONT,
    NEUTRAL_COLOUR,
    add_label,
    bold_text,
    empty_figure,
    escape_name,
    fade_colour,
    hover_text,
    pane_colour,
    stack_lines,
    wrap_name,
)
from components.stats import interval
from components.stats.person_means import person_means
from components.store import Arm

ITEM_SCALES = {"trust": (0.0, 100.0, (0, 25, 50, 75, 100)), "speed": (1.0, 7.0, (1, 2, 3, 4, 5, 6, 7))}


def pairs_figure(frame: pd.DataFrame, arms: Sequence[Arm], item: str = "trust", dark: bool = False) -> Any:
    """One column per arm, one thin line per person, the mean of people with its 95 % interval; "trust" or "speed"."""
    low, high, ticks = ITEM_SCALES[item]
    people = person_means(frame, item, [arm.prototype for arm in arms])
    shake = ((np.arange(len(people)) * 0.618) % 1 - 0.5) * (high - low) * 0.035  # so that equal answers both show
    chart = empty_figure(dark)
    room = 0.06 * (high - low)
    chart.update_yaxes(
        range=[low - room, high + room], tickvals=list(ticks), tickfont_family=FIGURE_FONT, showline=False
    )
    columns = list(range(len(arms)))
    counts = [int(people[arm.prototype].notna().sum()) for arm in arms]
    names = [stack_lines(wrap_name(arm.name), f"n = {n}") for arm, n in zip(arms, counts, strict=True)]
    chart.update_xaxes(range=[-0.5, len(arms) - 0.3], tickvals=columns, ticktext=names, showline=False)
    join_people(chart, people.to_numpy() + shake[:, None], dark)
    for column, arm in enumerate(arms):
        draw_column(chart, column, arm, people[arm.prototype], shake, dark, item)
    return chart


def join_people(chart: Any, values: Any, dark: bool) -> None:
    """A thin line per person from column to column; a missing answer breaks it."""
    rows, columns = values.shape
    x = np.tile(np.append(np.arange(columns, dtype=float), np.nan), rows)
    y = np.hstack([values, np.full((rows, 1), np.nan)]).ravel()
    line = {"color": fade_colour(NEUTRAL_COLOUR[dark], 0.28), "width": 1}
    chart.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", name="people", connectgaps=False)


def draw_column(chart: Any, column: int, arm: Arm, values: pd.Series, shake: Any, dark: bool, item: str) -> None:
    """One arm: its people's dots, its mean with the interval, and the mean in figures beside it."""
    shade, mean = pane_colour(arm.pane, dark), interval.mean_interval(values)
    if not mean.n:
        return
    chart.add_scatter(
        x=[column] * len(values), y=values.to_numpy() + shake, mode="markers", name=escape_name(arm.name),
        marker={"size": 6, "color": fade_colour(shade, 0.4)}, customdata=values.to_numpy(),
        hovertemplate=hover_text("%{customdata:.0f}"),
    )  # fmt: skip
    aside = column + 0.13
    low, high = (float(np.clip(end, *ITEM_SCALES[item][:2])) for end in (mean.low, mean.high))
    chart.add_scatter(
        x=[aside] * 2, y=[low, high], mode="lines", line={"color": shade, "width": 3}, hoverinfo="skip",
        name=f"{escape_name(arm.name)}, interval",
    )  # fmt: skip
    chart.add_scatter(
        x=[aside], y=[mean.estimate], mode="markers", name=f"{escape_name(arm.name)}, mean",
        marker={"size": 11, "symbol": "diamond", "color": shade, "line": {"width": 1.5, "color": CARD_COLOUR[dark]}},
        hoverinfo="skip",
    )  # fmt: skip
    mean_text = f"{mean.estimate:.0f}" if item == "trust" else f"{mean.estimate:.1f}"
    font = {"family": FIGURE_FONT, "color": shade, "size": 14}
    add_label(chart, aside, mean.estimate, bold_text(mean_text), xanchor="left", xshift=9, font=font)

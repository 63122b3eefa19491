"""Pairs: the same people's answers about every prototype, joined by a thin line, with the mean and its interval."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.charts.chart_look import (
    CARD_COLOUR,
    DOT_SIZES_PX,
    DOT_STRENGTHS,
    FIGURE_FONT,
    INTERVAL_STRENGTHS,
    NEUTRAL_COLOUR,
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
    sideways_spread,
    stack_lines,
    wrap_name,
)
from components.stats import interval
from components.stats.person_means import person_means, rater_names
from components.store import Arm

SPREAD_WIDTH, MEAN_ASIDE = 0.14, 0.17  # of the distance between two columns
ITEM_SCALES = {"trust": (0.0, 100.0, (0, 25, 50, 75, 100)), "speed": (1.0, 7.0, (1, 2, 3, 4, 5, 6, 7))}


def pairs_figure(frame: pd.DataFrame, arms: Sequence[Arm], item: str = "trust", dark: bool = False) -> Any:
    """One column per arm, one thin line per person, the mean of people with its 95 % interval; "trust" or "speed".

    A dot stands at the height of what its person said, and is moved sideways only.
    """
    low, high, ticks = ITEM_SCALES[item]
    people = person_means(frame, item, [arm.prototype for arm in arms])
    aside = sideways_spread(len(people)) * SPREAD_WIDTH
    chart = empty_figure(dark)
    room = 0.06 * (high - low)
    chart.update_yaxes(
        range=[low - room, high + room], tickvals=list(ticks), tickfont_family=FIGURE_FONT, showline=False
    )
    columns = list(range(len(arms)))
    counts = [int(people[arm.prototype].notna().sum()) for arm in arms]
    names = [stack_lines(wrap_name(arm.name), f"n = {n}") for arm, n in zip(arms, counts, strict=True)]
    chart.update_xaxes(range=[-0.5, len(arms) - 0.3], tickvals=columns, ticktext=names, showline=False)
    called = rater_names(frame)
    notes = [person_notes(called, people.index, map(format_mean, people[arm.prototype])) for arm in arms]
    for column, arm in enumerate(arms):
        draw_mean(chart, column, arm, people[arm.prototype], item, dark)
    join_people(chart, people.to_numpy(), aside, dark)
    for column, arm in enumerate(arms):
        draw_people(chart, column + aside, arm, people[arm.prototype], notes[column], dark)
    return chart


def join_people(chart: Any, values: Any, aside: Any, dark: bool) -> None:
    """A thin line per person from column to column; a missing answer breaks it."""
    rows, columns = values.shape
    places = np.arange(columns, dtype=float) + aside[:, None]
    x = np.hstack([places, np.full((rows, 1), np.nan)]).ravel()
    y = np.hstack([values, np.full((rows, 1), np.nan)]).ravel()
    line = {"color": fade_colour(NEUTRAL_COLOUR[dark], 0.28), "width": 1}
    chart.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", name="people", connectgaps=False)


def draw_people(chart: Any, x: Any, arm: Arm, values: pd.Series, notes: list[str], dark: bool) -> None:
    """One arm's dots, one a person; larger where there are few."""
    few = is_small_group(int(values.notna().sum()))
    colour = fade_colour(pane_colour(arm.pane, dark), DOT_STRENGTHS[few])
    chart.add_scatter(
        x=x, y=values.to_numpy(), mode="markers", name=escape_name(arm.name), customdata=notes,
        marker={"size": DOT_SIZES_PX[few], "color": colour}, hovertemplate=hover_text("%{customdata}"),
    )  # fmt: skip


def draw_mean(chart: Any, column: int, arm: Arm, values: pd.Series, item: str, dark: bool) -> None:
    """One arm's mean with its interval, and in figures beside it; faint where few people stand before it."""
    shade, mean = pane_colour(arm.pane, dark), interval.mean_interval(values)
    if not mean.n:
        return
    aside, strength = column + MEAN_ASIDE, INTERVAL_STRENGTHS[is_small_group(mean.n)]
    low, high = (float(np.clip(end, *ITEM_SCALES[item][:2])) for end in (mean.low, mean.high))
    chart.add_scatter(
        x=[aside] * 2, y=[low, high], mode="lines", line={"color": shade, "width": 3}, hoverinfo="skip",
        name=f"{escape_name(arm.name)}, interval", opacity=strength,
    )  # fmt: skip
    chart.add_scatter(
        x=[aside], y=[mean.estimate], mode="markers", name=f"{escape_name(arm.name)}, mean", opacity=strength,
        marker={"size": 11, "symbol": "diamond", "color": shade, "line": {"width": 1.5, "color": CARD_COLOUR[dark]}},
        hoverinfo="skip",
    )  # fmt: skip
    font = {"family": FIGURE_FONT, "color": shade, "size": 14}
    add_label(
        chart, aside, mean.estimate, bold_text(format_mean(mean.estimate)), xanchor="left", xshift=9, font=font,
    )  # fmt: skip

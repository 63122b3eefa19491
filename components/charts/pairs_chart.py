"""Pairs: the same people's answers about every prototype, joined by a thin line, with the mean and its interval."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.charts.chart_look import (
    CARD,
    FIGURES,
    NEUTRAL,
    bold_text,
    broken,
    colour,
    faded,
    figure,
    hover_text,
    label,
    plain,
    stack_lines,
)
from components.stats import interval
from components.stats.person_means import each
from components.store import Arm

SCALES = {"trust": (0.0, 100.0, (0, 25, 50, 75, 100)), "speed": (1.0, 7.0, (1, 2, 3, 4, 5, 6, 7))}


def pairs(frame: pd.DataFrame, arms: Sequence[Arm], item: str = "trust", dark: bool = False) -> Any:
    """One column per arm, one thin line per person, the mean of people with its 95 % interval; "trust" or "speed"."""
    low, high, ticks = SCALES[item]
    people = each(frame, item, [arm.prototype for arm in arms])
    shake = ((np.arange(len(people)) * 0.618) % 1 - 0.5) * (high - low) * 0.035  # so that equal answers both show
    chart = figure(dark)
    room = 0.06 * (high - low)
    chart.update_yaxes(range=[low - room, high + room], tickvals=list(ticks), tickfont_family=FIGURES, showline=False)
    places = list(range(len(arms)))
    counts = [int(people[arm.prototype].notna().sum()) for arm in arms]
    names = [stack_lines(broken(arm.name), f"n = {n}") for arm, n in zip(arms, counts, strict=True)]
    chart.update_xaxes(range=[-0.5, len(arms) - 0.3], tickvals=places, ticktext=names, showline=False)
    joined(chart, people.to_numpy() + shake[:, None], dark)
    for place, arm in enumerate(arms):
        drawn(chart, place, arm, people[arm.prototype], shake, dark, item)
    return chart


def joined(chart: Any, values: Any, dark: bool) -> None:
    """A thin line per person from column to column; a missing answer breaks it."""
    rows, columns = values.shape
    x = np.tile(np.append(np.arange(columns, dtype=float), np.nan), rows)
    y = np.hstack([values, np.full((rows, 1), np.nan)]).ravel()
    line = {"color": faded(NEUTRAL[dark], 0.28), "width": 1}
    chart.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", name="people", connectgaps=False)


def drawn(chart: Any, place: int, arm: Arm, values: pd.Series, shake: Any, dark: bool, item: str) -> None:
    """One arm: its people's dots, its mean with the interval, and the mean in figures beside it."""
    shade, found = colour(arm.pane, dark), interval.mean(values)
    if not found.n:
        return
    chart.add_scatter(
        x=[place] * len(values), y=values.to_numpy() + shake, mode="markers", name=plain(arm.name),
        marker={"size": 6, "color": faded(shade, 0.4)}, customdata=values.to_numpy(),
        hovertemplate=hover_text("%{customdata:.0f}"),
    )  # fmt: skip
    aside = place + 0.13
    low, high = (float(np.clip(end, *SCALES[item][:2])) for end in (found.low, found.high))
    chart.add_scatter(
        x=[aside] * 2, y=[low, high], mode="lines", line={"color": shade, "width": 3}, hoverinfo="skip",
        name=f"{plain(arm.name)}, interval",
    )  # fmt: skip
    chart.add_scatter(
        x=[aside], y=[found.estimate], mode="markers", name=f"{plain(arm.name)}, mean",
        marker={"size": 11, "symbol": "diamond", "color": shade, "line": {"width": 1.5, "color": CARD[dark]}},
        hoverinfo="skip",
    )  # fmt: skip
    told = f"{found.estimate:.0f}" if item == "trust" else f"{found.estimate:.1f}"
    font = {"family": FIGURES, "color": shade, "size": 14}
    label(chart, aside, found.estimate, bold_text(told), xanchor="left", xshift=9, font=font)

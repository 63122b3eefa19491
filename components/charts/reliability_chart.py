"""Reliability: what was said of the answers against how many were right, with the band that chance alone would fill."""

from typing import Any

import numpy as np

from components.charts.chart_look import (
    FIGURE_FONT,
    NEUTRAL_COLOUR,
    SOFT_COLOUR,
    TEXT_COLOUR,
    add_label,
    empty_figure,
    fade_colour,
    hover_text,
    stack_lines,
)
from components.core.calibration import CalibrationTest
from components.stats.reliability_bins import ReliabilityBin
from components.stats.reliability_bins import reliability_bins as binned

SHARE_TICKS = (0, 0.25, 0.5, 0.75, 1)
AXIS_FLOOR = -0.13  # below the axis, room for the numbers of answers


def reliability_figure(test: CalibrationTest, dark: bool = False) -> Any:
    """A dot for each tenth of probability that has answers: the share right with Wilson's 95 % interval.

    On the dotted line, what was said is what was true; 95 of 100 dots of a perfectly calibrated model lie in the band.
    """
    chart = empty_figure(dark, 400)
    chart.update_layout(margin={"t": 52, "r": 22})
    shares = [f"{100 * tick:g} %" for tick in SHARE_TICKS]
    chart.update_xaxes(
        range=[-0.01, 1.01], title_text="said: likely to be right", tickvals=SHARE_TICKS, ticktext=shares
    )
    chart.update_yaxes(range=[AXIS_FLOOR, 1.02], title_text="were right", showline=False)
    chart.update_yaxes(tickvals=[AXIS_FLOOR / 2, *SHARE_TICKS], ticktext=["n", *shares])
    chart.update_layout(xaxis_tickfont_family=FIGURE_FONT, yaxis_tickfont_family=FIGURE_FONT)
    dashed = {"color": NEUTRAL_COLOUR[dark], "width": 1, "dash": "dot"}
    chart.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line=dashed, hoverinfo="skip", name="said = right")
    for part in bins_of_test(test):
        draw_bin(chart, part, dark)
    small = {"size": 11, "color": SOFT_COLOUR[dark]}
    where = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "xshift": -54}
    add_label(chart, 0, 1.02, stack_lines(*error_summary(test).split(". ")), font=small, **where)
    return chart


def bins_of_test(test: CalibrationTest) -> tuple[ReliabilityBin, ...]:
    """The answers by tenths of probability; each counts as the middle of its percent."""
    percents, counts, right = (np.array(column, dtype=np.intp) for column in zip(*test.counts, strict=True))
    said = np.repeat((percents + 0.5) / 100, counts).clip(max=1)
    true = np.concatenate([np.arange(n) < good for n, good in zip(counts, right, strict=True)])
    return binned(said, true)


def draw_bin(chart: Any, part: ReliabilityBin, dark: bool) -> None:
    """One bin: the band of chance, the share with its interval, and how many answers it has."""
    ink, (bottom, top) = TEXT_COLOUR[dark], part.chance
    chart.add_scatter(
        x=[part.low, part.high, part.high, part.low], y=[bottom, bottom, top, top], fill="toself", mode="lines",
        fillcolor=fade_colour(NEUTRAL_COLOUR[dark], 0.22), line={"width": 0}, hoverinfo="skip", name="by chance",
    )  # fmt: skip
    chart.add_scatter(
        x=[part.said] * 2, y=[part.right.low, part.right.high], mode="lines", line={"color": ink, "width": 2},
        hoverinfo="skip", name="interval",
    )  # fmt: skip
    chart.add_scatter(
        x=[part.said], y=[part.right.estimate], mode="markers", name="right", marker={"size": 9, "color": ink},
        hovertemplate=hover_text(bin_text(part)),
    )  # fmt: skip
    count = {"size": 11, "family": FIGURE_FONT, "color": SOFT_COLOUR[dark]}
    add_label(chart, (part.low + part.high) / 2, AXIS_FLOOR / 2, f"{part.right.n}", font=count)


def alt_text(test: CalibrationTest) -> str:
    """The chart's alternative text, bin by bin."""
    return f"Reliability diagram. {error_summary(test)}. {'; '.join(bin_text(part) for part in bins_of_test(test))}."


def error_summary(test: CalibrationTest) -> str:
    """The error beside what chance alone gives, and whether it is more than that."""
    (low, high), (least, most) = test.chance, test.auc_interval
    comparison = "no more than" if test.ece <= high else "more than"
    return (
        f"Calibration error {100 * test.ece:.0f} points: {comparison} chance ({100 * low:.0f} to {100 * high:.0f}). "
        f"Right over wrong (AUC) {test.auc:.2f} ({least:.2f} to {most:.2f}), n = {test.n}"
    )


def bin_text(part: ReliabilityBin) -> str:
    """One bin in words."""
    right = round(part.right.estimate * part.right.n)
    return f"said {100 * part.said:.0f} %: {right} of {part.right.n} right"

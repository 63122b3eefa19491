"""Felt against clock: every dot a person, so that one sees at once what feels shorter than it was."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.charts.chart_look import (
    CARD_COLOUR,
    DOT_SIZES_PX,
    DOT_STRENGTHS,
    FIGURE_FONT,
    INTERVAL_STRENGTHS,
    NEUTRAL_COLOUR,
    SOFT_COLOUR,
    add_label,
    bold_text,
    empty_figure,
    escape_name,
    fade_colour,
    hover_text,
    is_small_group,
    pane_colour,
    person_notes,
    sideways_spread,
    small_text,
    spread_apart,
    stack_lines,
    wrap_name,
)
from components.stats import interval
from components.stats.person_means import clock_means, person_means, rater_names
from components.stats.play_contrasts import felt_to_clock_means
from components.store import Arm

INSTANT_S = 0.1  # seconds; shorter feels like none (Nielsen 1993), and a felt 0 has no place on the axis
TICKS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
SPREAD_SHARE = 0.014  # of the axis: dots of people who saw the same clock are set apart by this much


def felt_figure(frame: pd.DataFrame, arms: Sequence[Arm], item: str = "felt_first", dark: bool = False) -> Any:
    """The figure of felt over painted seconds, both logarithmic, for “felt_first” or “felt_complete”; a dot a
    person.
    """
    ids = [arm.prototype for arm in arms]
    sensed, actual = (
        table.clip(lower=INSTANT_S) for table in (person_means(frame, item, ids), clock_means(frame, item, ids))
    )
    ratios = felt_to_clock_means(frame, item, ids)
    chart = empty_figure(dark, 380)
    low, high = axis_bounds(np.concatenate([sensed.to_numpy().ravel(), actual.to_numpy().ravel()]))
    axis = {"range": [low, high], "tickvals": [log10(t) for t in TICKS_S], "ticktext": [f"{t:g}" for t in TICKS_S]}
    chart.update_xaxes(**axis, title_text="clock, s", tickfont_family=FIGURE_FONT)
    chart.update_yaxes(**axis, title_text="felt, s", tickfont_family=FIGURE_FONT)
    dashed = {"color": NEUTRAL_COLOUR[dark], "width": 1, "dash": "dot"}
    chart.add_scatter(x=[low, high], y=[low, high], mode="lines", line=dashed, hoverinfo="skip")
    where = high - 0.03 * (high - low)
    small = {"size": 11, "color": SOFT_COLOUR[dark]}
    add_label(chart, where, where, "felt = clock", font=small, xanchor="right", yanchor="bottom", textangle=0)
    means, dots = [], []
    for index, arm in enumerate(arms):
        both = pd.DataFrame({"felt": sensed[arm.prototype], "clock": actual[arm.prototype]}).dropna()
        if len(both):
            ratio = interval.ratio_interval(ratios[arm.prototype])
            aside = (index - (len(arms) - 1) / 2) * 3 * SPREAD_SHARE * (high - low)
            means.append(draw_felt_mean(chart, arm, both, ratio, aside, dark))
            dots.append((arm, both, aside))
    for arm, both, aside in dots:
        draw_felt_people(chart, arm, both, rater_names(frame), aside, (high - low) * SPREAD_SHARE, dark)
    label_means(chart, means, (low, high), dark)
    return chart


def axis_bounds(seconds: NDArray[np.float64]) -> tuple[float, float]:
    """The lower and upper end of both axes, in powers of ten of a second."""
    finite = seconds[np.isfinite(seconds)]
    if not len(finite):
        return -0.5, 1.2
    return log10(float(finite.min())) - 0.12, log10(float(finite.max())) + 0.12


def draw_felt_people(
    chart: Any, arm: Arm, both: pd.DataFrame, names: Mapping[str, str], aside: float, spread: float, dark: bool
) -> None:
    """One arm's dots, one a person; larger where there are few."""
    few = is_small_group(len(both))
    seconds = [f"felt {felt:.1f} s, clock {clock:.1f} s" for felt, clock in both.itertuples(index=False)]
    chart.add_scatter(
        x=np.log10(both["clock"].to_numpy()) + aside + sideways_spread(len(both)) * 2 * spread,
        y=np.log10(both["felt"].to_numpy()), mode="markers", name=escape_name(arm.name),
        customdata=person_notes(names, both.index, seconds), hovertemplate=hover_text("%{customdata}"),
        marker={
            "size": DOT_SIZES_PX[few], "color": fade_colour(pane_colour(arm.pane, dark), DOT_STRENGTHS[few]),
            "line": {"width": 0},
        },
    )  # fmt: skip


def draw_felt_mean(
    chart: Any, arm: Arm, both: pd.DataFrame, ratio: interval.Interval, aside: float, dark: bool
) -> tuple[float, float, Arm, interval.Interval]:
    """Draw the geometric mean of one arm's people with its interval, faint where they are few; (x, y, arm, interval)
    of it.
    """
    shade, strength = pane_colour(arm.pane, dark), INTERVAL_STRENGTHS[is_small_group(len(both))]
    centre = float(np.log10(both["clock"]).mean())
    ends = [centre + log10(end) if np.isfinite(end) else np.nan for end in (ratio.low, ratio.high)]
    middle = centre + log10(ratio.estimate)
    chart.add_scatter(
        x=[centre + aside] * 2, y=ends, mode="lines", line={"color": shade, "width": 3}, hoverinfo="skip",
        name=f"{escape_name(arm.name)}, interval", opacity=strength,
    )  # fmt: skip
    chart.add_scatter(
        x=[centre + aside], y=[middle], mode="markers", name=f"{escape_name(arm.name)}, mean", hoverinfo="skip",
        marker={"size": 12, "symbol": "diamond", "color": shade, "line": {"width": 1.5, "color": CARD_COLOUR[dark]}},
        opacity=strength,
    )  # fmt: skip
    return centre + aside, middle, arm, ratio


def label_means(
    chart: Any, means: Sequence[tuple[float, float, Arm, interval.Interval]], ends: tuple[float, float], dark: bool
) -> None:
    """Each arm's name, how long it felt against the clock, and n, beside its mean; no two on top of each other."""
    low, high = ends
    scale = high - low
    heights = spread_apart([y for _, y, *_ in means], 0.19 * scale, low + 0.08 * scale, high - 0.14 * scale)
    right = [x < (low + high) / 2 for x, *_ in means]
    for side in (True, False):
        here = [(mean, y) for mean, y, is_right in zip(means, heights, right, strict=True) if is_right == side]
        for (_, _, arm, ratio), y in here:
            ratio_text = f"{ratio.estimate:.2f} × clock, n = {ratio.n}" if ratio.n else ""
            edge = max(m[0] for m, _ in here) if side else min(m[0] for m, _ in here)
            add_label(
                chart, edge + 0.075 * scale * (1 if side else -1), y,
                stack_lines(bold_text(wrap_name(arm.name, 20, 2)), small_text(ratio_text)),
                font={"color": pane_colour(arm.pane, dark), "size": 13}, xanchor="left" if side else "right",
                bgcolor=CARD_COLOUR[dark], borderpad=2, align="left" if side else "right",
            )  # fmt: skip

"""Meter: how far a demo flatters: what clean prompts and messy ones come to, per prototype."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.charts.chart_look import (
    CARD,
    FIGURES,
    SOFT,
    bold_text,
    colour,
    faded,
    figure,
    hover_text,
    label,
    plain,
    tinted_text,
)
from components.store import Arm
from components.study.outcome import OUTCOMES, USEFUL
from components.study.pack_run import Trap, useful

ROW = 112  # pixels
STRENGTH = (0.85, 0.6, 0.42, 0.28)  # of a pane's colour, for the useful outcomes in their order
POOR = {
    False: ("#f2d9d5", "#e7b9b3", "#d4877e", "#b3261e"),
    True: ("#4a2a28", "#6b3a36", "#98504a", "#ff9c92"),
}


def meter(traps: Sequence[tuple[Arm, Trap]], dark: bool = False) -> Any:
    """Two bars per prototype, clean over messy: what share of prompts ended in each outcome, useful ones first."""
    chart = figure(dark, 40 + ROW * len(traps))
    chart.update_layout(barmode="stack", bargap=0)
    chart.update_xaxes(
        range=[-0.025, 1.025], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        tickfont_family=FIGURES, showline=False,
    )  # fmt: skip
    chart.update_yaxes(range=[len(traps) - 0.45, -0.5], visible=False)
    for row, (arm, found) in enumerate(traps):
        name = tinted_text(bold_text(plain(arm.name)), colour(arm.pane, dark)) + "  "
        bar(chart, row - 0.12, f"{name}{told('Clean', found.clean, dark)}", found.clean, arm, dark)
        bar(chart, row + 0.27, told("Messy", found.messy, dark), found.messy, arm, dark)
    return chart


def bar(chart: Any, y: float, words: str, counts: Mapping[str, int], arm: Arm, dark: bool) -> None:
    """One bar, a part for each outcome that occurred, and words above it."""
    total = sum(counts.values())
    label(chart, 0, y - 0.08, words, xanchor="left", yanchor="bottom")
    for name, shade in shades(arm, dark).items():
        if counts.get(name):
            chart.add_bar(
                x=[counts[name] / total], y=[y], orientation="h", width=0.15,
                marker={"color": shade, "line": {"width": 1, "color": CARD[dark]}},
                hovertemplate=hover_text(f"{name}: {counts[name]} of {total}"),
            )  # fmt: skip


def shades(arm: Arm, dark: bool) -> dict[str, str]:
    """A colour for each outcome: the pane's own where it is useful, reds where it is not."""
    own = [faded(colour(arm.pane, dark), strength) for strength in STRENGTH]
    poor = iter(POOR[dark])
    useful_ones = dict(zip(USEFUL, own, strict=True))
    return useful_ones | {name: next(poor) for name in OUTCOMES if name not in USEFUL}


def legend(traps: Sequence[tuple[Arm, Trap]], dark: bool = False) -> dict[str, str]:
    """The colour of each outcome that occurred; grey stands for a pane's own."""
    occurred = {name for _, found in traps for name in (*found.clean, *found.messy)}
    return {name: shade for name, shade in shades(Arm("", "", ""), dark).items() if name in occurred}


def told(what: str, counts: Mapping[str, int], dark: bool) -> str:
    """How many prompts of a kind there are, and what share of them ends usefully."""
    share, total = useful(counts), sum(counts.values())
    ends = "none here" if share is None else f"{share:.0%} of {total} useful".replace("%", " %")
    return f"{what} {tinted_text(ends, SOFT[dark])}"

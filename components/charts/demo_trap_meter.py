"""Meter: how far a demo flatters: what clean prompts and messy ones come to, per prototype."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.charts.chart_look import (
    CARD_COLOUR,
    FIGURE_FONT,
    SOFT_COLOUR,
    add_label,
    bold_text,
    empty_figure,
    escape_name,
    fade_colour,
    hover_text,
    pane_colour,
    tinted_text,
)
from components.store import Arm
from components.study.outcome import NOT_CHECKED, OUTCOMES, USEFUL_OUTCOMES
from components.study.pack_run import OutcomeCounts, describe_useful

ROW_PX = 112  # pixels
USEFUL_STRENGTHS = (0.85, 0.6, 0.42, 0.28)  # of a pane's colour, for the useful outcomes in their order
POOR_COLOURS = {
    False: ("#f2d9d5", "#e7b9b3", "#d4877e", "#b3261e"),
    True: ("#4a2a28", "#6b3a36", "#98504a", "#ff9c92"),
}
UNCHECKED_COLOURS = {False: "#e4e4e7", True: "#3a3a40"}


def meter_figure(traps: Sequence[tuple[Arm, OutcomeCounts]], dark: bool = False) -> Any:
    """Two bars per prototype, clean over messy: what share of prompts ended in each outcome, useful ones first."""
    chart = empty_figure(dark, 40 + ROW_PX * len(traps))
    chart.update_layout(barmode="stack", bargap=0)
    chart.update_xaxes(
        range=[-0.025, 1.025], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        tickfont_family=FIGURE_FONT, showline=False,
    )  # fmt: skip
    chart.update_yaxes(range=[len(traps) - 0.45, -0.5], visible=False)
    for row, (arm, counts) in enumerate(traps):
        name = tinted_text(bold_text(escape_name(arm.name)), pane_colour(arm.pane, dark)) + "  "
        clean, messy = (
            f"{what} {tinted_text(describe_useful(part), SOFT_COLOUR[dark])}"
            for what, part in (("Clean", counts.clean), ("Messy", counts.messy))
        )
        add_bar(chart, row - 0.12, f"{name}{clean}", counts.clean, arm, dark)
        add_bar(chart, row + 0.27, messy, counts.messy, arm, dark)
    return chart


def add_bar(chart: Any, y: float, words: str, counts: Mapping[str, int], arm: Arm, dark: bool) -> None:
    """One bar, a part for each outcome that occurred, and words above it."""
    total = sum(counts.values())
    add_label(chart, 0, y - 0.08, words, xanchor="left", yanchor="bottom")
    for name, shade in outcome_colours(arm, dark).items():
        if counts.get(name):
            chart.add_bar(
                x=[counts[name] / total], y=[y], orientation="h", width=0.15,
                marker={"color": shade, "line": {"width": 1, "color": CARD_COLOUR[dark]}},
                hovertemplate=hover_text(f"{name}: {counts[name]} of {total}"),
            )  # fmt: skip


def outcome_colours(arm: Arm, dark: bool) -> dict[str, str]:
    """A colour for each outcome: the pane's own where it is useful, reds where it is not, grey where nobody knows."""
    own = [fade_colour(pane_colour(arm.pane, dark), strength) for strength in USEFUL_STRENGTHS]
    poor_ones = [name for name in OUTCOMES if name not in (*USEFUL_OUTCOMES, NOT_CHECKED)]
    return {
        **dict(zip(USEFUL_OUTCOMES, own, strict=True)),
        **dict(zip(poor_ones, POOR_COLOURS[dark], strict=True)),
        NOT_CHECKED: UNCHECKED_COLOURS[dark],
    }


def meter_legend(traps: Sequence[tuple[Arm, OutcomeCounts]], dark: bool = False) -> dict[str, str]:
    """The colour of each outcome that occurred; grey stands for a pane's own."""
    occurred = {name for _, counts in traps for name in (*counts.clean, *counts.messy)}
    return {name: shade for name, shade in outcome_colours(Arm("", "", ""), dark).items() if name in occurred}

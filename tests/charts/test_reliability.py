"""The reliability diagram: a dot a bin, its interval, the band of chance, n always written, and all of it in words."""

from typing import Any

import plotly.graph_objects as go
import pytest

from components.charts.chart_look import TEXT_COLOUR
from components.charts.reliability_chart import alt_text, bins_of_test, reliability_figure
from tests.core.calibrated import FOUND, calibration

WAYS_OFF = calibration(ece=0.3).found


def traces(chart: go.Figure, name: str) -> list[Any]:
    return [trace for trace in chart.data if trace.name == name]


def written(chart: go.Figure) -> str:
    return " ".join(note.text for note in chart.layout.annotations)


def test_every_bin_with_answers_has_its_share_right() -> None:
    dots = traces(reliability_figure(FOUND), "right")
    assert [(round(dot.x[0], 3), dot.y[0]) for dot in dots] == [
        (0.205, 0.2), (0.555, 0.55), (0.805, 0.84), (0.905, 0.8),
    ]  # fmt: skip


def test_every_bin_has_its_interval_its_band_and_its_n() -> None:
    chart = reliability_figure(FOUND)
    for dot, interval, band, each in zip(
        traces(chart, "right"), traces(chart, "interval"), traces(chart, "by chance"), bins_of_test(FOUND), strict=True
    ):
        assert interval.y[0] <= dot.y[0] <= interval.y[1]
        assert min(band.y) <= each.said <= max(band.y)
    assert [note.text for note in chart.layout.annotations[:-1]] == ["10", "20", "25", "5"]


def test_the_error_never_stands_without_its_band() -> None:
    assert "5 points: no more than chance (3 to 12)" in written(reliability_figure(FOUND))
    assert "30 points: more than chance (3 to 12)" in written(reliability_figure(WAYS_OFF))


def test_the_chart_is_told_in_words_too() -> None:
    said = alt_text(FOUND)
    assert "said 20 %: 2 of 10 right" in said and "11 of 20 right" in said
    assert "AUC) 0.80 (0.70 to 0.90), n = 60" in said


@pytest.mark.parametrize("dark", [False, True])
def test_it_has_the_ink_of_its_theme(dark: bool) -> None:
    assert {dot.marker.color for dot in traces(reliability_figure(FOUND, dark), "right")} == {TEXT_COLOUR[dark]}


def test_one_answer_is_a_chart_too() -> None:
    assert reliability_figure(calibration(counts=((100, 1, 1),)).found).to_json()

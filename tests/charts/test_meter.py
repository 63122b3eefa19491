"""The demo-trap meter."""

from components.charts.demo_trap_meter import meter_figure, meter_legend
from components.store import Arm
from components.study.pack_run import OutcomeCounts

ARM = Arm("A", "one", "<b>Plain</b>")


def test_each_outcome_is_a_part_of_its_bar_and_the_parts_are_whole() -> None:
    chart = meter_figure([(ARM, OutcomeCounts({"answered": 3, "failed raw": 1}, {"asked": 1, "guessed": 1}))])
    assert sum(bar.x[0] for bar in chart.data) == 2.0
    told = " ".join(one.text for one in chart.layout.annotations)
    assert "useful in 3 of the 4 that could be checked" in told and "useful in 1 of the 2" in told
    assert "<b>Plain" not in told.replace("<b style", "")


def test_a_kind_of_prompt_that_was_not_asked_is_said() -> None:
    chart = meter_figure([(ARM, OutcomeCounts({"answered": 1}, {}))], dark=True)
    assert "none here" in chart.layout.annotations[1].text


def test_only_what_occurred_is_in_the_legend_and_each_part_has_its_colour() -> None:
    arms = [(ARM, OutcomeCounts({"failed raw": 1, "answered": 3}, {})), (ARM, OutcomeCounts({}, {"guessed": 1}))]
    named = meter_legend(arms)
    assert list(named) == ["answered", "guessed", "failed raw"] and len(set(named.values())) == 3
    drawn = {bar.marker.color for bar in meter_figure(arms).data}
    assert {named["guessed"], named["failed raw"]} < drawn


def test_what_is_not_checked_is_a_part_of_its_own_and_no_useful_one() -> None:
    counts = OutcomeCounts({"answered": 1, "not checked": 32, "failed raw": 6}, {"not checked": 2})
    chart = meter_figure([(ARM, counts)])
    told = " ".join(one.text for one in chart.layout.annotations)
    assert "useful in 1 of the 7 that could be checked; 32 not checked" in told
    assert "none of these 2 could be checked" in told
    colours = meter_legend([(ARM, counts)])
    assert list(colours) == ["answered", "failed raw", "not checked"] and len(set(colours.values())) == 3

"""The demo-trap meter."""

from components.charts.demo_trap_meter import meter_figure, meter_legend
from components.store import Arm
from components.study.pack_run import OutcomeCounts

ARM = Arm("A", "one", "<b>Plain</b>")


def test_each_outcome_is_a_part_of_its_bar_and_the_parts_are_whole() -> None:
    chart = meter_figure([(ARM, OutcomeCounts({"answered": 3, "failed raw": 1}, {"asked": 1, "guessed": 1}))])
    assert sum(bar.x[0] for bar in chart.data) == 2.0
    told = " ".join(one.text for one in chart.layout.annotations)
    assert "75 % of 4 useful" in told and "50 % of 2 useful" in told
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


def test_where_nobody_knows_which_answers_are_right_the_useful_share_is_a_range() -> None:
    counts = OutcomeCounts({"answered": 33, "failed gracefully": 2, "failed raw": 6}, {"answered": 1}, (32, 0))
    told = str(meter_figure([(ARM, counts)]).to_dict())
    assert "7 to 85 % of 41 useful: 32 answers are unchecked" in told and "100 % of 1 useful" in told

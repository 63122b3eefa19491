"""The demo-trap meter."""

from components.charts.meter import meter
from components.store import Arm
from components.study.sheet import Trap

ARM = Arm("A", "one", "<b>Plain</b>")


def test_each_outcome_is_a_part_of_its_bar_and_the_parts_are_whole() -> None:
    chart = meter([(ARM, Trap({"answered": 3, "failed raw": 1}, {"asked": 1, "guessed": 1}))])
    assert sum(bar.x[0] for bar in chart.data) == 2.0
    told = " ".join(one.text for one in chart.layout.annotations)
    assert "75 % of 4 useful" in told and "50 % of 2 useful" in told
    assert "<b>Plain" not in told.replace("<b style", "")


def test_a_kind_of_prompt_that_was_not_asked_is_said() -> None:
    chart = meter([(ARM, Trap({"answered": 1}, {}))], dark=True)
    assert "none here" in chart.layout.annotations[1].text

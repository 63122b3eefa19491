"""Score dial: a score's dials say what it is made of, and a switch tells it as a chance of being right."""

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.core.layer import dials_of
from components.core.recording import Recording
from components.design.history import History
from components.layers.confidence.badge import Badge
from components.layers.confidence.score import LOWEST_SPAN, OWN_ESTIMATE, SELF_CONSISTENCY
from components.ui.shared.samples import first_comparison, sample_recordings
from components.ui.shared.score_dial import working_sources
from components.ui.shared.state import PageState

PAGE = str(Path(__file__).parents[2] / "pages" / "design.py")


def badged() -> AppTest:
    """The design page on an answer of the bundled model, with a badge put on the first prototype."""
    page = AppTest.from_file(PAGE, default_timeout=30)
    spoken = replace(first_comparison(), recordings=sample_recordings()[:1])
    page.session_state["parallax"] = PageState(rater="a-rater-of-the-tests", history=History((spoken,)))
    page.run()
    chosen = next(each for each in page.multiselect if each.label == "Confidence")
    chosen.set_value(["Badge"]).run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join(caption.value for caption in page.caption)


def test_a_score_says_how_it_is_made_and_what_it_is_blind_to() -> None:
    assert "geometric mean" in said(badged()) and "a fluent mistake scores high" in said(badged())


def test_the_switch_silences_the_remark_and_is_a_step_that_can_be_taken_back() -> None:
    page = badged()
    assert "was not calibrated" in said(page)
    [switch] = [each for each in page.toggle if each.label == "Calibrated"]
    assert not switch.value
    switch.set_value(True).run()
    assert not page.exception and "was not calibrated" not in said(page)
    [undo] = [each for each in page.button if each.key == "design-act-undo"]
    undo.click().run()
    assert "was not calibrated" in said(page)


def test_another_kind_of_score_takes_its_own_calibration() -> None:
    page = badged()
    next(each for each in page.toggle if each.label == "Calibrated").set_value(True).run()
    next(each for each in page.selectbox if each.label == "What confidence is made of").set_value(LOWEST_SPAN).run()
    assert not page.exception and "was not calibrated" not in said(page)


def test_only_scores_that_work_for_this_answer_are_offered() -> None:
    [source, *_] = dials_of(Badge)
    silent = replace(
        sample_recordings()[0], events=tuple(replace(event, data={}) for event in sample_recordings()[0].events)
    )
    assert isinstance(silent, Recording)
    assert working_sources(source, Badge(source=SELF_CONSISTENCY), silent).choices == (SELF_CONSISTENCY, OWN_ESTIMATE)
    assert LOWEST_SPAN in working_sources(source, Badge(), sample_recordings()[0]).choices

"""Confidence that a person wrote with an answer is worn by every pattern that shows how sure a model is."""

import pytest

from components.core.event import Event
from components.core.layer import Layer
from components.core.prototype import Prototype, visible_events
from components.core.recording import replay
from components.core.scenario import Scenario, WrittenAnswer
from components.layers.confidence.abstain import Abstain
from components.layers.confidence.badge import Badge
from components.layers.confidence.highlighting import Highlighting
from components.layers.confidence.low_confidence_alert import LowConfidenceAlert
from components.layers.confidence.percentage import Percentage
from components.layers.confidence.score import SCORE_SOURCES, WRITTEN_LEGEND
from components.layers.confidence.verbal_hedge import VerbalHedge

ASKED = "What is the fee?"


def shown(layer: Layer, sure: float | None, doubts: tuple[str, ...] = ()) -> tuple[Event, ...]:
    """What a person sees of a written answer in this pattern."""
    scenario = Scenario(ASKED, WrittenAnswer("The fee is 12 euros a month.", sure, doubts))
    return visible_events(Prototype("", (layer,)), scenario.prompt, replay(scenario.recordings()))


def one(events: tuple[Event, ...], kind: str) -> Event:
    """The only event of this kind."""
    [event] = [event for event in events if event.kind == kind]
    return event


@pytest.mark.parametrize("source", SCORE_SOURCES)
@pytest.mark.parametrize(("sure", "level"), [(92, "high"), (60, "medium"), (20, "low")])
def test_a_badge_tells_what_was_written_whatever_the_score_is_made_of(source: str, sure: float, level: str) -> None:
    badge = one(shown(Badge(source=source), sure), "badge")
    assert badge.data == {"level": level, "legend": WRITTEN_LEGEND}


def test_a_percentage_is_the_number_that_was_written() -> None:
    assert one(shown(Percentage(), 92), "badge").text == "92 % confident"


def test_an_alert_warns_below_its_trigger_alone() -> None:
    assert one(shown(LowConfidenceAlert(), 30), "notice").text.endswith(WRITTEN_LEGEND)
    assert not [event for event in shown(LowConfidenceAlert(), 70) if event.kind == "notice"]


def test_a_hedge_and_abstaining_go_by_what_was_written() -> None:
    assert any(event.data.get("hedge") for event in shown(VerbalHedge(look=3), 30))
    assert not any(event.data.get("hedge") for event in shown(VerbalHedge(look=3), 90))
    assert any(event.data.get("instead") for event in shown(Abstain(), 30))
    assert not any(event.data.get("instead") for event in shown(Abstain(), 90))


def test_phrases_that_were_written_as_doubtful_stand_out() -> None:
    mark = one(shown(Highlighting(unit="phrase"), 90, ("12 euros | 30",)), "mark")
    assert (mark.text, mark.data["title"]) == ("12 euros", "the model is 30 % sure of this")


def test_an_answer_without_written_confidence_wears_none() -> None:
    assert not [event for event in shown(Badge(), None) if event.kind == "badge"]


def test_the_designer_is_told_that_nothing_was_measured() -> None:
    scenario = Scenario(ASKED, WrittenAnswer("It is free.", 90))
    [remark] = Badge().remarks(scenario.recordings()[0].card)
    assert "nothing is measured" in remark.text

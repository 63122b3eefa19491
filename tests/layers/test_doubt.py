"""Confidence patterns that mark, list, warn or decline."""

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.layers.confidence.abstain import Abstain
from components.layers.confidence.alternatives import SAME_TEXT, Alternatives
from components.layers.confidence.badge import Badge
from components.layers.confidence.highlighting import Highlighting
from components.layers.confidence.inconsistency_cue import InconsistencyCue
from components.layers.confidence.low_confidence_alert import LowConfidenceAlert
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.models.written.scripted_model import scripted_events
from tests.layers.streams import ASKED, ERROR, heard, kinds, said, shown


def told(*pieces: tuple[str, float | None]) -> list[Event]:
    """Tokens with their logprobs."""
    tokens = [Event(n / 10, "token", text, {"logprob": logprob}) for n, (text, logprob) in enumerate(pieces)]
    return [*tokens, Event(len(pieces) / 10, "end", data={"reason": "stop"})]


def marked(layer: Highlighting, events: list[Event]) -> list[tuple[str, int]]:
    return [(event.text, event.data["nth"]) for event in heard(layer, events) if event.kind == "mark"]


DOUBT = told(
    ("The", -0.1), (" cap", -0.1), ("ital", -4.0), (" is", -0.1), (" **Can", -3.0), ("berra**", -0.1), (".", -5.0)
)


def test_whole_words_are_marked_without_signs_of_markdown_or_lone_points() -> None:
    assert marked(Highlighting(threshold=0.35), DOUBT) == [("capital", 0), ("Canberra", 0)]


def test_the_same_word_twice_is_told_apart() -> None:
    events = told((" red", -0.1), (" and", -0.1), (" red", -3.0))
    assert marked(Highlighting(threshold=0.35), events) == [("red", 1)]


def test_a_phrase_joins_doubtful_neighbours_of_one_sentence() -> None:
    events = told(("It", -0.1), (" was", -2.0), (" in", -0.1), (" May", -2.0), (".", -0.1), (" Then", -2.0))
    assert marked(Highlighting(unit="phrase", threshold=0.35), events) == [("was in May", 0), ("Then", 0)]


def test_the_marks_come_before_the_end_and_change_no_word() -> None:
    seen = heard(Highlighting(threshold=0.35), DOUBT)
    assert kinds(seen)[-3:] == ["mark", "mark", "end"] and shown(seen) == shown(DOUBT)


def test_without_probabilities_the_marks_say_why_there_are_none() -> None:
    assert kinds(heard(Highlighting(), told(("Yes", None))))[-2:] == ["notice", "end"]


def test_a_warning_comes_only_below_its_trigger() -> None:
    assert "notice" not in kinds(heard(LowConfidenceAlert(trigger=0.5), told(("Yes", -0.1))))
    [warning] = [event for event in heard(LowConfidenceAlert(), told(("Yes", -2.0))) if event.kind == "notice"]
    assert warning.data["tone"] == "caution" and "Not checked against right answers" in warning.text


def test_an_unsure_answer_is_kept_back_and_a_sure_one_comes_whole() -> None:
    unsure = heard(Abstain(), told(("May", -2.0), ("be", -2.0)))
    assert shown(unsure).startswith("I don't know") and unsure[1].data["instead"]
    assert shown(heard(Abstain(), told(("Yes", -0.1)))) == "Yes"


def test_what_others_say_of_a_kept_back_answer_is_kept_back_too() -> None:
    stack = Prototype("", (Blocking(), Badge(), Abstain(anyway=True)))
    seen = build_timeline(stack, ASKED, lambda _: iter(told(("May", -2.0), ("be", -2.0))))
    assert "badge" not in kinds(seen.events)
    [action] = [event for event in seen.events if event.kind == "action"]
    assert action.data["after"] == "Maybe"
    sure = build_timeline(stack, ASKED, lambda _: iter(told(("Yes", -0.1))))
    assert kinds(sure.events) == ["status", "text", "badge", "end"]


def test_words_that_were_kept_back_go_with_an_error() -> None:
    last = heard(Abstain(), [*said("It was late.")[:2], Event(3.0, "error", "boom", ERROR)])[-1]
    assert last.data["partial"] == "It was"


CARD = Card("m", "bundled")
TRIES = [
    Recording(ASKED, CARD, scripted_events("Take the night train to Rome.")),
    Recording(ASKED.next_attempt(), CARD, scripted_events("Take the night train to Rome instead.")),
    Recording(ASKED.next_attempt().next_attempt(), CARD, scripted_events("Sleep at the airport hotel.")),
]


def over(layer: Layer, tries: Iterable[Recording] = TRIES) -> tuple[Event, ...]:
    return build_timeline(Prototype("", (Streaming(), layer)), ASKED, replay(tries)).events


@pytest.mark.parametrize(
    ("order", "first"), [("most alike", "Take the night train"), ("most different", "Sleep at the airport")]
)
def test_other_answers_are_listed_in_the_chosen_order(order: str, first: str) -> None:
    [card] = [event for event in over(Alternatives(order=order)) if event.kind == "notice"]
    assert len(card.data["items"]) == 2 and card.data["items"][0].startswith(first)


def test_other_answers_that_are_the_same_are_said_to_be_the_same() -> None:
    same = [TRIES[0], replace(TRIES[0], prompt=ASKED.next_attempt())]
    [notice] = [event for event in over(Alternatives(count=1), same) if event.kind == "notice"]
    assert notice.text == SAME_TEXT and "items" not in notice.data


def test_the_cue_counts_who_says_something_else() -> None:
    [cue] = [event for event in over(InconsistencyCue(count=2)) if event.kind == "notice"]
    assert "1 of 2 times" in cue.text and cue.data["items"] == ["Sleep at the airport hotel."]
    [same] = [event for event in over(InconsistencyCue(count=1)) if event.kind == "notice"]
    assert "said the same" in same.text


@pytest.mark.parametrize("layer", [Alternatives(), InconsistencyCue()])
def test_an_answer_that_only_stands_in_for_another_is_no_second_opinion(layer: Layer) -> None:
    [notice] = [event for event in over(layer, TRIES[:1]) if event.kind == "notice"]
    assert "not known here" in notice.text


def test_a_word_as_likely_as_the_threshold_is_not_marked() -> None:
    assert marked(Highlighting(threshold=1.0), told(("Sure", 0.0), (" maybe", math.log(0.5)))) == [("maybe", 0)]
    assert marked(Highlighting(threshold=0.0), DOUBT) == []


def test_a_word_less_than_half_as_likely_as_the_threshold_is_marked_low() -> None:
    half, under = math.log(0.5), math.log(0.49)
    marks = [e for e in heard(Highlighting(threshold=1.0), told(("Half", half), (" under", under))) if e.kind == "mark"]
    assert [(mark.text, mark.data["level"]) for mark in marks] == [("Half", "medium"), ("under", "low")]
    assert marks[1].data["title"] == "the model found this 49 % likely"

"""Cut verdicts: what is said of how sure the model is never passes a part of an answer off as the whole."""

from dataclasses import replace

import pytest

from components.core.event import Event
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.layers.confidence.badge import Badge
from components.layers.confidence.low_confidence_alert import LowConfidenceAlert
from components.layers.confidence.percentage import Percentage
from components.layers.confidence.score import OWN_ESTIMATE
from components.layers.confidence.verdict_layer import VerdictLayer

ASKED = Prompt.from_typed("How long does it take?")
WORDS = (Event(0.1, "token", "Two days,", {"logprob": -0.4}), Event(0.2, "token", " mostly.", {"logprob": -2.4}))
CUTS = (
    Event(0.3, "error", "", {"fault": "cut"}),
    *(Event(0.3, "end", data={"reason": reason}) for reason in ("length", "filter", "stopped")),
)
WHOLE = Event(0.3, "end", data={"reason": "stop"})
PATTERNS = (Badge(), Percentage(), LowConfidenceAlert(trigger=1.0))


def answering(*events: Event) -> Answer:
    return lambda prompt: iter(events)


def told(layer: VerdictLayer, last: Event, prompt: Prompt = ASKED, words: tuple[Event, ...] = WORDS) -> str:
    """All that is said of how sure the model is."""
    events = layer.play(prompt, answering(*words, last))
    return " ".join(f"{e.text} {e.data.get('legend', '')}" for e in events if e.kind in ("badge", "notice"))


@pytest.mark.parametrize("last", CUTS, ids=lambda last: str(last.data.get("reason", last.kind)))
@pytest.mark.parametrize("layer", PATTERNS, ids=lambda layer: type(layer).__name__)
def test_a_cut_answers_verdict_says_that_it_is_only_of_what_came(layer: VerdictLayer, last: Event) -> None:
    assert "only of what came" in told(layer, last)
    assert "what came" not in told(layer, WHOLE)


def test_a_badge_that_rises_with_the_cut_says_so_in_its_first_words() -> None:
    assert told(Badge(), WHOLE).startswith("Low confidence ")
    assert told(Badge(), CUTS[0], words=WORDS[:1]).startswith("Medium confidence, of what came")


@pytest.mark.parametrize("layer", PATTERNS, ids=lambda layer: type(layer).__name__)
def test_of_an_answer_that_goes_on_only_the_rest_is_judged_and_it_says_so(layer: VerdictLayer) -> None:
    assert "only of what came since" in told(layer, WHOLE, replace(ASKED, partial="It takes "))


def test_who_is_asked_about_the_whole_answer_judges_the_whole() -> None:
    layer, sure = Badge(source=OWN_ESTIMATE), (Event(0.1, "text", "80 %"), WHOLE)
    events = layer.play(
        replace(ASKED, partial="It takes "), lambda prompt: iter(sure if prompt.choices else (*WORDS, WHOLE))
    )
    [badge] = [event for event in events if event.kind == "badge"]
    assert badge.text == "High confidence"


def test_what_was_written_for_the_whole_answer_is_said_of_the_whole() -> None:
    words = (Event(0.1, "token", "Two days.", {"sure": 0.9}),)
    prompt = replace(ASKED, partial="It takes ")
    assert "since" not in told(Badge(), WHOLE.with_data(sure=0.9), prompt, words)
    assert "since" in told(Badge(), WHOLE, prompt, words)

"""Facts about being unsure: what stands there meanwhile, where people are sent, and when a person takes over."""

from dataclasses import replace

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype, visible_events
from components.core.scenario import Scenario, WrittenAnswer
from components.core.script import Script
from components.design.lint import lint
from components.layers.confidence.abstain import CHECKING_SIGN, NEXT_DETAIL, VAGUE_REDIRECT, Abstain
from components.layers.confidence.badge import Badge
from components.layers.confidence.score import LOWEST_SPAN
from components.layers.confidence.verbal_hedge import VerbalHedge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.fallback import Fallback
from components.layers.failure.human_handoff import ALWAYS, BOTH, ON_FAILURE, WHEN_UNSURE, HumanHandoff
from tests.layers.streams import ASKED, Scripted, kinds, said, shown

PERSON = "Ines Okoro | Repairs | Hello, I have read it all."
SCENARIO = Scenario(
    "Is the boiler safe to use?",
    WrittenAnswer("Yes, if the lamp is green.", sure=92),
    wrong=WrittenAnswer("Yes, always.", sure=20),
    script=Script(sources=("Boiler manual, page 9 | Only while the lamp is green.",), person=PERSON),
)
NO_ANSWER = [Event(8.0, "error", "ReadTimeout: timed out", {"fault": "timeout"})]


def play(*layers: Layer, sure: bool = False, prompt: Prompt = SCENARIO.prompt) -> list[Event]:
    [recording] = SCENARIO.recordings("right" if sure else "wrong")
    return list(visible_events(Prototype("", layers), prompt, lambda _: iter(recording.events)))


def offers(seen: list[Event]) -> list[Event]:
    return [event for event in seen if event.kind == "action"]


def test_a_sign_stands_there_from_the_beginning_while_an_answer_is_kept_back() -> None:
    first, *rest = play(Streaming(), Abstain(), sure=True)
    assert (first.at, first.kind, first.text) == (0.0, "status", CHECKING_SIGN)
    assert kinds(rest) == ["text", "end"]


def test_a_sign_of_the_delivery_is_not_covered_and_no_sign_is_shown_where_none_is_wished() -> None:
    signs = [event.text for event in play(Blocking(), Abstain()) if event.kind == "status"]
    assert len(signs) == 1 and CHECKING_SIGN not in signs
    assert "status" not in kinds(play(Streaming(), Abstain(sign=" ")))


@pytest.mark.parametrize(
    ("script", "where"),
    [
        (SCENARIO.script, "You can look it up here: Boiler manual, page 9."),
        (Script(person=PERSON), "Ines Okoro (Repairs) can tell you."),
        (Script(person="Ines"), NEXT_DETAIL),
        (Script(), NEXT_DETAIL),
    ],
)
@pytest.mark.parametrize("redirect", ["", VAGUE_REDIRECT])
def test_where_to_turn_is_specific_to_the_question(script: Script, where: str, redirect: str) -> None:
    seen = play(Streaming(), Abstain(redirect=redirect), prompt=replace(SCENARIO.prompt, script=script))
    assert shown(seen) == f"{Abstain().words} {where}"


def test_own_words_say_where_to_turn() -> None:
    assert shown(play(Streaming(), Abstain(redirect="Call 112."))) == f"{Abstain().words} Call 112."


@pytest.mark.parametrize("trigger", [ON_FAILURE, BOTH, WHEN_UNSURE, ALWAYS])
def test_where_a_person_can_take_over_abstaining_offers_the_person(trigger: str) -> None:
    seen = play(Streaming(), Abstain(), HumanHandoff(trigger=trigger))
    assert shown(seen) == f"{Abstain().words} {HumanHandoff().offered}"
    [offer] = offers(seen)
    assert offer.data["open"] and offer.data["person"] == PERSON.split(" | ")
    assert "No answer so far" in offer.data["items"] and "Yes, always." not in str(offer.data)


@pytest.mark.parametrize("trigger", [WHEN_UNSURE, ALWAYS])
def test_one_dial_hands_over_when_unsure(trigger: str) -> None:
    layer = HumanHandoff(trigger=trigger)
    seen = play(Streaming(), Badge(), layer)
    assert shown(seen) == f"{layer.unsure} {layer.offered}"
    assert kinds(seen) == ["status", "text", "text", "action", "end"]
    sure = play(Streaming(), Badge(), layer, sure=True)
    assert shown(sure) == SCENARIO.answer.text and "badge" in kinds(sure)
    assert [offer.data["open"] for offer in offers(sure)] == ([False] if trigger == ALWAYS else [])


def test_it_goes_by_the_same_confidence_as_the_badge_beside_it() -> None:
    badge = Badge(source=LOWEST_SPAN)
    handed = Prototype("", (Streaming(), VerbalHedge(), badge, HumanHandoff(trigger=WHEN_UNSURE))).playing_layers[-1]
    assert isinstance(handed, HumanHandoff)
    assert (handed.source, handed.calibration) == (badge.source, badge.calibration)
    alone = Prototype("", (Streaming(), HumanHandoff(trigger=WHEN_UNSURE)))
    assert alone.playing_layers == alone.layers
    asked_for = Prototype("", (Streaming(), badge, HumanHandoff(trigger=BOTH)))
    assert asked_for.playing_layers == asked_for.layers


def test_where_one_abstains_that_one_alone_says_when_the_model_is_unsure() -> None:
    for abstains, hands_over in ((0.1, 0.9), (0.9, 0.1)):
        layers = (Streaming(), Abstain(threshold=abstains), HumanHandoff(trigger=WHEN_UNSURE, threshold=hands_over))
        seen = play(*layers)
        assert bool(offers(seen)) == (abstains == 0.9)
        assert kinds(seen).count("status") == 1


def test_the_threshold_decides_who_answers() -> None:
    assert offers(play(Streaming(), HumanHandoff(trigger=WHEN_UNSURE, threshold=0.2))) == []
    assert offers(play(Streaming(), HumanHandoff(trigger=WHEN_UNSURE, threshold=0.21)))


def test_an_unsure_answer_is_shown_by_the_triggers_that_do_not_ask_for_doubt() -> None:
    assert shown(play(Streaming(), HumanHandoff(trigger=BOTH))) == "Yes, always."


def test_a_prepared_answer_is_nobodys_doubt() -> None:
    layers = (Streaming(), Fallback(template="Call us."), HumanHandoff(trigger=WHEN_UNSURE))
    seen = list(visible_events(Prototype("", layers), ASKED, Scripted(NO_ANSWER)))
    assert shown(seen).endswith("Call us.") and offers(seen) == []


def test_what_was_chosen_is_passed_on() -> None:
    prompt = ASKED.with_choice("Which one?", "The blue one")
    seen = list(visible_events(Prototype("", (Streaming(), HumanHandoff())), prompt, Scripted(said("So."))))
    assert offers(seen)[0].data["items"] == [
        f"Your question: {ASKED.text}", "You chose: The blue one", "The answer so far: So.",
    ]  # fmt: skip


def test_who_takes_over_is_the_dial_where_nobody_was_written_for_the_question() -> None:
    layer = HumanHandoff(person="Kim | Front desk")
    [offer] = offers(play(layer, prompt=ASKED))
    assert offer.data["person"] == ["Kim", "Front desk", ""]
    assert offers(play(layer))[0].data["person"] == PERSON.split(" | ")


def test_only_a_handoff_that_rests_on_a_score_is_remarked_on_for_it() -> None:
    def texts(trigger: str) -> str:
        layers = (Streaming(), CauseAndNextStep(), HumanHandoff(trigger=trigger))
        return " ".join(remark.text for remark in lint(Prototype("", layers), Card("m", "bundled")))

    assert "not calibrated" in texts(WHEN_UNSURE) and "calibrated" not in texts(BOTH)

"""What is said before or beside an answer, and only where it belongs."""

from dataclasses import replace

import pytest

from components.core.event import Event, Stream
from components.core.layer import Layer
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.script import Script
from components.core.timeline import build_timeline
from components.design.lint import lint
from components.layers.delivery.streaming import Streaming
from components.layers.expectation.accuracy_statement import AccuracyStatement
from components.layers.expectation.capability_card import STOCK_ABILITIES, CapabilityCard
from components.layers.expectation.disclaimer import Disclaimer
from components.layers.expectation.disclosure import Disclosure
from components.layers.expectation.starters import STOCK_STARTERS, Starters
from components.layers.failure.keep_partial import KeepPartial
from tests.layers.streams import ASKED, heard, said

OPENING = (
    CapabilityCard(can="a"),
    AccuracyStatement(measured=True),
    Disclaimer(place="above"),
    Starters(),
    Disclosure(),
)
WORDS = [event.become("text", event.text) if event.kind == "token" else event for event in said("It is so.")]


@pytest.mark.parametrize("layer", OPENING, ids=lambda layer: type(layer).__name__)
def test_it_is_said_at_once_and_only_once_in_a_conversation(layer: Layer) -> None:
    first, *rest = heard(layer, WORDS)
    assert (first.kind, first.at) == ("notice", 0.0) and rest == WORDS
    later = (ASKED.next_attempt(), ASKED.going_on("It"), ASKED.with_choice("Which?", "That"))
    assert all(list(layer.play(prompt, lambda _: iter(WORDS))) == WORDS for prompt in later)


def test_a_disclaimer_below_comes_with_the_end_and_not_after_nothing() -> None:
    seen = heard(Disclaimer(), WORDS)
    assert [event.kind for event in seen[-2:]] == ["notice", "end"] and seen[-2].at == seen[-1].at
    assert [event.kind for event in heard(Disclaimer(), [Event(1.0, "end")])] == ["end"]
    asked = [*WORDS[:-1], Event(WORDS[-1].at, "question", "And then?", {"options": ["That"], "other": True})]
    assert [event.kind for event in heard(Disclaimer(), asked)[-2:]] == ["notice", "question"]


def test_a_list_shows_its_lines_and_no_empty_ones() -> None:
    [card] = [e for e in heard(CapabilityCard(can="a\n\n b ", cannot=""), WORDS) if e.kind == "notice"]
    assert card.data["columns"] == [{"title": "Can", "items": ["a", "b"]}]
    [starters] = [e for e in heard(Starters(prompts="1\n2\n3\n4", count=2), WORDS) if e.kind == "notice"]
    assert starters.data["items"] == ["1", "2"]


def test_empty_words_say_nothing() -> None:
    assert heard(Disclosure(label="  "), WORDS) == WORDS and heard(Disclaimer(words=""), WORDS) == WORDS


def test_a_guessed_accuracy_is_remarked_on() -> None:
    def remarks(layer: Layer) -> list[str]:
        return [remark.text for remark in lint(Prototype("", (Streaming(), KeepPartial(), layer)))]

    assert any("not measured" in text for text in remarks(AccuracyStatement()))
    assert remarks(AccuracyStatement(measured=True)) == []


def test_the_model_is_asked_all_the_same() -> None:
    asked: list[Prompt] = []

    def answer(prompt: Prompt) -> Stream:
        asked.append(prompt)
        return iter(WORDS)

    list(CapabilityCard().play(ASKED, answer))
    assert asked == [ASKED]


ABLE = replace(ASKED, script=Script(can=("Look up an order",), cannot=("Pay",)))


def greeting(layer: Layer, prompt: Prompt = ASKED) -> Event:
    return next(layer.play(prompt, lambda _: iter(WORDS)))


def test_abilities_are_those_written_for_the_question_unless_the_designer_wrote_others() -> None:
    for stock in (CapabilityCard(), CapabilityCard(*STOCK_ABILITIES)):
        columns = greeting(stock, ABLE).data["columns"]
        assert [column["items"] for column in columns] == [["Look up an order"], ["Pay"]]
    [own] = greeting(CapabilityCard(cannot="Swim"), ABLE).data["columns"]
    assert own == {"title": "Cannot", "items": ["Swim"]}


@pytest.mark.parametrize(
    "layer", [CapabilityCard(), CapabilityCard(*STOCK_ABILITIES), Starters(prompts=" "), AccuracyStatement(right=99)]
)
def test_what_nobody_wrote_or_measured_is_told_to_the_designer_alone(layer: Layer) -> None:
    assert greeting(layer).data["remark"] and "99" not in greeting(layer).text
    assert layer.portable() == Portable()


@pytest.mark.parametrize("layer", [CapabilityCard(can="a"), Starters(), AccuracyStatement(measured=True)])
def test_it_stands_there_before_the_question_and_is_no_first_sign_of_life(layer: Layer) -> None:
    assert greeting(layer).data["before"]
    seen = build_timeline(Prototype("", (Streaming(), layer)), ASKED, lambda _: iter(said("It is so.")))
    assert seen.events[0].at == 0 and seen.sign == seen.first


def test_starters_of_earlier_versions_that_nobody_wrote_are_questions_now() -> None:
    assert greeting(Starters(prompts=STOCK_STARTERS)).data["items"] == Starters().prompts.splitlines()

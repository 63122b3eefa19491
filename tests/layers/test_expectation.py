"""What is said before or beside an answer, and only where it belongs."""

import pytest

from components.core.event import Event, Stream
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.design.lint import lint
from components.layers.delivery.streaming import Streaming
from components.layers.expectation.accuracy_statement import AccuracyStatement
from components.layers.expectation.capability_card import CapabilityCard
from components.layers.expectation.disclaimer import Disclaimer
from components.layers.expectation.disclosure import Disclosure
from components.layers.expectation.starters import Starters
from components.layers.failure.keep_partial import KeepPartial
from tests.layers.streams import ASKED, heard, said

OPENING = (CapabilityCard(), AccuracyStatement(), Disclaimer(place="above"), Starters(), Disclosure())
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
    assert card.data["items"] == ["Can: a", "Can: b"]
    assert heard(CapabilityCard(can="", cannot=" \n"), WORDS) == WORDS
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

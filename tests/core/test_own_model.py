"""Panes with models of their own: each plays what its model said, and nothing that another one did."""

from dataclasses import replace

import pytest

from components.core.card import Card
from components.core.comparison import PaneComparison
from components.core.own_model import OwnModel, model_of_card
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import ALL_PATTERNS
from components.layers.delivery.streaming import Streaming
from components.models.written.scripted_model import scripted_events

ASKED = Prompt.from_typed("Is rice a grain?")
ONE, TWO = Card("One", "local"), Card("Two", "local")
PLAIN = Prototype("Plain", (Streaming(),))
OTHER = PLAIN.with_own_model(model_of_card(TWO))


def answer(card: Card, text: str, prompt: Prompt = ASKED) -> Recording:
    return Recording(prompt, card, scripted_events(text))


def beside(*recordings: Recording) -> PaneComparison:
    first, *further = recordings
    own = tuple((model_of_card(r.card), r) for r in further if r.card == TWO and r.prompt == ASKED)
    return PaneComparison((first, *further), (PLAIN, OTHER), answers=own)


def shown(compare: PaneComparison, key: str) -> str:
    return "".join(event.text for event in compare.timelines[key].events if event.kind == "text")


def test_each_pane_plays_its_own_models_answer() -> None:
    compare = beside(answer(ONE, "Yes."), answer(TWO, "It is."))
    assert (shown(compare, "A"), shown(compare, "B")) == ("Yes.", "It is.")
    assert compare.authors == ("One", "Two") and not compare.plays_one_answer


def test_a_pane_whose_model_was_not_asked_plays_nobody_elses_words() -> None:
    compare = beside(answer(ONE, "Yes."))
    assert compare.unanswered_panes == ("B",) and shown(compare, "B") == ""
    assert [event.data for event in compare.timelines["B"].events if event.text] == [{"remark": True}]


def test_an_answer_to_another_question_is_not_played() -> None:
    compare = beside(answer(ONE, "Yes."), answer(TWO, "It is."))
    other = replace(compare, recordings=(answer(ONE, "No.", Prompt.from_typed("Is salt a grain?")),))
    assert other.unanswered_panes == ("B",)


@pytest.mark.parametrize("key", ["A", "B"])
def test_a_further_attempt_is_the_same_models(key: str) -> None:
    again = ASKED.next_attempt()
    compare = beside(
        answer(ONE, "Yes."), answer(TWO, "It is."), answer(ONE, "Yes again.", again), answer(TWO, "It is again.", again)
    )
    assert {r.card.name for r in compare.recordings_of(key)} == {{"A": "One", "B": "Two"}[key]}


def test_a_prototype_without_a_model_of_its_own_keeps_its_id() -> None:
    assert OTHER.with_own_model(None).id == PLAIN.id != OTHER.id
    assert Prototype.from_json(OTHER.to_json(), ALL_PATTERNS) == OTHER


def test_a_model_of_its_own_is_no_pattern_and_says_where_another_one_answered() -> None:
    own = model_of_card(TWO)
    assert OwnModel.__name__ not in ALL_PATTERNS and not own.remarks(TWO)
    assert "One" in own.remarks(ONE)[0].text


def test_one_answer_in_every_pane_has_that_answers_id() -> None:
    recording = answer(ONE, "Yes.")
    assert PaneComparison((recording,), (PLAIN, PLAIN)).answer_id == recording.id
    two = beside(recording, answer(TWO, "It is."))
    assert two.answer_id.count("+") == 1 and recording.id in two.answer_id

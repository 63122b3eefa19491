"""Facts about confidence and clarification."""

import math
from typing import Any

import pytest

from components.core.event import Event
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.vocabulary import EventKind
from components.layers.clarification.options import Options
from components.layers.confidence.badge import Badge
from components.layers.confidence.percentage import Percentage
from components.layers.confidence.score import MEAN_PROBABILITY, score_from_tokens
from components.layers.confidence.verbal_hedge import VerbalHedge
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown

SHORT = Prompt.from_typed("Flight cancelled")


def sure(probability: float, last: EventKind = "end") -> list[Event]:
    return said("It is Rome", logprob=math.log(probability), last=last)


def test_the_score_is_the_geometric_mean_of_token_probabilities() -> None:
    tokens: list[dict[str, Any]] = [
        {"logprob": math.log(0.9)},
        {"logprob": math.log(0.4)},
        {"logprob": None},
        {"text": "no logprob"},
    ]
    assert score_from_tokens(MEAN_PROBABILITY, tokens) == pytest.approx(0.6)
    assert score_from_tokens(MEAN_PROBABILITY, [{"logprob": None}]) is None
    assert score_from_tokens(MEAN_PROBABILITY, [{"logprob": float("nan")}, {"logprob": -math.inf}]) is None


@pytest.mark.parametrize(("probability", "level"), [(0.9, "high"), (0.6, "medium"), (0.2, "low")])
def test_the_badge_follows_its_cut_offs(probability: float, level: str) -> None:
    seen = heard(Badge(high=0.75, medium=0.5), sure(probability))
    assert kinds(seen) == ["text", "text", "text", "badge", "end"]
    assert seen[3].data["level"] == level
    assert seen[3].text == f"{level.capitalize()} confidence"


def test_the_badge_says_that_its_score_is_unchecked() -> None:
    legend = heard(Badge(), sure(0.9))[3].data["legend"]
    assert "own token probability" in legend and "Not checked against right answers" in legend


def test_the_badge_stands_before_a_break_where_words_were_shown() -> None:
    assert kinds(heard(Badge(), sure(0.9, last="error")))[-2:] == ["badge", "error"]
    assert kinds(heard(Badge(), said("", last="error"))) == ["error"]


@pytest.mark.parametrize("layer", [Badge(), Percentage(), VerbalHedge()])
def test_no_probabilities_mean_a_plain_sentence_and_no_score(layer: Layer) -> None:
    seen = heard(layer, [Event(0.5, "token", "Rome"), Event(0.6, "end")])
    assert kinds(seen).count("notice") == 1
    assert not {"badge"} & set(kinds(seen))
    assert not any(event.data.get("hedge") for event in seen)
    assert shown(seen) == "Rome"


@pytest.mark.parametrize(
    ("precision", "percent", "label"),
    [("tens", 70.0, "70 %"), ("whole", 68.0, "68 %"), ("tenths", 67.9, "67.9 %"), ("hundredths", 67.88, "67.88 %")],
)
def test_the_percentage_is_as_fine_as_its_dial(precision: str, percent: float, label: str) -> None:
    badge = heard(Percentage(precision=precision), sure(0.67877))[3]
    assert badge.data["percent"] == pytest.approx(percent)
    assert badge.text == f"{label} confident"


def test_a_hedge_stands_before_an_unsure_answer_only() -> None:
    seen = heard(VerbalHedge(threshold=0.6, look=2), sure(0.3))
    assert [event.text for event in seen if event.data.get("hedge")] == ["I'm not sure about this. "]
    assert seen[0].data["hedge"]
    assert shown(seen) == "It is Rome"
    assert not any(event.data.get("hedge") for event in heard(VerbalHedge(threshold=0.6, look=2), sure(0.9)))


def test_a_hedge_keeps_back_only_as_many_tokens_as_it_judges() -> None:
    seen = heard(VerbalHedge(look=2), sure(0.9))
    assert [round(event.at, 6) for event in seen] == [0.6, 0.6, 0.7, 0.7]


def test_a_hedge_speaks_in_the_chosen_voice() -> None:
    first = heard(VerbalHedge(voice="first person", strength="strong"), sure(0.1))[0].text
    other = heard(VerbalHedge(voice="impersonal", strength="strong"), sure(0.1))[0].text
    assert "I " in first and "I " not in other


def test_an_answer_that_goes_on_is_not_hedged_again() -> None:
    seen = heard(VerbalHedge(), sure(0.1), ASKED.going_on("Well,"))
    assert not any(event.data.get("hedge") for event in seen)


def test_a_question_stops_the_stream_and_never_runs_the_model() -> None:
    answer = Scripted(said("Yes"))
    layer = Options(question=" Where to? ", options="Rome\n\n Rome \nMilan", when="always")
    seen = list(layer.play(ASKED, answer))
    assert kinds(seen) == ["question"]
    assert (seen[0].at, seen[0].text) == (0.0, "Where to?")
    assert seen[0].data == {"options": ["Rome", "Milan"], "other": True}
    assert answer.asked == []


def test_a_question_is_not_asked_twice() -> None:
    layer = Options(question="Where to? ", when="always")
    answered = ASKED.with_choice(heard(layer, [])[0].text, "anywhere warm")
    assert kinds(heard(layer, said("Yes"), answered)) == ["text", "end"]


def test_only_a_short_prompt_is_asked_back() -> None:
    layer = Options(when="when short", short=3)
    assert kinds(heard(layer, said("Yes"), SHORT)) == ["question"]
    assert kinds(heard(layer, said("Yes"), ASKED)) == ["text", "end"]
    assert kinds(heard(layer, said("Yes"), Prompt.from_typed("今日の天気"))) == ["text", "end"]


def test_never_asks_never() -> None:
    assert kinds(heard(Options(when="never"), said("Yes"), SHORT)) == ["text", "end"]


def test_nothing_to_pick_is_no_question() -> None:
    assert kinds(heard(Options(when="always", options=" \n", something_else=False), said("Yes"))) == ["text", "end"]
    assert kinds(heard(Options(when="always", question="  "), said("Yes"))) == ["text", "end"]

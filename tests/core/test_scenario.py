"""A scenario: what a person wrote for a question is told as an answer, with confidence, thoughts and branches."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording, replay
from components.core.scenario import Scenario, WrittenAnswer, word_pieces, written_events
from components.core.script import Script, split_parts

SEAT = WrittenAnswer("You can bring one bag of 8 kg. It goes under the seat.", 80, ("8 kg | 35", "one bag|95 %"))
BAGGAGE = Scenario(
    "How much hand luggage may I take?",
    SEAT,
    subject="Travel",
    also=("What can I carry on board?",),
    wrong=WrittenAnswer("You can bring two bags of 15 kg.", 85),
    again=(WrittenAnswer("One bag of up to 8 kg."),),
    replies={"Economy": WrittenAnswer("One bag."), "Business": WrittenAnswer("Two bags.", 90)},
    script=Script(
        question="Which class do you fly?",
        options=("Economy", "Business"),
        thinking=("They fly soon.", "Rules differ."),
    ),
    first=0.5,
    rate=10.0,
    thinks=2.0,
)
LINES = st.lists(st.text(max_size=20), max_size=3).map(tuple)
TEXTS = st.text(min_size=1, max_size=60).filter(str.strip)
ANSWERS = st.builds(WrittenAnswer, TEXTS, st.none() | st.floats(0, 100))
SCENARIOS = st.builds(
    Scenario, TEXTS, ANSWERS, subject=st.text(max_size=9), also=LINES, wrong=st.just(WrittenAnswer()) | ANSWERS,
    again=st.lists(ANSWERS, max_size=2).map(tuple), replies=st.dictionaries(TEXTS, ANSWERS, max_size=2),
    script=st.builds(Script, sources=LINES, question=st.text(max_size=20), thinking=LINES),
    first=st.floats(0, 120), rate=st.floats(0.1, 1000), thinks=st.floats(0, 120),
)  # fmt: skip


def said(events: tuple[Event, ...]) -> str:
    """The words of some events."""
    return "".join(event.text for event in events if event.kind == "token")


@given(SCENARIOS)
def test_a_scenario_is_read_as_it_was_written(scenario: Scenario) -> None:
    assert Scenario.from_json(json.loads(json.dumps(scenario.to_json()))) == scenario


@given(SCENARIOS)
def test_every_word_of_a_written_answer_is_told_in_order(scenario: Scenario) -> None:
    for recording in scenario.recordings():
        assert recording.events[-1].kind == "end"
        assert [event.at for event in recording.events] == sorted(event.at for event in recording.events)
    assert said(scenario.recordings()[0].events) == scenario.answer.text


@given(SCENARIOS)
def test_a_written_recording_is_kept_with_its_script(scenario: Scenario) -> None:
    for recording in scenario.recordings():
        again = Recording.from_json(json.loads(json.dumps(recording.to_json())))
        assert again.id == recording.id
        assert again.prompt.script == scenario.script


def test_the_pace_is_the_scenarios() -> None:
    events = BAGGAGE.recordings()[0].events
    assert [event.at for event in events[:3]] == [2.5, 2.6, 2.7]
    assert events[0].data["thoughts"] == [[0.0, "They fly soon.\n"], [1.037037, "Rules differ.\n"]]


def test_confidence_stands_on_each_word_and_on_the_whole() -> None:
    events = BAGGAGE.recordings()[0].events
    sure = {event.text.strip(): event.data["sure"] for event in events if event.kind == "token"}
    assert (sure["You"], sure["one"], sure["bag"], sure["8"], sure["kg."]) == (0.8, 0.95, 0.95, 0.35, 0.35)
    assert events[-1].data == {"reason": "stop", "sure": 0.8}


def test_nothing_is_sure_where_nothing_was_written() -> None:
    assert all("sure" not in event.data for event in written_events(WrittenAnswer("Yes, it is."), 0, 1))


def test_the_wrong_answer_is_a_recording_of_the_same_question() -> None:
    right, wrong = BAGGAGE.recordings()[0], BAGGAGE.recordings("wrong")[0]
    assert (right.prompt, wrong.text) == (wrong.prompt, "You can bring two bags of 15 kg.")
    assert right.card.scripted and right.id != wrong.id
    assert (right.card.settings["outcome"], wrong.card.settings["outcome"]) == ("right", "wrong")


def test_a_scenario_without_a_wrong_answer_has_none() -> None:
    assert Scenario("Why?", WrittenAnswer("So.")).recordings("wrong") == ()


@pytest.mark.parametrize("asked", ["Which class do you fly?", "In other words: which class?"])
def test_a_reply_belongs_to_its_option_whatever_words_ask_for_it(asked: str) -> None:
    answer = replay(BAGGAGE.recordings())
    assert said(tuple(answer(BAGGAGE.prompt.with_choice(asked, "business")))) == "Two bags."


def test_an_option_without_a_reply_has_no_answer() -> None:
    events = list(replay(BAGGAGE.recordings())(BAGGAGE.prompt.with_choice("Which?", "First")))
    assert events[0].data["fault"] == "unrecorded"


def test_another_attempt_tells_another_answer() -> None:
    assert said(tuple(replay(BAGGAGE.recordings())(BAGGAGE.prompt.next_attempt()))) == "One bag of up to 8 kg."


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": " "}, {"answer": WrittenAnswer(" \n")}, {"answer": WrittenAnswer("x" * 9000)}, {"rate": 0},
        {"first": -1}, {"thinks": 121}, {"answer": WrittenAnswer("Yes", 101)},
        {"answer": WrittenAnswer("Yes", 50, ("Yes | very",))}, {"wrong": WrittenAnswer("No", 50, ("No | 400",))},
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_explained(wrong: dict[str, object]) -> None:
    values: dict[str, object] = {"question": "Why?", "answer": WrittenAnswer("So."), **wrong}
    with pytest.raises(Explained) as problem:
        Scenario(**values)  # type: ignore[arg-type]
    assert problem.value.do


def test_a_phrase_that_is_not_in_the_answer_changes_nothing() -> None:
    assert WrittenAnswer("Yes.", 50, ("No | 20", "", "| 30")).doubtful_spans == ()


@given(st.text())
def test_pieces_are_the_text_again(text: str) -> None:
    assert "".join(word_pieces(text)) == text


def test_parts_that_are_left_out_are_empty() -> None:
    assert split_parts("Handbook | It says so", 4) == ("Handbook", "It says so", "", "")
    assert split_parts("a|b|c|d|e", 4) == ("a", "b", "c", "d|e")


def test_a_script_of_a_later_version_is_read_as_far_as_it_is_known() -> None:
    assert Script.from_json({"why": ["Because"], "smell": ["of roses"]}) == Script(why=("Because",))


@pytest.mark.parametrize("values", [{"why": "Because"}, {"question": ["Which?"]}, {"why": 3}])
def test_a_script_of_another_kind_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Script.from_json(values)


def test_a_recording_of_a_model_keeps_no_script() -> None:
    written = BAGGAGE.recordings()[0]
    spoken = Recording(written.prompt, type(written.card)("Small", "endpoint"), written.events)
    assert "script" not in spoken.to_json()
    assert Recording.from_json(spoken.to_json()).prompt == Prompt.from_typed(BAGGAGE.question)


def test_the_same_scenario_has_the_same_hash_however_its_numbers_are_written() -> None:
    whole, exact = (Scenario("Why?", WrittenAnswer("So.", sure), rate=rate) for sure, rate in ((90, 20), (90.0, 20.0)))
    assert whole.recordings()[0].id == exact.recordings()[0].id

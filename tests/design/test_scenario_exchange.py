"""Scenarios leave as a file and come back as they were; an answer becomes one to be corrected."""

import json

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.core.scenario import Scenario, WrittenAnswer
from components.core.script import Script
from components.design.scenario_exchange import (
    MAX_FILE_SCENARIOS,
    export_scenarios,
    import_scenarios,
    scenario_from_recording,
    scenarios_from_pairs,
)

TWO = (
    Scenario("¿Por qué?", WrittenAnswer("Porque sí.", 80), script=Script(why=("Así es",))),
    Scenario("Why?", WrittenAnswer("Because.")),
)
CARD = Card("Small", "endpoint")


def test_scenarios_come_back_as_they_left() -> None:
    text = export_scenarios(TWO)
    assert import_scenarios(text.encode()) == TWO
    assert "¿Por qué?" in text


def test_one_scenario_alone_and_a_bare_list_are_read() -> None:
    assert import_scenarios(json.dumps(TWO[1].to_json()).encode()) == TWO[1:]
    assert import_scenarios(json.dumps([scenario.to_json() for scenario in TWO]).encode()) == TWO


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not JSON"), (b"[" * 100_000, "not JSON"), (b"[]", "no scenarios"), (b"3", "no scenarios"),
        (b"{}", "Scenario 1"), (b'[{"question": "Why?", "answer": {"text": "So."}}, {}]', "Scenario 2"),
        (b'[{"question": "Why?", "answer": {"text": "So.", "sure": 200}}]', "Scenario 1"),
        (b'[{"question": "Why?", "answer": {"text": "So."}, "script": {"why": "x"}}]', "Scenario 1"),
        (json.dumps([{}] * (MAX_FILE_SCENARIOS + 1)).encode(), "too many"), (b" " * 5_000_001, "too large"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_explained(content: bytes, said: str) -> None:
    with pytest.raises(Explained, match=said) as problem:
        import_scenarios(content)
    assert problem.value.kept and problem.value.do


def test_an_answer_of_a_model_becomes_a_scenario_at_its_own_pace() -> None:
    events = (
        Event(2.5, "token", "It", {"logprob": -0.1, "thoughts": [[0.0, "Let me see.\n"], [1.5, "Yes.\n"]]}),
        Event(2.7, "token", " is"),
        Event(2.9, "token", " noon."),
        Event(3.0, "end", data={"reason": "stop"}),
    )
    scenario = scenario_from_recording(Recording(Prompt.from_typed("What time is it?"), CARD, events))
    assert (scenario.question, scenario.answer.text) == ("What time is it?", "It is noon.")
    assert (scenario.thinks, scenario.first, scenario.rate) == (1.5, 1.0, 7.5)
    assert scenario.script.thinking == ("Let me see.", "Yes.")


def test_an_answer_that_came_at_once_becomes_one_too() -> None:
    events = (Event(0.0, "token", "Noon."), Event(0.0, "end"))
    assert scenario_from_recording(Recording(Prompt.from_typed("Time?"), CARD, events)).rate == 20.0


def test_an_answer_without_words_is_explained() -> None:
    with pytest.raises(Explained):
        scenario_from_recording(Recording(Prompt.from_typed("Time?"), CARD, (Event(0.1, "end"),)))


def test_a_written_answer_becomes_the_same_scenario_again() -> None:
    again = scenario_from_recording(TWO[0].recordings()[0])
    assert (again.question, again.answer.text, again.script) == ("¿Por qué?", "Porque sí.", TWO[0].script)


def test_a_table_becomes_a_scenario_a_row() -> None:
    assert [scenario.answer.text for scenario in scenarios_from_pairs((("a", "b"), ("c", "d")))] == ["b", "d"]

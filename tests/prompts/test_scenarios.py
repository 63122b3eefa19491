"""Which scenario a question means, how a file of one is read, and what those that come along hold."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.explained import Explained
from components.core.scenario import Scenario, WrittenAnswer
from components.core.script import Script, split_parts
from components.prompts.scenarios import bundled_scenarios, find_scenario, read_scenario_file

REFUND = Scenario("How do I get my money back?", WrittenAnswer("Within 14 days."), also=("Can I return it?",))
DOSE = Scenario("May I take 400 mg of ibuprofen?", WrittenAnswer("Yes."))
THREE = (REFUND, DOSE, Scenario("¿Cómo devuelvo mi pedido?", WrittenAnswer("En 14 días.")))


@pytest.mark.parametrize(
    "asked",
    [
        "How do I get my money back?", "how do i get my money back", "  HOW do I get — my money back?! ",
        "How do I get my mony back?", "my money back: how do I get it?", "can i return it??",
    ],
)  # fmt: skip
def test_near_words_mean_the_same_question(asked: str) -> None:
    assert find_scenario(asked, THREE) is REFUND


@pytest.mark.parametrize(
    "asked",
    ["How do I get my licence back?", "May I take 800 mg of ibuprofen?", "May I take ibuprofen?", "", "?", "Hello"],
)
def test_another_question_means_none(asked: str) -> None:
    assert find_scenario(asked, THREE) is None


def test_accents_do_not_matter() -> None:
    assert find_scenario("como devuelvo mi pedido", THREE) is THREE[2]


@given(st.text(min_size=1).filter(str.strip))
def test_a_question_always_means_its_own_scenario(question: str) -> None:
    own = Scenario(question, WrittenAnswer("Yes."))
    assert find_scenario(question, (own,)) is own


def test_every_scenario_that_comes_along_is_found_by_its_question_alone() -> None:
    for scenario in bundled_scenarios():
        assert find_scenario(scenario.question, bundled_scenarios()) is scenario


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"question": "Why?"}', '{"question": "", "answer": {"text": "x"}}'])
def test_a_file_that_is_none_is_explained(text: str, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(text)
    with pytest.raises(Explained, match=r"own\.json"):
        read_scenario_file(file)


SCENARIOS = {scenario.subject: scenario for scenario in bundled_scenarios()}
EVERY = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
LISTED = [part.name for part in fields(Script) if part.name not in ("question", "restated", "person")]
FULL_ENDS = (".", "?", "!", "```", "*", "]", "”")  # an email ends with its writer's name, in brackets


def test_ten_scenarios_come_along_from_ten_fields() -> None:
    assert len(bundled_scenarios()) == len(SCENARIOS) == 10 and all(SCENARIOS)


@EVERY
def test_a_scenario_that_comes_along_has_every_part(scenario: Scenario) -> None:
    script = scenario.script.to_json()
    assert set(script) == {part.name for part in fields(Script)}
    assert 3 <= len(scenario.also) <= 5 and len(scenario.again) == 2
    assert all(len(set(script[name])) == len(script[name]) for name in LISTED)
    counts = {"options": (3, 4), "sources": (3, 4), "plan": (4, 6), "steps": (3, 6), "brief": (3, 5), "why": (2, 3),
              "assumes": (2, 3), "pro": (2, 3), "contra": (2, 3), "thinking": (3, 6), "next": (3, 3), "can": (3, 3),
              "cannot": (3, 3), "decisions": (2, 3)}  # fmt: skip
    assert {
        name: len(script[name]) for name, (least, most) in counts.items() if not least <= len(script[name]) <= most
    } == {}
    assert 0.4 <= scenario.first <= 1.2 and 15 <= scenario.rate <= 45
    assert scenario.thinks == 0 or 4 <= scenario.thinks <= 9


@EVERY
def test_the_right_and_the_wrong_answer_look_alike_and_differ(scenario: Scenario) -> None:
    right, wrong = (len(answer.text.split()) for answer in (scenario.answer, scenario.wrong))
    assert all(90 <= words <= 220 for words in (right, wrong)) and 0.75 <= wrong / right <= 1.25
    assert len({answer.text for answer in scenario.answers}) == len(scenario.answers)
    assert all(answer.sure is not None for answer in scenario.answers)


@EVERY
def test_no_answer_that_comes_along_stops_in_mid_sentence(scenario: Scenario) -> None:
    assert [answer.text[-40:] for answer in scenario.answers if not answer.text.endswith(FULL_ENDS)] == []
    assert all(answer.text.count("```") % 2 == 0 for answer in scenario.answers)


@EVERY
def test_doubts_and_claims_are_words_of_their_answers(scenario: Scenario) -> None:
    for answer in scenario.answers:
        assert len(answer.doubtful_spans) == len(answer.doubts)
    assert scenario.answer.doubts and scenario.wrong.doubts
    for title, passage, claim, address in (split_parts(line, 4) for line in scenario.script.sources):
        assert title and passage.endswith(".") and claim and claim in scenario.answer.text, claim
        assert re.fullmatch(r"https://[a-z0-9.-]+/\S*", address), address


@EVERY
def test_every_option_has_its_own_answer(scenario: Scenario) -> None:
    assert tuple(scenario.replies) == scenario.script.options
    assert scenario.script.question.endswith("?") and all(len(option) <= 30 for option in scenario.script.options)


@EVERY
def test_follow_ups_are_short_questions(scenario: Scenario) -> None:
    assert all(line.endswith("?") and len(line) < 50 for line in scenario.script.next)


@EVERY
def test_lines_of_two_parts_have_both(scenario: Scenario) -> None:
    script = scenario.script
    for line in (*script.plan, *script.steps, *script.brief, *script.assumes):
        assert all(split_parts(line, 2)) and line.count("|") == 1, line
    name, role, words = split_parts(script.person, 3)
    assert name and role and words.endswith((".", "?"))


@EVERY
def test_every_wording_of_a_question_means_its_scenario(scenario: Scenario) -> None:
    for wording in scenario.also:
        assert find_scenario(wording.upper(), bundled_scenarios()) is scenario


def test_the_right_answers_are_surer_than_the_wrong_ones_and_some_wrong_ones_are_sure() -> None:
    right = [float(scenario.answer.sure or 0) for scenario in bundled_scenarios()]
    wrong = [float(scenario.wrong.sure or 0) for scenario in bundled_scenarios()]
    assert min(right) >= 75 and max(wrong) >= 80 and min(wrong) < 50


def test_the_numbers_of_the_data_question_add_up() -> None:
    before, now, old_mix = (100 * 80 + 100 * 40) / 200, (60 * 84 + 180 * 42) / 240, (84 + 42) / 2
    said = SCENARIOS["Data analysis"].answer.text
    assert (before, now, old_mix, old_mix - before, now - old_mix) == (60, 52.5, 63, 3, -10.5)
    assert all(f"{number:.2f}" in said for number in (before, now, old_mix - before, abs(now - old_mix)))


def test_the_code_of_the_coding_question_does_what_is_said_of_it() -> None:
    scenario = SCENARIOS["Programming"]
    wrong_fix, right_fix = code_blocks(scenario.wrong.text)[1], code_blocks(scenario.answer.text)[1]
    assert run_calls(right_fix) == [["milk"], ["bread"]]
    assert run_calls(wrong_fix) == [["milk"], ["milk", "bread"]]


def code_blocks(text: str) -> list[str]:
    """The Python in a Markdown text."""
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def run_calls(code: str) -> list[list[str]]:
    """What the calls of the coding question give with this version of its function."""
    names: dict[str, Any] = {"print": lambda *_: None}
    exec(code.split("print")[0], names)
    return [list(names["add_item"]("milk")), list(names["add_item"]("bread"))]

"""Which scenario a question means, and how a file of one is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.explained import Explained
from components.core.scenario import Scenario, WrittenAnswer
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

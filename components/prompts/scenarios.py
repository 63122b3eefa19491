"""Scenarios: those that come with Parallax, and which of many a question means."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from components.core.explained import Explained
from components.core.scenario import Scenario
from components.core.text_folding import fold_text
from components.prompts.packs import PROMPTS_FOLDER, load_json, unreadable_file

SCENARIOS_FOLDER = PROMPTS_FOLDER / "scenarios"
MIN_LIKENESS_PERCENT = 88  # of two questions that mean the same; words may stand in another order


@cache
def bundled_scenarios(folder: Path = SCENARIOS_FOLDER) -> tuple[Scenario, ...]:
    """Every scenario that comes with Parallax, by the names of their files. Explained where one cannot be read."""
    return tuple(read_scenario_file(file) for file in sorted(folder.glob("*.json")))


def read_scenario_file(file: Path) -> Scenario:
    """The scenario in a file. Explained where it cannot be read."""
    try:
        return Scenario.from_json(load_json(file))
    except Explained as problem:
        raise unreadable_file(file, ValueError(problem.what)) from problem
    except (OSError, ValueError) as error:
        raise unreadable_file(file, error) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise unreadable_file(
            file, ValueError(f"a part of the scenario is missing or of another kind: {error}")
        ) from error


def find_scenario(question: str, scenarios: Iterable[Scenario]) -> Scenario | None:
    """The scenario for a question, in any of its wordings; None where none is meant.

    Case, accents and punctuation do not matter, and near words may differ by a few letters or stand in another order.
    Numbers have to be the same.
    """
    asked = question_words(question)
    best, likeness = None, float(MIN_LIKENESS_PERCENT)
    for scenario in scenarios:
        for wording in (scenario.question, *scenario.also):
            words = question_words(wording)
            if words == asked and (words or wording.strip() == question.strip()):
                return scenario
            same_numbers = re.findall(r"\d+", words) == re.findall(r"\d+", asked)
            if same_numbers and (alike := fuzz.token_sort_ratio(words, asked)) >= likeness:
                best, likeness = scenario, alike
    return best


def question_words(text: str) -> str:
    """The words of a question as they are compared: folded, without punctuation, one space apart."""
    return " ".join(re.findall(r"\w+", fold_text(text)))

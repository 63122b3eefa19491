"""Scenarios: those that come with Parallax, and which of many a question means."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from components.core.explained import Explained
from components.core.scenario import Scenario
from components.prompts.packs import PROMPTS_FOLDER, load_json, unreadable_file
from components.prompts.question_matching import find_question

SCENARIOS_FOLDER = PROMPTS_FOLDER / "scenarios"


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
    """The scenario for a question, in any of its wordings, however somebody types it; None where none is meant."""
    wordings = [(wording, scenario) for scenario in scenarios for wording in (scenario.question, *scenario.also)]
    index = find_question(question, (wording for wording, _ in wordings))
    return None if index is None else wordings[index][1]

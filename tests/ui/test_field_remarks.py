"""What is written in a scenario and would not be shown is told where it is written."""

from typing import Any

import pytest

from components.core.scenario import Scenario
from components.design.scenario_fields import SCENARIO_PARTS
from components.prompts.scenarios import bundled_scenarios
from components.ui.scenarios.field_remarks import field_remarks

FIELDS = {field.key: field for part in SCENARIO_PARTS for field in part.fields}
ANSWERS = {"answer": {"text": "Open from **nine**."}, "wrong": {"text": "Open all night."}}


def told(key: str, values: dict[str, Any]) -> str:
    return " ".join(field_remarks({**ANSWERS, **values}, FIELDS[key]))


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("script-next", {"script": {"next": ["Is it far?", "I can tell you about tickets"]}}, "about tickets” is not"),
        ("script-sources", {"script": {"sources": ["Sign | Read it | at noon | "]}}, "“Sign” is not shown"),
        (
            "script-sources",
            {"script": {"sources": ["Sign | | all night | example.com"]}},
            "“example.com” does not open",
        ),
        ("answer-doubts", {"answer": {"text": "Nine.", "doubts": ["ten | 20"]}}, "“ten” is not marked"),
    ],
)
def test_what_is_not_shown_is_named(key: str, values: dict[str, Any], said: str) -> None:
    assert said in told(key, values)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("script-next", {"script": {"next": ["Is it far?"]}}),
        ("script-sources", {"script": {"sources": ["Sign | Read it | all night | https://example.com/a"]}}),
        ("wrong-doubts", {"wrong": {"text": "Open all night.", "doubts": ["all night | 20"]}}),
        ("question", {}),
        ("script-next", {"script": None}),
    ],
)
def test_what_is_shown_gets_no_remark(key: str, values: dict[str, Any]) -> None:
    assert told(key, values) == ""


@pytest.mark.parametrize("scenario", bundled_scenarios(), ids=lambda scenario: scenario.subject)
def test_nothing_in_what_comes_with_parallax_is_left_out(scenario: Scenario) -> None:
    assert [remark for field in FIELDS.values() for remark in field_remarks(scenario.to_json(), field)] == []

"""Every part of a scenario can be written in a field, and a field that was not touched changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.scenario import Scenario, WrittenAnswer
from components.core.script import Script
from components.design.scenario_fields import (
    ANSWER_COLUMN,
    OPTION_COLUMN,
    SCENARIO_PARTS,
    SURE_COLUMN,
    read_field,
    write_field,
)
from components.layers import ALL_PATTERNS

FIELDS = {field.key: field for part in SCENARIO_PARTS for field in part.fields}
WHOLE = Scenario(
    "Can I return shoes that I wore?",
    WrittenAnswer("Within 30 days, if you wore them **indoors** only.", 90, ("30 days | 95",)),
    "Shop", ("Are worn shoes taken back?",), WrittenAnswer("Always.", 85, ("Always | 20",)),
    (WrittenAnswer("Yes, for 30 days.", 70), WrittenAnswer("Yes.")),
    {"Indoors": WrittenAnswer("Yes.", 95), "Outdoors": WrittenAnswer("No.")},
    Script(
        missing=("where they were worn",), question="Where did you wear them?", options=("Indoors", "Outdoors", "Both"),
        sources=("Returns | Within 30 days | 30 days | https://example.com/returns", "Care"), plan=("Check | Fits",),
        steps=("Read the policy | 2 rules",), brief=("Item | shoes",), restated="You want to return shoes.",
        assumes=("Bought online | Bought in a shop",), person="Ana | Returns | Hello", why=("The policy says so",),
        thinking=("Worn shoes…",), pro=("Easy",), contra=("Takes a week",), next=("How do I send them?",),
        can=("Start a return",), cannot=("Give cash",), decisions=("Return", "Keep"),
    ),
    0.4, 25.0, 3.0,
)  # fmt: skip


def test_a_scenario_passes_through_its_fields_unchanged() -> None:
    values = WHOLE.to_json()
    for field in FIELDS.values():
        values = write_field(values, field, read_field(values, field))
    assert values == WHOLE.to_json()
    assert Scenario.from_json(json.loads(json.dumps(values))) == WHOLE


def test_every_part_of_a_scenario_has_a_field() -> None:
    values: dict[str, object] = {}
    for field in FIELDS.values():
        values = write_field(values, field, read_field(WHOLE.to_json(), field))
    assert Scenario.from_json(values) == WHOLE


def test_an_empty_scenario_has_empty_fields_and_stays_empty() -> None:
    values: dict[str, object] = {}
    for field in FIELDS.values():
        written = read_field({}, field)
        assert written in ("", [], None, field.default)
        if field.shape != "number":
            values = write_field(values, field, written)
    assert not any(value for value in values.values())


@given(st.lists(st.fixed_dictionaries({"Title": st.text(), "Passage": st.text()}), max_size=4))
def test_cells_keep_their_columns_whatever_is_typed(rows: list[dict[str, str]]) -> None:
    field = FIELDS["script-sources"]
    values = write_field({}, field, rows)
    again = read_field(values, field)
    assert write_field({}, field, again) == values
    filled = [row for row in rows if row["Title"].strip() or row["Passage"].strip()]
    assert len(again) == len(filled)
    for row, typed in zip(again, filled, strict=True):
        assert row["Title"] == " ".join(typed["Title"].strip().replace("|", "\u2223").split())


def test_an_option_without_an_answer_stays_an_option() -> None:
    rows = [{OPTION_COLUMN: "Both", ANSWER_COLUMN: "", SURE_COLUMN: None}, {OPTION_COLUMN: " ", ANSWER_COLUMN: "lost"}]
    values = write_field({}, FIELDS["replies"], rows)
    assert values["script"]["options"] == ["Both"]
    assert "replies" not in values


def test_what_is_taken_out_is_gone() -> None:
    values = write_field(WHOLE.to_json(), FIELDS["answer-doubts"], [])
    assert "doubts" not in values["answer"]
    assert "sure" not in write_field(values, FIELDS["answer-sure"], None)["answer"]


@pytest.mark.parametrize("part", SCENARIO_PARTS, ids=lambda part: part.name)
def test_the_patterns_of_a_part_exist(part: object) -> None:
    assert set(part.patterns) <= set(ALL_PATTERNS)  # type: ignore[attr-defined]

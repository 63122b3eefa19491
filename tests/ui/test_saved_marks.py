"""Answers that are sent again: a number in its range, words for a choice, and nothing else."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.explained import Explained
from components.ui.compare.saved_marks import ANSWER_RANGES, parse_answer, question_name, reported_answers

KEYS = st.sampled_from(["answers", "value", "blind", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)


@given(st.sampled_from(sorted(ANSWER_RANGES)), st.floats() | st.text(max_size=6) | st.none() | st.integers(-9, 700))
def test_a_number_is_in_its_range_or_explained(item: str, value: object) -> None:
    least, most = ANSWER_RANGES[item]
    with suppress(Explained):
        number = parse_answer(item, value)
        assert isinstance(number, float) and least <= number <= most


@given(JSON)
def test_any_report_is_read_or_explained(report: Any) -> None:
    with suppress(Explained):
        found = reported_answers(report)
        assert all(isinstance(name, str) and isinstance(blind, bool) for name, _, blind in found)


def test_questions_about_two_answers_have_two_names() -> None:
    names = {question_name(answer, key, item) for answer in ("a:1", "a:2") for key in ("A", "") for item in ("ship",)}
    assert len(names) == 4


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "101", "", None])
def test_what_is_no_share_is_no_answer_about_trust(value: object) -> None:
    with pytest.raises(Explained, match="could not be read"):
        parse_answer("trust", value)

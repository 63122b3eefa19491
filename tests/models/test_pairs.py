"""A script as a table: whatever was copied comes in, and what is taken away comes back as it was."""

import pytest

from components.core.explained import Explained
from components.models.written.script_table import pairs_csv, parse_pairs

TWO = (("Hello?", "Good morning."), ("Which one, or both?", 'She said "both".\nThen left.'))


@pytest.mark.parametrize(
    "text",
    ['Hello?,Good morning.\n"Which one, or both?","She said ""both"".\nThen left."',
     'question,ANSWER\nHello?,Good morning.\n\n"Which one, or both?","She said ""both"".\nThen left."\n',
     'Hello?\tGood morning.\n"Which one, or both?"\t"She said ""both"".\nThen left."'],
)  # fmt: skip
def test_commas_tabs_and_a_head_are_understood(text: str) -> None:
    assert parse_pairs(text) == TWO


def test_what_is_taken_away_comes_back() -> None:
    assert parse_pairs(pairs_csv(TWO)) == TWO


@pytest.mark.parametrize("text", ["", "  \n ", "one column", "a,b\nonly one"])
def test_a_table_that_is_none_is_explained(text: str) -> None:
    with pytest.raises(Explained) as error:
        parse_pairs(text)
    assert error.value.what and error.value.kept and error.value.do

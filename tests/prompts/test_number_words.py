"""Numbers in words and in figures are the same numbers."""

import pytest

from components.prompts.number_words import words_to_figures


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("twenty four hours", "24 hours"),
        ("three hundred and sixty five days", "365 days"),
        ("a hundred years", "100 years"),
        ("an hundred years", "100 years"),
        ("one hundred and one", "101"),
        ("twelve thousand three hundred", "12300"),
        ("two hundred thousand", "200000"),
        ("three million", "3000000"),
        ("zero", "0"),
        ("two three four", "2 3 4"),
        ("zero five", "0 5"),
        ("one and a half", "1 and a half"),
        ("bread and butter for two and a cat", "bread and butter for 2 and a cat"),
        ("nineteen forty five", "19 45"),
        ("60 minutes", "60 minutes"),
        ("", ""),
    ],
)
def test_a_number_in_words_becomes_a_figure(words: str, said: str) -> None:
    assert " ".join(words_to_figures(words.split())) == said

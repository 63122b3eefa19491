"""Text that a person takes for the same is the same when it is folded."""

import pytest

from components.core.text_folding import fold_text


@pytest.mark.parametrize(
    ("one", "other"), [("Résumé", "resume"), ("STRASSE", "straße"), ("ＡＢＣ", "abc"), ("ﬁne", "fine")]
)
def test_case_accents_and_width_do_not_matter(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(("one", "other"), [("a b", "ab"), ("24", "twenty-four"), ("isn't", "isnt")])
def test_spaces_figures_and_signs_do_matter(one: str, other: str) -> None:
    assert fold_text(one) != fold_text(other)

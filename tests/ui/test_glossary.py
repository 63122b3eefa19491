"""The words of Parallax: each is told once, in a sentence or two, and the pages use no others for it."""

import re

from components.core.dial_words import CHOICE_TITLES, DIAL_TITLES
from components.core.layer import dials_of
from components.layers import ALL_PATTERNS
from components.ui.shared.glossary import GLOSSARY

DIALS = [dial for kind in ALL_PATTERNS.values() for dial in dials_of(kind)]


def test_every_term_is_told_in_a_sentence_or_two() -> None:
    for term, meaning in GLOSSARY.items():
        assert meaning.endswith((".", "”.")) and 20 <= len(meaning) <= 240, term
        assert len(re.findall(r"[.?](?= |$)", meaning)) <= 3, term


def test_the_nouns_of_the_product_are_all_in_it() -> None:
    nouns = {
        "Prompt",
        "Model",
        "Recording",
        "Prototype",
        "Pattern",
        "Pane",
        "Dial",
        "Weather",
        "Scenario",
        "Calibration",
    }
    assert nouns | {"Badge legend", "Interval", "Blind"} <= set(GLOSSARY)


def test_every_dial_has_a_name_that_says_something_and_one_of_its_own_in_its_pattern() -> None:
    for kind in ALL_PATTERNS.values():
        labels = [dial.label for dial in dials_of(kind)]
        assert len(set(labels)) == len(labels), kind.__name__
    assert not {"First", "Anyway", "Redirect", "Source", "After", "Own", "Off", "Trigger"} & {d.label for d in DIALS}


def test_no_name_is_kept_for_a_dial_or_a_choice_that_is_gone() -> None:
    assert set(DIAL_TITLES) <= {dial.name for dial in DIALS}
    assert set(CHOICE_TITLES) <= {choice for dial in DIALS for choice in dial.choices}

"""What is said to be known about a pattern has a source that can be read, and no number without one."""

import re

import pytest

from components.core.layer import PEOPLE_UNKNOWN, Evidence
from components.layers import ALL_PATTERNS

PATTERNS = list(ALL_PATTERNS.values())
WITHOUT_PEOPLE = ("argued, not measured", "advice, not a study", "an analysis of search data")
EVIDENCE = [
    pytest.param(found, id=f"{kind.__name__} {n}") for kind in PATTERNS for n, found in enumerate(kind.evidence)
]


@pytest.mark.parametrize("found", EVIDENCE)
def test_evidence_names_its_source_with_a_link_or_says_that_none_was_found(found: Evidence) -> None:
    says_none = found.finding.startswith("none found")
    assert says_none or found.source
    assert bool(found.source) == bool(found.link)
    assert not found.source or re.fullmatch(r"https://[\w.-]+/\S+", found.link)
    assert says_none == (found.n is None) or any(words in found.finding for words in WITHOUT_PEOPLE)


@pytest.mark.parametrize("found", EVIDENCE)
def test_no_evidence_gives_a_number_without_a_source(found: Evidence) -> None:
    assert found.source or (found.n is None and not re.search(r"\d", found.finding))


def test_one_study_has_one_number_of_people_and_one_link_on_all_patterns() -> None:
    everything = [found for kind in PATTERNS for found in kind.evidence if found.n is not None]
    assert len({(found.source, found.n, found.link) for found in everything}) == len({f.source for f in everything})
    known = {found.source: found.n for found in everything}
    assert (known["Do 2025"], known["Fernandes 2026"], known["Nahar 2024"]) == (208, 559, 419)


def test_the_study_of_three_measures_stands_only_on_the_two_that_are_patterns_here() -> None:
    assert {kind.__name__ for kind in PATTERNS for found in kind.evidence if found.source == "Bo 2024"} == {
        "Disclaimer", "Highlighting",
    }  # fmt: skip


def test_a_study_without_a_known_number_of_people_says_so() -> None:
    assert (
        Evidence("it helped", PEOPLE_UNKNOWN, "Roe 2020", "https://example.org/roe").citation == "n not known, Roe 2020"
    )
    assert Evidence("it helped", 12, "Roe 2020", "https://example.org/roe").citation == "n = 12, Roe 2020"
    assert Evidence("none found").citation == ""

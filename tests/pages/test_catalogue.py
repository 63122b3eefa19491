"""Catalogue: every pattern plays on a scenario that suits it, and is tried in a pane of its own."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.layer import Layer
from components.layers import ALL_PATTERNS
from components.prompts.scenarios import SCENARIOS_FOLDER
from components.ui.catalogue.pattern_cards import tried_prototype
from components.ui.shared.play_cards import example_opening, pattern_card

PAGE = str(Path(__file__).parents[2] / "pages" / "catalogue.py")
KINDS = pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
PLAIN_WORDS = ("text", "end")


@KINDS
def test_each_pattern_names_a_scenario_that_is_there(kind: type[Layer]) -> None:
    assert (SCENARIOS_FOLDER / f"{kind.example.scenario}.json").exists()
    assert example_opening(kind.example.scenario, kind.example.wrong)


@KINDS
def test_a_card_plays_to_its_end_and_nothing_in_it_lacks_its_content(kind: type[Layer]) -> None:
    events = pattern_card(kind.__name__)["timeline"]["events"]
    assert events[-1]["kind"] in ("end", "failure", "question", "error")
    remarks = [event["text"] for event in events if event.get("data", {}).get("remark")]
    assert all(text.startswith("These words are scripted") for text in remarks)
    assert events[-1]["at"] < 25


@KINDS
def test_a_card_shows_more_than_words_where_the_pattern_adds_something(kind: type[Layer]) -> None:
    kinds = {event["kind"] for event in pattern_card(kind.__name__)["timeline"]["events"]}
    only_words = {"LatencyProfile", "DeliberateDelay", "DraftThenFinal", "PacedStreaming", "Streaming", "VerbalHedge",
                  "Abstain", "Instructions"}  # fmt: skip
    assert kinds - set(PLAIN_WORDS) or kind.__name__ in only_words


def test_the_cards_play_in_ten_fields() -> None:
    assert len({pattern_card(kind.__name__)["prompt"] for kind in ALL_PATTERNS.values()}) >= 9


@KINDS
def test_a_tried_pattern_has_what_a_prototype_needs(kind: type[Layer]) -> None:
    prototype = tried_prototype(kind)
    assert kind in {type(layer) for layer in prototype.layers}
    assert any(layer.releases for layer in prototype.layers)
    assert any(layer.family.label == "Failure" and not layer.retries for layer in prototype.layers)


def test_the_page_opens() -> None:
    assert not AppTest.from_file(PAGE, default_timeout=30).run().exception

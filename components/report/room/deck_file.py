"""Deck file: one HTML file that shows a deck in any browser, without a server and without a network."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from components.core.folders import PROJECT_ROOT
from components.deck.shown_deck import ShownDeck

DECK_TEMPLATE = PROJECT_ROOT / "assets" / "dist" / "deck-file.html"


def deck_page(deck: ShownDeck, name: str, timelines: Mapping[str, Mapping[str, Any]]) -> str:
    """The file for a deck and the timelines that it plays, by their ids; without notes, which are its presenter's."""
    scenes = [{**scene, "notes": ""} for scene in deck.content["shown"]]
    told = {"id": deck.id, "name": name, "phones": deck.deck.phones, "scenes": scenes, "timelines": dict(timelines)}
    values = json.dumps(told).replace("<", "\\u003c")  # nothing in it can end its script element
    before, after = DECK_TEMPLATE.read_text("utf-8").split("{{data}}")
    return before.replace("{{title}}", escape(name)) + values + after

"""Deck remarks: what keeps a scene from being shown, and what weakens what a room says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from components.deck.deck import MAX_SEQUENCE, Deck, PhoneMode, Scene
from components.deck.room_items import phone_items, tap_count
from components.deck.scene_kinds import EXPECTATION, TEXT
from components.deck.scene_panes import scene_panes
from components.prompts.packs import find_item

MAX_ASKED = 4  # things that one person is asked in one scene, before people tire


@dataclass(frozen=True)
class DeckRemark:
    """A remark on a scene: one that stops the deck from being shown, or one that warns."""

    scene: str
    text: str
    weight: Literal["stop", "warn"] = "stop"


def deck_remarks(deck: Deck) -> tuple[DeckRemark, ...]:
    """Every remark on a deck, scene by scene."""
    if not deck.scenes:
        return (DeckRemark("", "The deck has no scene yet. Add one."),)
    return tuple(remark for scene in deck.scenes for remark in scene_remarks(scene, deck.phones))


def scene_remarks(scene: Scene, phones: PhoneMode) -> Iterator[DeckRemark]:
    """The remarks on one scene."""
    kind = scene.kind_row
    if kind.name == TEXT and not (scene.title.strip() or scene.text.strip()):
        yield DeckRemark(scene.key, "There is neither a title nor a text.")
    if not kind.plays:
        return
    panes, least = len(scene_panes(scene)), 1 if kind.name in ("side", EXPECTATION) else 2
    if not scene.prototypes:
        yield DeckRemark(scene.key, "Choose a prototype.")
    elif not scene.tasks:
        yield DeckRemark(scene.key, "Choose a question.")
    elif panes < least:
        yield DeckRemark(scene.key, LACKING[kind.varies])
    second = find_item(scene.tasks[1].question) if kind.varies == "question" and len(scene.tasks) > 1 else None
    if second and not second.mess:
        yield DeckRemark(scene.key, "The screen calls the second question messy, and it is put cleanly.", "warn")
    if kind.name == EXPECTATION and len(scene.tasks) > MAX_SEQUENCE:
        yield DeckRemark(scene.key, f"Only the first {MAX_SEQUENCE} questions are played.", "warn")
    if scene.plays_live and "felt" in scene.asked:
        yield DeckRemark(
            scene.key, "Nobody knows beforehand how long a live answer takes: do not ask for felt seconds."
        )
    if max((len(items) for items in phone_items(scene).values()), default=0) > MAX_ASKED:
        taps = tap_count(scene, phones)
        yield DeckRemark(
            scene.key, f"A person has to tap {taps} times here. Ask less: {MAX_ASKED} things are soon said.", "warn"
        )
    if "trust" in scene.asked and "choice" in scene.asked and not kind.blind and panes > 1:
        yield DeckRemark(scene.key, "Names are on the screen while people rate: some rate the name.", "warn")


LACKING = {
    "prototype": "Choose another prototype to compare with.", "wait": "Name two waits, or more.",
    "question": "Choose two questions: a clean one and a messy one.",
    "outcome": "Choose a question that has a wrong answer too.", "sequence": "Choose the questions.",
}  # fmt: skip

"""Decks: one is begun that can be shown as it stands, its scenes are changed, and each change can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.deck.deck import Deck
from components.deck.deck_remarks import deck_remarks
from components.layers import ALL_PATTERNS
from components.prompts.packs import find_item
from components.server.app_context import app_context
from components.store import Store, WorkQuery
from components.store.works import DECK
from components.ui.decks.open_deck import WRITTEN_MESS, filled_scene
from tests.must_have import must_have

PAGE = str(Path(__file__).parents[2] / "pages" / "decks.py")


@pytest.fixture(autouse=True)
def own_home(own_data_folder: Path) -> Iterator[None]:
    app_context.cache_clear()
    yield
    app_context().close()
    app_context.cache_clear()


def store() -> Store:
    return app_context().store


def opened(work: str = "") -> AppTest:
    """The page, with a deck where one is named."""
    page = AppTest.from_file(PAGE, default_timeout=60)
    if work:
        page.query_params["work"] = work
    page.run()
    assert not page.exception and not page.error
    return page


def kept(work: str) -> Deck:
    found = store().work(work)
    step = store().work_step(work, found.step) if found else None
    assert step is not None
    return Deck.from_json(step.content, ALL_PATTERNS)


def test_a_new_deck_can_be_shown_as_it_stands_and_a_scene_that_is_taken_out_comes_back() -> None:
    page = opened()
    assert any("without a model or a network" in caption.value for caption in page.caption)
    page.button(key="deck-new").click().run()
    [work] = store().find_works(WorkQuery("", kind=DECK)).works
    first = kept(work.id)
    assert len(first.scenes) == 7 and not [remark for remark in deck_remarks(first) if remark.weight == "stop"]
    page = opened(work.id)
    page.button(key="deck-present").click().run()
    assert [("/stage/" in link.proto.url) for link in page.get("link_button")] == [True, True]
    page.button(key="deck-move-1-s2").click().run()
    assert [scene.key for scene in kept(work.id).scenes[:3]] == ["s1", "s3", "s2"]
    page.button(key="deck-out-s3").click().run()
    assert "s3" not in kept(work.id).by_key and not page.exception
    page.button(key="deck-undo").click().run()
    page.button(key="deck-undo").click().run()
    assert kept(work.id) == first
    page.button(key="deck-redo").click().run()
    assert [scene.key for scene in kept(work.id).scenes[:3]] == ["s1", "s3", "s2"]


def test_a_name_that_is_too_long_is_explained_and_stays_in_its_box() -> None:
    page = opened()
    page.button(key="deck-new").click().run(timeout=60)
    [field] = [field for field in page.text_input if field.label == "Name of the deck"]
    field.set_value("A night out " * 11).run(timeout=60)
    [field] = [field for field in page.text_input if field.label == "Name of the deck"]
    assert field.value == "A night out " * 11 and "131 characters long" in page.error[0].value
    field.set_value("A night out").run(timeout=60)
    assert not page.error and [found.name for found in store().find_works(WorkQuery("", kind=DECK)).works] == [
        "A night out"
    ]


def test_messy_against_clean_begins_with_a_question_and_the_same_as_people_write_it() -> None:
    clean, messy = filled_scene("s9", "messy").tasks
    items = [must_have(find_item(task.question)) for task in (clean, messy)]
    assert items[1].clean == items[0].id and not items[0].mess and items[1].mess in WRITTEN_MESS
    assert clean.right and not clean.wrong and messy.wrong and not messy.right
    swapped = Deck((replace(filled_scene("s9", "messy"), tasks=(messy, clean)),))
    assert any("is put cleanly" in remark.text for remark in deck_remarks(swapped))


def test_the_language_of_the_projector_is_chosen_kept_and_taken_back() -> None:
    opened().button(key="deck-new").click().run()
    [work] = store().find_works(WorkQuery("", kind=DECK)).works
    page = opened(work.id)
    page.button_group(key=f"deck-language-{work.id}-0").set_value("ar").run()
    assert kept(work.id).language == "ar" and not page.exception
    page.button(key="deck-undo").click().run()
    assert kept(work.id).language == "en"

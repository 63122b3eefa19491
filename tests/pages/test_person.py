"""The page of a colleague who is taken for the model: what is asked comes there, and what they type is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.prompt import Prompt
from components.models.source import Settings, Source
from components.server.app_context import app_context
from components.store import Store
from components.ui.models.model_fields import PERSON_LABEL
from components.ui.person.person_page import next_sentence
from tests.pages import test_models as models

PAGE = str(Path(__file__).parents[2] / "pages" / "person.py")
DESK = "desk-of-the-tests"
HOSTILE = "Is **this** <b>so</b>? [x](http://x.example)"


@pytest.fixture(autouse=True)
def own_context() -> Iterator[None]:
    app_context.cache_clear()
    yield
    app_context().close()
    app_context.cache_clear()


def opened(desk: str = DESK) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["desk"] = desk
    page.run()
    assert not page.exception
    return page


def pressed(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def test_a_question_comes_and_its_answer_is_sent_piece_by_piece(own_data_folder: Path) -> None:
    store = Store.open(own_data_folder)
    store.keep_model(Source("person", DESK), Settings(), "Ada")
    page = opened()
    assert "Nothing is asked at the moment" in page.markdown[0].value and store.is_desk_attended(DESK)
    id = store.ask_desk(DESK, Prompt.from_typed(HOSTILE))
    store.keep_draft(id, "It is. It was. And so on")
    page.run()
    assert [one.value for one in page.text] == [HOSTILE, "It is. It was. And so on"]
    page.chat_input[0].set_value("  Well ").run()
    pressed(page, "person-take")
    pressed(page, "person-next")
    assert page.text_area[0].value == " It was. And so on"
    page.text_area[0].set_value(" It never was.").run()
    pressed(page, "person-all")
    pressed(page, "person-paragraph")
    pressed(page, "person-done")
    lines = store.open_questions(DESK)[0].lines
    assert [(line.kind, line.text) for line in lines] == [
        ("phrase", "Well"), ("phrase", "It is."), ("phrase", "It never was."), ("paragraph", ""), ("done", ""),
    ]  # fmt: skip
    assert "You ended this answer" in page.caption[-1].value and not page.chat_input and not page.text_area
    store.close_question(id)
    again = store.ask_desk(DESK, Prompt.from_typed("And now?"))
    page.run()
    assert page.text[0].value == "And now?" and page.chat_input
    store.close_question(again)
    page.chat_input[0].set_value("Too late").run()
    assert "Nobody waits for this answer" in page.error[0].value and page.error[0].value.endswith("Too late")


@pytest.mark.parametrize(
    "pasted", ["word " * 4_000, "x" * 20_000, "line\n" * 3_000], ids=["words", "one word", "lines"]
)
def test_a_long_text_is_sent_whole_however_it_comes(own_data_folder: Path, pasted: str) -> None:
    store = Store.open(own_data_folder)
    store.keep_model(Source("person", DESK), Settings(), "Ada")
    id = store.ask_desk(DESK, Prompt.from_typed("So?"))
    store.keep_draft(id, pasted)
    page = opened()
    page.chat_input[0].set_value(pasted).run()
    assert not page.error and "".join(store.open_questions(DESK)[0].text.split()) == "".join(pasted.split())
    pressed(page, "person-take")
    assert (page.text_area[0].value or "").rstrip() == pasted.rstrip()


def test_a_link_to_no_desk_is_explained() -> None:
    for desk in ("", "unknown-desk", "%' OR 1=1 --"):
        page = opened(desk)
        assert "leads to nobody" in page.error[0].value and not page.chat_input


def test_a_colleague_is_added_as_a_model_and_edited_without_another_link(own_data_folder: Path) -> None:
    page = models.filled(models.opened(PERSON_LABEL), ("wire-name", "Ada"), ("wire-drafter", "first"))
    [drafters] = [box for box in page.selectbox if box.key == "wire-drafter"]
    assert len(drafters.options) > 1 and not any("\\" in label for label in drafters.options)
    models.pressed(page)
    model = models.kept(own_data_folder, page)
    assert (model.source.kind, model.source.model, model.name) == ("person", "first", "Ada")
    assert any(f"/person?desk={model.source.where}" in one.value for one in page.code)
    assert any("Nobody has the page open yet" in one.value for one in page.caption)
    opened(model.source.where)
    page.run()
    assert any("Somebody has the page open" in one.value for one in page.caption)
    models.pressed(page, f"edit-{model.id}")
    models.pressed(models.filled(page, ("wire-drafter", "")))
    again = models.kept(own_data_folder, page)
    assert (again.source.where, again.source.model, again.version) == (model.source.where, "", 2)


def test_a_sentence_ends_where_one_ends() -> None:
    assert next_sentence("It is. It was.") == ("It is.", " It was.")
    assert next_sentence("At 3.5 s, really?! Yes") == ("At 3.5 s, really?!", " Yes")
    assert next_sentence("One\nTwo") == ("One", "\nTwo") and next_sentence("\nTwo") == ("\nTwo", "")
    assert next_sentence("是。不是。") == ("是。", "不是。") and next_sentence("") == ("", "")

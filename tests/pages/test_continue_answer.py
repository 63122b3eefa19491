"""Continue answer: on Compare, the model that gave a cut answer goes on with it, and the whole is kept and plays."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Message, Prompt
from components.core.recording import Recording
from components.models.generation import Generation
from components.models.written.paced_model import PacedModel
from components.models.written.scripted_model import scripted_events
from components.server.app_context import app_context
from components.ui.shared.samples import starting_prototypes

PAGE = str(Path(__file__).parents[2] / "pages" / "compare.py")
SMALL, OTHER = Card("Small", "local"), Card("Other", "local")
ASKED = Prompt((Message("user", "How long does rice keep?"),))


class SmallModel(PacedModel):
    """A model that says a few words at once."""

    card = SMALL

    def events_for(self, generation: Generation) -> Iterable[Event]:
        """The rest, where the beginning was given."""
        return scripted_events(" two" if generation.prompt.partial == "One" else "One", first=0.0, gap=0.0)


@pytest.fixture(autouse=True)
def own_context(own_data_folder: Path) -> Iterator[None]:
    app_context.cache_clear()
    app_context().models._models[""] = SmallModel()
    yield
    app_context().close()
    app_context.cache_clear()


def opened(card: Card, ends: str = "length") -> AppTest:
    """Compare with an answer of one word that ended so."""
    answer = Recording(ASKED, card, scripted_events("One", ends=ends))
    store = app_context().store
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["answer"] = store.keep_recording(answer)
    page.query_params["a"] = store.keep_prototype(starting_prototypes()[0])
    page.run()
    assert not page.exception
    return page


def test_the_model_that_gave_a_cut_answer_goes_on_and_the_whole_is_on_screen() -> None:
    page = opened(SMALL)
    page.button(key="continue-begin").click().run()
    for _ in range(50):
        if not [button for button in page.button if button.key == "continue-stop"]:
            break
        page.run()
    kept = app_context().store.recordings_for(ASKED.id)
    assert [recording.text for recording in kept] == ["One", "One two"]
    assert kept[-1].card.settings["continued_at"] == [kept[0].seconds]
    assert not any("length limit" in caption.value for caption in page.caption) and not page.error


def test_a_cut_answer_is_told_between_the_panes_and_what_stands_below_them() -> None:
    def parts(page: AppTest) -> list[str]:
        return [json.loads(part.proto.json)["part"] for part in page.get("bidi_component")]

    assert parts(opened(SMALL))[:2] == ["player", "below"]
    assert "below" not in parts(opened(SMALL, "stop"))


def test_where_its_model_cannot_be_asked_a_cut_answer_says_so() -> None:
    page = opened(OTHER)
    assert any("which gave it" in caption.value for caption in page.caption)
    assert not [button for button in page.button if button.key == "continue-begin"]


def test_a_whole_answer_offers_nothing() -> None:
    assert not any("length limit" in caption.value for caption in opened(SMALL, "stop").caption)

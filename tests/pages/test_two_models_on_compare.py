"""Compare with a model of its own in a pane: how it is chosen, what the page says of it, and what a link keeps."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.core.card import Card
from components.core.event import Event
from components.core.own_model import model_of_card
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.compare import Comparison
from components.layers.delivery.streaming import Streaming
from components.models.generation import Generation
from components.models.source import Settings, Source
from components.models.written.paced_model import PacedModel
from components.models.written.scripted_model import scripted_events
from components.server.app_context import app_context
from components.ui.shared import pane_answers, player, screen
from components.ui.shared.state import PageState

PAGE = str(Path(__file__).parents[2] / "pages" / "compare.py")
ASKED = Prompt.from_typed("How long does rice keep?")
PLAIN = Prototype("Plain", (Streaming(),))
FIRST, SECOND = Card("First", "local"), Card("Second", "local")


class Named(PacedModel):
    """A model of this name, which is not asked here."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.named = card

    @property
    def card(self) -> Card:
        """Its name."""
        return self.named

    def events_for(self, generation: Generation) -> Iterable[Event]:
        """Nothing that matters."""
        return scripted_events("Yes.")


@pytest.fixture(autouse=True)
def wired(own_data_folder: Path) -> Iterator[str]:
    """Two models that can be asked; the id of the second."""
    app_context.cache_clear()
    models, store = app_context().models, app_context().store
    id = store.keep_model(Source("endpoint", "http://127.0.0.1:9/v1", "second"), Settings(), "Second")
    models._models.update({"": Named(FIRST), id: Named(SECOND)})
    yield id
    app_context().close()
    app_context.cache_clear()


def answered(card: Card, words: str) -> str:
    return app_context().store.keep_recording(Recording(ASKED, card, scripted_events(words)))


def opened(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params.update(query)
    page.session_state["parallax"] = PageState(rater="a-rater-of-the-tests", open="B")
    page.run()
    assert not page.exception and not page.error
    return page


def beside() -> AppTest:
    """Two panes of the same prototype, on what the first model said, with the dials of B open."""
    prototype = app_context().store.keep_prototype(PLAIN)
    return opened(answer=answered(FIRST, "Four days."), a=prototype, b=prototype)


def given(page: AppTest) -> dict[str, Any]:
    told: list[dict[str, Any]] = [json.loads(part.proto.json) for part in page.get("bidi_component")]
    [values] = [values for values in told if "panes" in values]
    return values


def choose_second(page: AppTest) -> dict[str, Any]:
    [box] = [box for box in page.selectbox if box.label == "Model"]
    [value] = [value for value in box.proto.options if value.startswith("Second")]
    box.set_value(next(v for v in offered(page) if "Second" in v)).run()
    assert value and not page.exception and not page.error
    return given(page)


def offered(page: AppTest) -> list[str]:
    second = next(iter(model.id for model in app_context().store.models()))
    return ["", json.dumps(model_of_card(SECOND, second).to_json(), sort_keys=True)]


def said(data: dict[str, Any], pane: int) -> str:
    return "".join(e.get("text", "") for e in data["panes"][pane]["timeline"]["events"] if e["kind"] == "text")


def test_another_models_recorded_answer_is_put_beside_and_the_page_says_so() -> None:
    answered(SECOND, "Six days.")
    page = beside()
    assert given(page)["lead"][0] == "One answer, two experiences"
    data = choose_second(page)
    assert (said(data, 0), said(data, 1)) == ("Four days.", "Six days.")
    assert [pane["model"] for pane in data["panes"]] == ["First", "Second"]
    assert data["lead"][0] == "The same question, two models" and "is the same" in data["lead"][1]
    again = opened(**{name: str(value) for name, value in page.query_params.items()})
    assert [said(given(again), n) for n in (0, 1)] == ["Four days.", "Six days."]


def test_a_pane_whose_model_has_not_answered_says_so_and_both_are_asked_live(wired: str) -> None:
    page = beside()
    data = choose_second(page)
    assert said(data, 1) == "" and "B has no answer to it yet" in data["lead"][1]
    ticket = app_context().tickets.take(data["live"]["token"])
    assert ticket is not None and ticket.models == ("", wired) and dict(ticket.others) == {"B": wired}
    assert data["live"]["model"].startswith("First") and data["live"]["model"].endswith("and Second")


def test_both_live_answers_are_put_into_their_panes(monkeypatch: pytest.MonkeyPatch) -> None:
    page = beside()
    choose_second(page)
    compare = page.session_state["parallax"].history.current
    live = Prompt.from_typed("And pasta?")
    one, two = (Recording(live, card, scripted_events(card.name)) for card in (FIRST, SECOND))
    ids = [app_context().store.keep_recording(recording) for recording in (one, two)]
    changed: list[Comparison] = []
    monkeypatch.setattr(screen, "current_comparison", lambda: compare)
    monkeypatch.setattr(screen, "change_comparison", changed.append)
    kept = {"recording": ids[0], "instead": [compare.recording.id], "answers": {"A": ids[0], "B": ids[1]}}
    player.use_live_answer(kept)
    assert {key: recording.text for key, recording in changed[0].pane_answers.items()} == {"A": "First", "B": "Second"}


def test_who_rates_blind_is_not_told_which_models_they_are() -> None:
    answered(SECOND, "Six days.")
    page = beside()
    choose_second(page)
    state = page.session_state["parallax"]
    state.open = ""
    state.revealed.clear()
    blind = pane_answers.hidden_authors(state.history.current, reveal=False)
    assert blind["recording"]["model"] == "two answers"

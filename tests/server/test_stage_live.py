"""A live scene: its model answers while the room watches, and the moment it dies or hangs the stage is told."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.deck.deck import Deck, Scene
from components.deck.deck_remarks import deck_remarks
from components.deck.shown_deck import compile_deck
from components.layers import ALL_PATTERNS
from components.models.generation import Generation
from components.models.written.paced_model import PacedModel
from components.models.written.scripted_model import scripted_events
from components.server.app_context import AppContext, app_context
from components.server.room import stage_live
from components.server.room.room_routes import room_app
from components.store.room_records import DeckRecord
from tests.server.rooming import BOTH, RIGHT, TASK

WHOLE = scripted_events("It has eight legs.", 0.02, 0.01)
DIES = (*WHOLE[:2], Event(0.05, "error", "ConnectionError", {"fault": "cut"}))
HANGS = (*WHOLE[:2], Event(30.0, "end", data={"reason": "stop"}))
LATE = (Event(30.0, "end", data={"reason": "stop"}),)


class GivenModel(PacedModel):
    """Says these events, whatever it is asked."""

    def __init__(self, events: Iterable[Event]) -> None:
        super().__init__()
        self.events = tuple(events)

    @property
    def card(self) -> Card:
        return Card("Given", "scripted", "1")

    def events_for(self, generation: Generation) -> Iterable[Event]:
        return self.events


def live_deck() -> Deck:
    scene = Scene("l", "side", "Live", prototypes=BOTH, tasks=(TASK,), asked=("choice",), live=True)
    return Deck((scene, Scene("s", "side", "Kept", prototypes=BOTH, tasks=(TASK,))))


@pytest.fixture
def asked(own_data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """What a stage hears of the live scene when this model is behind it."""
    monkeypatch.setenv("PARALLAX_SECRET", "s" * 32)
    monkeypatch.setattr(stage_live, "BEGIN_PATIENCE_S", 0.4)
    monkeypatch.setattr(stage_live, "HANG_PATIENCE_S", 0.2)
    app_context.cache_clear()
    shown = compile_deck(live_deck(), lambda _: [RIGHT])
    app_context().store.keep_deck(DeckRecord(shown.id, "work", "Live", shown.content), shown.timelines)
    headers = {"x-parallax-stage": app_context().rooms.stage_path(shown.id).split("/")[-1]}
    with TestClient(room_app()) as client:

        def ask(model: PacedModel | Explained, scene: str = "l") -> Any:
            def acquire(*_: object) -> PacedModel:
                if isinstance(model, Explained):
                    raise model
                return model

            monkeypatch.setattr(AppContext, "acquire", acquire)
            monkeypatch.setattr(AppContext, "model_name", lambda *_: "Given")
            answer = client.post("/stage/api/live", json={"scene": scene}, headers=headers)
            if answer.status_code != 200:
                return answer.json()
            return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]

        yield ask
    app_context().close()
    app_context.cache_clear()


def test_a_model_that_answers_is_named_heard_in_every_pane_and_kept(asked: Any) -> None:
    heard = asked(GivenModel(WHOLE))
    assert heard[0] == {"kind": "model", "name": "Given"} and heard[-1] == {"kind": "over"}
    said = {key: "".join(part.get("text", "") for part in heard if part.get("pane") == key) for key in "AB"}
    assert said["A"] == said["B"] == "It has eight legs."
    assert app_context().store.models_recorded() == {"Given": 1}


@pytest.mark.parametrize(
    ("events", "why"), [(DIES, "broke off"), (HANGS, "stopped answering"), (LATE, "did not begin")],
    ids=["dies", "hangs", "never begins"],
)  # fmt: skip
def test_a_model_that_fails_is_left_at_once_with_the_reason(events: tuple[Event, ...], why: str, asked: Any) -> None:
    heard = asked(GivenModel(events))
    assert heard[-1]["kind"] == "fell" and why in heard[-1]["what"]
    assert not [part for part in heard if part["kind"] == "failure"]  # the recording plays in place of an error


def test_no_model_and_no_live_scene_are_sentences(asked: Any) -> None:
    assert asked(Explained("The model was put away.", do="Bring it back."))["what"] == "The model was put away."
    assert asked(GivenModel(WHOLE), "s")["code"] == asked(GivenModel(WHOLE), "x")["code"] == "garbled"


def test_a_live_scene_is_kept_as_one_and_does_not_ask_for_seconds_that_nobody_knows() -> None:
    deck = live_deck()
    assert Deck.from_json(json.loads(json.dumps(deck.to_json())), ALL_PATTERNS) == deck
    assert not deck_remarks(deck)
    felt = replace(deck.scenes[0], asked=("felt",))
    assert [remark.weight for remark in deck_remarks(deck.with_scene(felt))] == ["stop"]
    assert "live" not in deck.scenes[1].to_json()  # decks of before keep their ids

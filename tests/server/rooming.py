"""A server that rooms meet at, a deck for it, and a scripted phone that speaks as the page does."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from components.core.prototype import Prototype
from components.core.scenario import Scenario, WrittenAnswer
from components.deck.deck import Deck, PhoneMode, Scene
from components.deck.shown_deck import ShownDeck, compile_deck
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.server.access.security_headers import SecurityHeaders
from components.server.app_context import app_context
from components.server.participate.take_door import TakeDoor
from components.server.room.room_pages import ROOM_ENTRANCE, ROOM_PREFIXES
from components.server.room.room_routes import ROOM_NEWCOMERS, room_app
from components.server.room.served_decks import FRESH_S
from components.store.room_records import DeckRecord
from components.study.study import Task

SCENARIO = Scenario(
    "How many legs has a spider?",
    WrittenAnswer("A spider has eight legs, in four pairs."),
    wrong=WrittenAnswer("A spider has six legs, like all insects."),
    first=0.2, rate=40.0,
)  # fmt: skip
RIGHT, WRONG = SCENARIO.recordings("right")[0], SCENARIO.recordings("wrong")[0]
BOTH = (Prototype("All at once", (Blocking(),)), Prototype("Word by word", (Streaming(),)))
TASK = Task(SCENARIO.question, RIGHT.id, WRONG.id)


def small_deck(phones: PhoneMode = "own") -> Deck:
    """A title, a blind choice, right against wrong, a check of two answers, and what came of it."""
    return Deck(
        (
            Scene("t", "text", "Legs", "Count them."),
            Scene("b", "blind", "Which one?", notes="Ask who saw it.", prototypes=BOTH, tasks=(TASK,),
                  asked=("felt", "choice")),
            Scene("w", "trust", "One is wrong", prototypes=BOTH[1:], tasks=(TASK,), asked=("trust", "accept")),
            Scene("e", "expectation", "How often?", prototypes=BOTH[1:],
                  tasks=(replace(TASK, wrong=""), replace(TASK, right=""))),
            Scene("r", "results", "What we said"),
        ),
        phones,
    )  # fmt: skip


def keep_small_deck(phones: PhoneMode = "own") -> ShownDeck:
    """The small deck, kept to be shown."""
    shown = compile_deck(small_deck(phones), lambda id: [one for one in (RIGHT, WRONG) if one.id == id])
    app_context().store.keep_deck(DeckRecord(shown.id, "work", "Spiders", shown.content), shown.timelines)
    return shown


@contextmanager
def served_rooms() -> Iterator[str]:
    """The address of a real server with the routes of rooms and stages behind their door."""
    door = Middleware(
        TakeDoor, take_app=room_app(), prefixes=ROOM_PREFIXES, newcomers=ROOM_NEWCOMERS, entrance=ROOM_ENTRANCE
    )
    app = Starlette(middleware=[Middleware(SecurityHeaders), door])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


class Desk:
    """The presenter: a stage's link, and the room that it opened."""

    def __init__(self, client: httpx.Client, deck: str) -> None:
        self.client, self.headers = client, {"x-parallax-stage": app_context().rooms.stage_path(deck).split("/")[-1]}
        self.entry: dict[str, Any] = {}

    def open(self) -> dict[str, Any]:
        self.entry = self.post("room", room=self.entry.get("room", "")).json()
        return self.entry

    def go(self, scene: str, beat: int) -> httpx.Response:
        return self.post("move", room=self.entry["room"], scene=scene, beat=beat)

    def state(self) -> dict[str, Any]:
        """How the room stands, with all that came until now."""
        time.sleep(FRESH_S)
        return dict(self.get("state").json())

    def post(self, path: str, **values: Any) -> httpx.Response:
        return self.client.post(f"/stage/api/{path}", json=values, headers=self.headers)

    def get(self, path: str, **values: Any) -> httpx.Response:
        asked = {"room": self.entry.get("room", ""), **values}
        return self.client.get(f"/stage/api/{path}", params=asked, headers=self.headers)


class Phone:
    """Somebody in the room: keeps an id and a ticket, as the page does."""

    def __init__(self, client: httpx.Client, code: str) -> None:
        self.client, self.code, self.id, self.ticket = client, code, secrets.token_urlsafe(12), ""

    def join(self) -> httpx.Response:
        answer = self.client.post("/r/api/join", json={"code": self.code, "id": self.id})
        self.ticket = answer.json().get("ticket", "")
        return answer

    def vote(self, step: str, items: dict[str, Any], id: str = "", **more: Any) -> httpx.Response:
        body = {"id": id or secrets.token_urlsafe(12), "step": step, "data": {"items": items, **more}}
        return self.client.post("/r/api/votes", json=body, headers=self.headers)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(f"/r/api/{path}", headers={**self.headers, **headers})

    @property
    def headers(self) -> dict[str, str]:
        return {"x-parallax-ticket": self.ticket}

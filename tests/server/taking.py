"""A server that people take part in studies at, and one scripted participant who speaks as the page does."""

import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from components.server.access.security_headers import SecurityHeaders
from components.server.participate.take_door import TakeDoor
from components.server.participate.take_routes import take_app
from tests.server.made_study import MadeLink


@contextmanager
def served_door(port: int = 0) -> Iterator[str]:
    """The address of a real server with the participants' routes behind their door."""
    door = Starlette(middleware=[Middleware(SecurityHeaders), Middleware(TakeDoor, take_app=take_app())])
    server = uvicorn.Server(uvicorn.Config(door, port=port, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


class Person:
    """A participant: keeps an id, a ticket and what is done, as the page does."""

    def __init__(self, client: httpx.Client, link: MadeLink, params: Mapping[str, str] | None = None) -> None:
        self.client, self.link, self.params = client, link.path.rpartition("/")[2], dict(params or {})
        self.right = link.right
        self.id, self.ticket = secrets.token_urlsafe(12), ""
        self.steps: list[dict[str, Any]] = []
        self.done: list[str] = []

    def begin(self, **more: Any) -> dict[str, Any]:
        values = {"link": self.link, "ticket": self.ticket, "params": self.params, "preview": False, **more}
        return self.take_in(self.post("begin", values))

    def join(self, **more: Any) -> httpx.Response:
        values = {"link": self.link, "id": self.id, "params": self.params, "browser": {"language": "en"}, **more}
        answer = self.post("join", values)
        self.take_in(answer)
        return answer

    def take_in(self, answer: httpx.Response) -> dict[str, Any]:
        values: dict[str, Any] = answer.json()
        if "steps" in values and "ticket" in values:
            self.ticket, self.steps, self.done = values["ticket"], values["steps"], values["done"]
        return values

    def answer(self, step: str, id: str = "", items: Mapping[str, Any] | None = None) -> httpx.Response:
        found = next(one for one in self.steps if one["id"] == step)
        body = {
            "id": id or secrets.token_urlsafe(12),
            "step": step,
            "tab": "t1",
            "data": answer_data(found, {**self.right, **(items or {})}),
        }
        return self.post("answers", body)

    def walk(self) -> dict[str, Any]:
        """Answer everything that is left; what the server said last."""
        said: dict[str, Any] = {}
        for step in self.steps:
            if step["id"] not in self.done:
                said = self.answer(step["id"]).json()
        return said

    def leave(self) -> httpx.Response:
        return self.post("leave", {})

    def state(self) -> httpx.Response:
        return self.client.get("/take/api/state", headers={"x-parallax-ticket": self.ticket})

    def post(self, name: str, values: Any) -> httpx.Response:
        return self.client.post(f"/take/api/{name}", json=values, headers={"x-parallax-ticket": self.ticket})


def given_value(item: Mapping[str, Any]) -> Any:
    """An answer to an item."""
    match item["kind"]:
        case "slider":
            return 62
        case "scale":
            return item.get("least", 1) + 3
        case "choice" | "accept":
            return item["options"][0]["value"]
    return 3.5 if item["kind"] == "seconds" else "Because it is."


def answer_data(step: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What a page sends for a step; `given` are values by the names of items."""
    asked = [*step.get("items", ()), *([step["first"]] if "first" in step else ()), *step.get("after", ())]
    values = {item["name"]: given.get(item["name"], given_value(item)) for item in asked}
    data: dict[str, Any] = {
        "items": values, "took": {"shown_ms": 0.0, "first_ms": 812.4, "answered_ms": 4021.7},
        "frame_ms": 16.7, "signs": {"keys": 0, "pastes": 0, "untrusted": 0, "webdriver": False, "trap": ""},
        "page": {"hidden_ms": 0, "hides": 0, "pagehides": 0, "resizes": 0, "width": 390, "height": 844, "zoom": 1},
    }  # fmt: skip
    if step["kind"] in ("trial", "practice"):
        data["play"] = [
            {"pane": pane["key"], "painted": [[n * 20, n * 20 + 9] for n in range(60)]} for pane in step["panes"]
        ]
        data["acts"] = [{"at_ms": 3000.1, "pane": "A", "act": "stop"}]
    return data


def body_bytes(values: Any) -> bytes:
    """JSON as a browser sends it."""
    return json.dumps(values, separators=(",", ":")).encode()

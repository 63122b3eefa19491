"""A scripted model that speaks in real time, and a real server with the proxy in front of it."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.models.generation import Generation
from components.server.routes import server_routes

ASKED: Any = [{"role": "user", "content": "Tell me a story."}]
TOKEN = "a-token-for-the-tests"
CARD = Card("Scripted model", "scripted", settings={"temperature": 0.2, "max_tokens": 200})


class Speaking:
    """Says the same to everybody, a token each `gap` seconds; `asked` remembers what it was asked."""

    def __init__(self, events: Sequence[Event], gap: float = 0.002) -> None:
        self.events, self.gap = events, gap
        self.card = CARD
        self.asked: list[Prompt] = []
        self.made: list[Generation] = []

    @property
    def making(self) -> tuple[Generation, ...]:
        return tuple(generation for generation in self.made if not generation.done)

    def check(self) -> None:
        return

    def close(self) -> None:
        for generation in self.made:
            generation.stop()

    def ask(self, prompt: Prompt) -> Generation:
        self.asked.append(prompt)
        made = Generation(prompt, lambda made: made.add(Event(made.elapsed, "end", data={"reason": "stopped"})))
        self.made.append(made)
        threading.Thread(target=self.speak, args=(made,), daemon=True).start()
        return made

    def speak(self, made: Generation) -> None:
        made.begin(time.monotonic())
        for event in self.events:
            time.sleep(self.gap)
            made.add(event.with_time(made.elapsed))


@contextmanager
def served() -> Iterator[str]:
    """The address of a real server with all of Parallax's own routes."""
    config = uvicorn.Config(Starlette(routes=server_routes()), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


@contextmanager
def asking(address: str, stream: bool, headers: dict[str, str]) -> Iterator[None]:
    """Ask by hand, and go away without having read the answer."""
    body = json.dumps({"model": CARD.name, "messages": ASKED, "stream": stream})
    told = {"Host": "x", "Authorization": f"Bearer {TOKEN}", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as line:
        line.sendall(f"POST /v1/chat/completions HTTP/1.1\r\n{head}\r\n{body}".encode())
        yield


def gather(answer: httpx.Response, came: list[bytes]) -> None:
    for part in answer.iter_bytes():
        came.append(part)


def until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.005)

"""How many bytes an answer costs on its way to the browser, by its length. Run: python -m tests.bench.bytes"""

import json
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.models.generation import Generation
from components.server.app_context import app_context
from components.server.live.tickets import Ticket
from components.server.routes import TOKEN_HEADER, server_routes
from components.store import Store
from components.ui.shared.samples import starting_prototypes
from tests.bench.server import chromium, running

LENGTHS = (250, 500, 1000, 2000)
WORDS = ("The", " sea", " is", " deep", " and", " wide", ",", " nobody", " knows", ".\n\n")


def made(length: int) -> Recording:
    """An answer of so many tokens, 50 a second, written for this bench."""
    tokens = [Event(n / 50, "token", WORDS[n % 10], {"logprob": -0.5, "alternatives": []}) for n in range(length)]
    end = Event(length / 50, "end", data={"reason": "stop"})
    return Recording(
        Prompt.from_typed(f"Tell {length}"), Card("Made for the bench", "scripted"), (*tokens, end), "2026-01-01"
    )


def filled(folder: Path) -> None:
    """The answers and the three prototypes of the first screen, in the store."""
    store = Store.open(folder)
    for length in LENGTHS:
        store.keep_recording(made(length))
    for prototype in starting_prototypes():
        store.keep_prototype(prototype)
    store.close()


def replayed(browser: Browser, address: str, length: int) -> int:
    """Bytes over the page's socket from opening the comparison to the end of one play."""
    page = browser.new_context().new_page()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    sizes: list[int] = []
    line.on(
        "Network.webSocketFrameReceived", lambda frame: sizes.append(len(frame["response"]["payloadData"]) * 3 // 4)
    )
    panes = "&".join(f"{letter}={proto.id}" for letter, proto in zip("abc", starting_prototypes(), strict=True))
    page.goto(f"{address}/compare?answer={made(length).id}&{panes}&weather=Fast%20hosted%20model")
    page.get_by_role("button", name="Play", exact=True).click(timeout=30_000)
    page.get_by_text("Play the panes once").wait_for(state="hidden", timeout=120_000)
    page.context.close()
    return sum(sizes)


class Instant:
    """A model that has its answer at once."""

    card = Card("Made for the bench", "scripted")

    def __init__(self, recording: Recording) -> None:
        self.recording = recording

    def check(self) -> None:
        """Nothing can be missing."""

    def ask(self, prompt: Prompt) -> Generation:
        """A generation that is done."""
        generation = Generation(prompt, lambda _: None)
        generation.begin(0.0)
        for event in self.recording.events:
            generation.add(event)
        return generation

    def close(self) -> None:
        """Nothing to end."""


def live(length: int) -> int:
    """Bytes of a live answer's stream, three panes on it."""
    app_context().models._models[""] = Instant(made(length))  # type: ignore[assignment]
    panes = tuple(zip("ABC", starting_prototypes(), strict=True))
    with TestClient(Starlette(routes=server_routes())) as client:
        answer = client.post(
            "/parallax/live", json={"text": "Hi"}, headers={TOKEN_HEADER: app_context().tickets.mint(Ticket(panes))}
        )
    return len(answer.content)


def main() -> None:
    """One line a way: bytes by length, and bytes a token between one length and the next."""
    with running(filled) as address, sync_playwright() as play:
        browser = chromium(play)
        replays = [replayed(browser, address, length) for length in LENGTHS]
        browser.close()
    for case, sizes in (("replay, page and all", replays), ("live stream", [live(length) for length in LENGTHS])):
        steps = zip(LENGTHS, LENGTHS[1:], sizes, sizes[1:], strict=False)
        each = [round((after - before) / (more - fewer), 1) for fewer, more, before, after in steps]
        row = {"case": case, "tokens": LENGTHS, "bytes": sizes, "bytes a token from step to step": each}
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()

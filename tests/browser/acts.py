"""What a person does on Compare, in words for tests."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from components.core.prototype import Prototype
from components.core.recording import Recording
from components.store import Store

ASK, PLAY, AGAIN, STOP = "Ask the model live", "Play", "Play again", "Stop"
STORY = "Tell me a long story about the sea."


def choose(page: Page, name: str) -> None:
    """Open the line that says what is set, and choose something there."""
    page.locator(".set").click()
    page.get_by_role("radio", name=name).click()


def write(page: Page, text: str) -> None:
    """Put a text into the box, half characters too."""
    script = "(box, text) => { box.value = JSON.parse(text); box.dispatchEvent(new Event('input', { bubbles: true })) }"
    page.locator("textarea").first.evaluate(script, json.dumps(text))


def ask(page: Page, text: str) -> None:
    """Ask the model live."""
    write(page, text)
    page.get_by_role("button", name=ASK).click()


def pane(page: Page, key: str) -> Locator:
    """What a pane shows after the person's words."""
    return page.locator(f"[data-pane={key}] .flow")


def streams(page: Page, key: str = "B") -> None:
    """Wait until words of a live answer have come."""
    expect(page.locator(f"[data-pane={key}] .answer")).to_contain_text(" ", timeout=60_000)
    expect(page.get_by_role("button", name=STOP, exact=True)).to_be_visible()


def done(page: Page) -> None:
    """Wait until nothing plays any more."""
    expect(page.locator("button.go:not(.stop)")).to_be_visible(timeout=60_000)


def seen(page: Page, count: int) -> list[dict[str, Any]]:
    """The reports of the player so far, once there are so many."""
    page.wait_for_function("count => (window.seen || []).length >= count", arg=count)
    told: list[dict[str, Any]] = page.evaluate("window.seen")
    assert len(told) == count
    return told


def place(store: Store, recording: Recording, *prototypes: Prototype, fault: str = "") -> str:
    """The path and query of a comparison, everything that it names kept."""
    panes = "".join(f"&{key}={store.keep_prototype(each)}" for key, each in zip("abcd", prototypes, strict=False))
    return f"/?answer={store.keep_recording(recording)}{panes}" + (f"&fault={fault}" if fault else "")


def kept_content(store: Store, page: Page) -> dict[str, Any]:
    """What is kept of the step of a work that the address names."""
    query = parse_qs(urlsplit(page.url).query)
    step = store.work_step(query["work"][0], int(query["step"][0]))
    assert step is not None
    return dict(step.content)

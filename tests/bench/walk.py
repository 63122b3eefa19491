"""A newcomer's first five minutes, in seconds and presses, at two widths. Run: python -m tests.bench.walk"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from components.layers.failure.human_handoff import HumanHandoff
from components.store import Store, WorkState
from tests.browser.acts import PLAY
from tests.browser.conftest import FLAGS
from tests.browser.servers import Server, chromium

WIDTHS = {1440: 900, 390: 844}
OTHER_WORKS = 200
SUPPORT = "Support bot"
LONGEST_MS = 120_000


class Walk:
    """One person with one browser: `presses` counts what was pressed, typed texts included."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, place: Locator) -> None:
        """Press something once it is there."""
        place.click()
        self.presses += 1

    def type(self, place: Locator, text: str) -> None:
        """Type a text."""
        place.fill(text)
        self.presses += 1


@contextmanager
def somebody(browser: Browser, width: int) -> Iterator[Walk]:
    """A person who was never here."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    page.set_default_timeout(LONGEST_MS)
    yield Walk(page)
    context.close()


def compared(walk: Walk, address: str) -> None:
    """From the first page to words in every pane of a comparison."""
    walk.page.goto(address)
    walk.press(walk.page.get_by_role("button", name=PLAY, exact=True))
    expect(walk.page.locator(".pane .answer")).to_have_count(3)
    for number in range(3):
        expect(walk.page.locator(".pane .answer").nth(number)).not_to_be_empty()


def built(walk: Walk, server: Server) -> None:
    """From the first page to a support bot of one's own that hands over when it is unsure, kept."""
    page = walk.page
    page.goto(server.address)
    walk.press(page.get_by_role("button", name="New", exact=True))
    card = page.locator(".card").filter(has_text=SUPPORT)
    walk.press(card.get_by_role("button", name="Begin"))
    page.wait_for_url("**/design?work=*")
    expect(page.locator(".pane")).to_be_visible()
    assert hands_over(server.store(), page), "it does not hand over when unsure"


def hands_over(store: Store, page: Page) -> bool:
    """Whether the prototype that is kept under the work on screen passes on to a person when it is unsure."""
    [work] = parse_qs(urlsplit(page.url).query)["work"]
    step = store.work_step(work, 1)
    prototype = store.prototype(step.content["panes"][0]["prototype"]) if step else None
    layers = prototype.layers if prototype else ()
    return any(isinstance(layer, HumanHandoff) and layer.trigger in ("when unsure", "always") for layer in layers)


def found(walk: Walk, address: str) -> None:
    """From the first page to what one made the day before, among many works of others."""
    walk.page.goto(address)
    walk.type(walk.page.get_by_label("Search"), SUPPORT)
    walk.press(walk.page.get_by_role("link", name=SUPPORT).first)
    expect(walk.page.locator(".pane")).to_be_visible()


def seconds_of(act: Callable[[], None]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 2)


def walked(browser: Browser, server: Server, width: int) -> dict[str, float]:
    """The figures of one width."""
    with somebody(browser, width) as walk:
        comparison = seconds_of(lambda: compared(walk, server.address))
    with somebody(browser, width) as walk:
        building = seconds_of(lambda: built(walk, server))
        presses = walk.presses
        store = server.store()
        for number in range(OTHER_WORKS):
            store.keep_work("comparison", f"Trip {width} {number}", "somebody", WorkState({}, f"{width}-{number}"))
        walk.page.goto("about:blank")
        finding = seconds_of(lambda: found(walk, server.address))
    return {
        "s to the first comparison": comparison, "presses to a support bot that hands over": presses,
        "s to a support bot": building, "s to yesterday's work": finding,
    }  # fmt: skip


def main() -> None:
    """Print one line of figures."""
    expect.set_options(timeout=LONGEST_MS)
    said = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for width in WIDTHS:
            with TemporaryDirectory() as folder:
                server = Server(Path(folder) / "data")
                said[str(width)] = walked(browser, server, width)
                server.stop()
        browser.close()
    sys.stdout.write(json.dumps({**said, "load": os.getloadavg()[0]}) + "\n")


if __name__ == "__main__":
    main()

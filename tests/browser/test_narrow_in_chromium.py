"""No page scrolls sideways, on a phone and at twice the size on a desk; neither does a page that was exported."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.report.standalone import standalone_page
from components.ui.shared import player
from components.ui.shared.samples import first_comparison
from tests.browser.acts import done
from tests.browser.conftest import Opened
from tests.browser.servers import Server
from tests.store import made

WIDTHS = (720, 390)  # 720 px: what 1440 px are at twice the size
WIDER = """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .filter((part) => part && part.scrollWidth > part.clientWidth + 1)
  .map((part) => `${part.tagName} ${part.scrollWidth} of ${part.clientWidth}`)"""
PAGES = {
    "": ".home, .work", "compare": ".pane", "design": ".pane", "scenarios": "h1", "models": "h1", "recordings": "h1",
    "catalogue": ".card", "results?comparison=narrow": "[data-testid=stPlotlyChart]",
}  # fmt: skip


def wider(page: Page) -> dict[int, list[str]]:
    """What is wider than the screen, by the screen's width."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        found[width] = page.evaluate(WIDER)
    return {width: parts for width, parts in found.items() if parts}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(opened: Opened, server: Server, path: str) -> None:
    if path.startswith("results"):
        made.crowd(server.store(), 3, "narrow")
    page = opened(f"{server.address}/{path}", width=720)
    expect(page.locator(PAGES[path]).first).to_be_visible()
    if path == "compare":
        page.get_by_role("button", name="Play", exact=True).click()
        done(page)
        expect(page.get_by_text("How did it feel?")).to_be_visible()
    assert not wider(page)


def test_an_exported_page_does_not_scroll_sideways_once_its_race_is_there(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    file.write_text(standalone_page(player.standalone_data(first_comparison()), "One"), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(file.as_uri())
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    assert not wider(page)
    page.close()

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
IN_SIGHT = """(pane, panel) => {
  pane.scrollIntoView({ block: "start" })
  const { left, right, top } = pane.getBoundingClientRect()
  const over = panel.getBoundingClientRect()
  return left >= 0 && right <= innerWidth && (right <= over.left || top < over.top)
}"""
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


def test_what_a_menu_of_panes_does_is_told_by_pictures_a_finger_can_hit(opened: Opened, address: str) -> None:
    page = opened(f"{address}/compare", width=390)
    page.get_by_role("button", name="Panes", exact=True).click()
    for key in "ABC":
        row = page.locator(f".st-key-pane-row-{key}")
        expect(row.get_by_role("button", name=f"Take {key} away")).to_be_visible()
        boxes = row.get_by_role("button").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
        assert len(boxes) == 4 and min(min(box["width"], box["height"]) for box in boxes) >= 40
        assert len({box["y"] for box in boxes}) == 1  # beside each other, and no wider than the menu


def test_an_exported_page_does_not_scroll_sideways_once_its_race_is_there(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    file.write_text(standalone_page(player.standalone_data(first_comparison()), "One"), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(file.as_uri())
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    assert not wider(page)
    page.close()


@pytest.mark.parametrize("width", [1440, 1100, 720, 390])
def test_open_dials_cover_no_pane_that_cannot_be_scrolled_into_sight(opened: Opened, address: str, width: int) -> None:
    page = opened(f"{address}/compare", width=width)
    expect(page.locator(".pane")).to_have_count(3)
    places = "panes => panes.map(pane => pane.getBoundingClientRect().left)"
    before = page.locator(".pane").evaluate_all(places)[0]
    page.get_by_role("button", name="Dials of C").click()
    expect(page.get_by_role("button", name="Done")).to_be_in_viewport()
    panel = page.get_by_test_id("stSidebar").element_handle()
    for key in "ABC":
        assert page.locator(f".pane[data-pane={key}]").evaluate(IN_SIGHT, panel)
    assert page.locator(".pane").evaluate_all(places)[0] == before  # the panes begin where they began
    assert page.evaluate(WIDER) == []

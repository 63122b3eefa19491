"""axe-core finds nothing on any page by the rules of WCAG 2.2, and nothing else that is serious."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from components.core.folders import PROJECT_ROOT
from components.store import WorkState
from tests.browser.acts import choose, done
from tests.browser.conftest import Opened
from tests.browser.servers import Server
from tests.store import made

SIZES, LOOKS = (1440, 390), ("light", "dark")
LOOKS_AS = """look => {
  const { colorScheme, fontFeatureSettings } = getComputedStyle(document.querySelector(".stApp"))
  return colorScheme === look && fontFeatureSettings.includes("cv11")  // the page's own style comes after its words
}"""
STILL = """() => {
  const roots = [document]
  const look = ({ shadowRoot }) => shadowRoot && roots.push(shadowRoot)
  for (const root of roots) root.querySelectorAll("*").forEach(look)
  const ending = (animation) => animation.effect.getComputedTiming().endTime !== Infinity
  return roots.flatMap((root) => root.getAnimations()).filter(ending).every(({ playState }) => playState !== "running")
}"""
AXE = PROJECT_ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter(({ impact, tags }) => /serious|critical/.test(impact) || tags.some((tag) => tag.startsWith("wcag")))
  .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary}`))
"""


def faults(page: Page) -> dict[str, Any]:
    """What is wrong with the page as it stands, by width and look."""
    found = {}
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 1000})
        expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")  # else parts are faded
        for look in LOOKS:
            page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
            page.wait_for_function(LOOKS_AS, arg=look)
            expect(page.locator(f".parallax:not([data-look={look}])")).to_have_count(0)
            page.wait_for_function(STILL)
            found[f"{width} {look}"] = page.evaluate(RUN)
    return {where: what for where, what in found.items() if what}


def test_compare(page: Page) -> None:
    page.evaluate(AXE.read_text())
    assert not faults(page), "fresh"
    signs = {"Panes": "Add a prototype", "Talk": "Nobody has said anything yet", "Share": "Frozen link"}
    for menu, sign in signs.items():
        page.get_by_role("button", name=menu, exact=True).click()
        expect(page.get_by_text(sign).first).to_be_visible()
        assert not faults(page), menu
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.keyboard.press("Escape")
    page.locator(".set").click()
    assert not faults(page), "what is set"
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.locator(".set").click()
    page.get_by_role("button", name="Play", exact=True).click()
    done(page)
    expect(page.get_by_text("How did it feel?")).to_be_visible()
    page.get_by_text("More: seconds and satisfaction with the speed").click()
    assert not faults(page), "played"
    choose(page, "Cut in the middle")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    done(page)
    page.get_by_role("button", name="Dials of C").click()
    expect(page.get_by_role("button", name="Done")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    assert not faults(page), "broken, its dials open"


def test_results(opened: Opened, server: Server) -> None:
    made.crowd(server.store(), 8, "axe")
    page = opened(f"{server.address}/results?comparison=axe")
    expect(page.locator(".js-plotly-plot")).to_have_count(4)
    page.evaluate(AXE.read_text())
    assert not faults(page)


def test_design(opened: Opened, address: str) -> None:
    page = opened(f"{address}/design")
    expect(page.locator(".pane")).to_be_visible()
    page.evaluate(AXE.read_text())
    assert not faults(page), "fresh"
    page.get_by_text("Over a prompt pack", exact=True).click()
    expect(page.locator(".cell").first).to_be_visible()
    assert not faults(page), "with a contact sheet"


def test_home(opened: Opened, server: Server) -> None:
    store = server.store()
    for name in ("Travel bot", "Help desk"):
        store.keep_work(
            "comparison", name, "axe", WorkState({}, preview=({"key": "A", "name": "One", "badge": "Low"},))
        )
    page = opened(server.address)
    page.locator(".work .more summary").first.click()
    page.evaluate(AXE.read_text())
    assert not faults(page)


@pytest.mark.parametrize("path", ["models", "recordings", "catalogue", "scenarios", "studies", "decks"])
def test_the_other_pages(opened: Opened, address: str, path: str) -> None:
    page = opened(f"{address}/{path}")
    expect(page.locator(".card" if path == "catalogue" else "h1").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    assert not faults(page)


def test_a_notice_that_goes_by_itself_has_what_it_says_as_its_name(opened: Opened, address: str) -> None:
    page = opened(f"{address}/scenarios")
    page.get_by_role("button", name="Bring in").click()
    page.get_by_label("Or a table").fill("Question\tAnswer\nWhy told?\tKept.\nWhy kept?\tTold.")
    page.get_by_role("button", name="Make a scenario of each row").click()
    expect(page.get_by_role("alertdialog", name="2 scenarios kept.")).to_be_visible()


def test_in_forced_colours_nothing_rests_on_its_ground_alone(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.locator(".go").click()
    done(page)
    places = "[data-pane=C] .user", "[data-pane=C] .badge", "[data-testid=stCheckbox] label > span + div"
    outlines = [page.locator(place).first.evaluate("e => getComputedStyle(e).outlineStyle") for place in places]
    assert outlines == ["solid"] * 3
    edges = "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    assert len(set(page.get_by_test_id("stTopNavLink").evaluate_all(edges))) == 2  # the open page's is another one

"""The first minute on Compare: nothing jumps, and what plays is in sight at every width."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import choose, done, seen
from tests.browser.conftest import Opened
from tests.browser.servers import until

SHIFTS = """new PerformanceObserver(list => list.getEntries().forEach(({ startTime, value }) =>
  (window.shifts = window.shifts || []).push([startTime, value]))).observe({ type: "layout-shift", buffered: true })"""
PLACES = """panes => panes.map(pane => {
  const { x, y, width, height } = pane.getBoundingClientRect()
  return [x, y, width, height].map(Math.round)
})"""


def places(page: Page) -> list[list[int]]:
    """Where the three panes are, as x, y, width and height in pixels."""
    panes = page.locator(".pane")
    expect(panes).to_have_count(3)
    found: list[list[int]] = panes.evaluate_all(PLACES)
    return found


def test_nothing_moves_once_the_first_control_is_there(opened: Opened, address: str) -> None:
    page = opened(f"{address}/compare")
    page.add_init_script(SHIFTS)
    page.reload()
    page.get_by_role("button", name="Play", exact=True).wait_for()
    since = page.evaluate("performance.now()")
    page.wait_for_timeout(1500)
    assert [shift for shift in page.evaluate("window.shifts || []") if shift[0] > since] == []


def test_what_opens_over_the_panes_leaves_them_where_they_are_and_dials_stand_beside_them(page: Page) -> None:
    before = places(page)
    page.locator(".set").click()
    expect(page.get_by_role("radio", name="Time-out")).to_be_visible()
    assert places(page) == before
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="Time-out")).not_to_be_visible()
    expect(page.locator(".set")).to_be_focused()
    for key in "AC":
        page.get_by_role("button", name=f"Dials of {key}").click()
        expect(page.get_by_label("Name", exact=True)).to_be_visible()
        panel = page.get_by_test_id("stSidebar").bounding_box()
        turned = page.locator(f"[data-pane={key}]").bounding_box()
        assert panel and turned  # the panel is beside the pane that it turns
        assert panel["x"] >= turned["x"] + turned["width"]
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_role("button", name="Done")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (720, 450), (390, 844)])
def test_play_is_in_reach_and_brings_every_pane_into_sight(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    play = page.locator(".go")
    box = play.bounding_box()
    assert box and box["y"] > 0 and box["y"] + box["height"] <= height
    play.click()
    expect(page.locator("[data-pane=C] .answer")).not_to_be_empty()
    for x, y, _, tall in places(page):
        assert 0 <= x < width and y >= 0 and min(y + tall, height) - y >= min(tall / 2, 0.4 * height)
    done(page)
    [told] = seen(page, 1)
    assert [pane["hidden"] for pane in told["panes"]] == [False] * 3


def test_a_pane_that_was_not_on_the_screen_is_told_as_hidden(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.locator(".go").click()
    done(page)
    [told] = seen(page, 1)
    assert [pane["hidden"] for pane in told["panes"]] == [False, False, True]


def test_choosing_closes_the_rows_and_plays_in_sight(page: Page) -> None:
    choose(page, "Empty answer")
    expect(page.get_by_role("radio", name="Empty answer")).not_to_be_visible()
    expect(page.locator(".set")).to_contain_text("broken: Empty answer")
    choose(page, "Cut in the middle")
    expect(page.get_by_role("slider", name="After")).not_to_be_visible()
    page.locator(".set").click()
    page.get_by_role("slider", name="After").press("ArrowRight")
    expect(page.get_by_role("slider", name="After")).to_be_visible()  # it is turned on
    done(page)
    until(lambda: [pane["hidden"] for pane in page.evaluate("window.seen.at(-1)")["panes"]] == [True, True, False])


def test_enter_while_it_plays_says_what_will_happen(page: Page) -> None:
    page.locator(".go").click()
    page.locator("textarea").first.press("Enter")
    expect(page.locator(".line")).to_contain_text("Press Enter again when it is complete")
    until(lambda: "Press Enter again" not in page.locator(".line").inner_text())

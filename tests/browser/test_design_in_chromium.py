"""Design, as a person uses it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import done
from tests.browser.conftest import Opened


def turned(opened: Opened, address: str) -> Page:
    """The page after a press on a switch of the first prototype."""
    page = opened(f"{address}/design")
    page.get_by_text("B Streaming").click()
    expect(page.locator("[data-pane=B]")).to_be_visible()
    expect(undo(page)).to_be_disabled()
    page.get_by_text("Show a cursor", exact=True).click()
    return page


def undo(page: Page) -> Locator:
    return page.locator(".st-key-design-act-undo button:visible")


def test_after_the_preview_the_page_follows_a_turned_dial(opened: Opened, address: str) -> None:
    page = turned(opened, address)
    expect(undo(page)).to_be_enabled()
    page.wait_for_url(re.compile(r"[?&]step="))


def test_an_undone_turn_is_undone_on_the_dial_and_in_the_preview(opened: Opened, address: str) -> None:
    page = turned(opened, address)
    switch = page.get_by_role("switch", name="Show a cursor")
    expect(switch).not_to_be_checked()
    expect(undo(page)).to_be_enabled()
    undo(page).click()
    expect(switch).to_be_checked()
    expect(undo(page)).to_be_disabled()


def test_what_the_last_dial_changes_stays_in_sight(opened: Opened, address: str) -> None:
    page = opened(f"{address}/design")
    page.set_viewport_size({"width": 1280, "height": 720})
    pane = page.locator("[data-pane=A]")
    expect(pane).to_be_visible()
    page.get_by_label("What it is for").scroll_into_view_if_needed()
    expect(page.get_by_label("What it is for")).to_be_in_viewport()
    expect(pane).to_be_in_viewport(ratio=0.6)


def test_a_dial_turned_at_the_end_of_the_answer_leaves_it_at_its_end(opened: Opened, address: str) -> None:
    page = turned(opened, address)
    done(page)
    shown = page.locator("[data-pane=B] .flow").inner_text()
    page.get_by_text("Show a cursor", exact=True).click()
    expect(undo(page)).to_be_enabled()
    page.wait_for_timeout(1000)
    assert page.locator("[data-pane=B] .flow").inner_text() == shown


def test_a_new_prototype_is_added_beside_the_others(opened: Opened, address: str) -> None:
    page = opened(f"{address}/design")
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("button", name="Add: Tutor").click()
    expect(page.locator("[data-pane=D]")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("A Blocking")).to_be_visible()

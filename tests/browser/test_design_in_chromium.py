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


def swept(opened: Opened, address: str, width: int = 1440) -> Page:
    """The page once a prototype without a wait of its own was given one to sweep."""
    page = opened(f"{address}/design", width)
    expect(page.locator("[data-pane=A]")).to_be_visible()
    page.get_by_text("Sweep a dial", exact=True).click()
    page.get_by_role("button", name="Latency profile").click()
    expect(page.locator(".st-key-sweep [data-pane=E]")).to_be_visible()
    return page


def test_a_sweep_plays_at_once_and_in_sight(opened: Opened, address: str) -> None:
    for width in (1440, 390):
        page = swept(opened, address, width)
        expect(page.locator(".st-key-sweep").get_by_role("button", name="Stop", exact=True)).to_be_visible()
        for key in "ABCDE":
            expect(page.locator(f".st-key-sweep [data-pane={key}] .top")).to_be_in_viewport()


def test_a_dial_turned_elsewhere_does_not_carry_a_person_to_the_sweep(opened: Opened, address: str) -> None:
    page = swept(opened, address)
    page.locator(".st-key-sweep").get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_timeout(1000)  # its report was heard, and the page is drawn anew
    page.get_by_label("Name", exact=True).fill("Slow")
    page.get_by_label("Name", exact=True).press("Enter")
    expect(page.get_by_text("A Slow")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_in_viewport()
    expect(page.locator(".st-key-sweep").get_by_role("button", name="Stop", exact=True)).to_have_count(0)


def test_an_answer_of_the_pack_plays_in_sight_also_when_it_is_asked_for_again(opened: Opened, address: str) -> None:
    page = opened(f"{address}/design")
    page.get_by_text("Over a prompt pack", exact=True).click()
    for _ in range(2):
        page.get_by_role("button", name="See it play").first.click()
        expect(page.locator(".st-key-preview").get_by_role("button", name="Stop", exact=True)).to_be_visible()
        expect(page.locator(".st-key-preview [data-pane=A] .top")).to_be_in_viewport()
        done(page)

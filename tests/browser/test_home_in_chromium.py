"""Home, and what saves itself, as a person uses them."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.servers import Server


@pytest.fixture(scope="module")
def empty() -> Iterator[Server]:
    """A server on which nobody made anything yet."""
    running = Server(Path(tempfile.mkdtemp()) / "data")
    yield running
    running.stop()


def choose(page: Page, name: str, step: int) -> None:
    """Press a chip of a row, and wait until the change is saved."""
    if not page.get_by_role("radio", name=name).is_visible():
        page.locator(".set").click()
    page.get_by_role("radio", name=name).click()
    page.wait_for_url(re.compile(rf"/compare\?work=[\w-]+&step={step}$"))


def shows(page: Page, name: str) -> None:
    """Wait until the line that says what is set says so, and the page rests."""
    expect(page.locator(".set")).to_contain_text(re.compile(name, re.IGNORECASE))
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_newcomer_sees_an_example_play_and_what_they_change_is_on_home_from_then_on(
    opened: Opened, empty: Server
) -> None:
    page = opened(empty.address)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text("Plants make their own food").nth(2)).to_be_visible()
    page.get_by_role("link", name="Compare").first.click()
    choose(page, "Cut in the middle", 2)
    expect(page.get_by_text("Saved in “Explain photosynthesis")).to_be_visible()
    name = page.get_by_label("Name of this comparison")
    expect(name).to_have_count(1)
    name.fill("Travel bot")
    name.press("Enter")
    expect(page.get_by_text("Saved in “Travel bot”")).to_be_visible()
    page.goto(empty.address)
    page.get_by_role("link", name="Travel bot").click()
    shows(page, "Cut in the middle")


def test_back_steps_through_what_was_done_and_forward_makes_it_again(opened: Opened, address: str) -> None:
    page = opened(f"{address}/compare")
    page.locator(".pane").first.wait_for()
    choose(page, "Cut in the middle", 2)
    choose(page, "Phone on a train", 3)
    page.go_back()
    shows(page, "As recorded")
    page.go_back()
    shows(page, "Nothing broken")
    page.wait_for_url(f"{address}/compare")
    page.go_forward()
    shows(page, "Cut in the middle")
    page.go_forward()
    shows(page, "Phone on a train")
    page.reload()
    shows(page, "Phone on a train")
    page.get_by_role("button", name="Undo").first.click()
    shows(page, "As recorded")
    page.wait_for_url("**step=2")


def test_back_leads_on_from_a_page_that_was_come_to_by_a_link(opened: Opened, address: str) -> None:
    page = opened(f"{address}/compare")
    choose(page, "Cut in the middle", 2)
    page.get_by_role("link", name="Results", exact=True).click()
    expect(page.get_by_role("heading", name="Results")).to_be_visible()
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_url("**step=2")
    shows(page, "Cut in the middle")
    page.go_back()
    expect(page.get_by_role("heading", name="Results")).to_be_visible()
    page.go_back()
    page.wait_for_url("**step=2")
    shows(page, "Cut in the middle")
    page.go_back()
    shows(page, "Nothing broken")


def test_two_quick_backs_are_two(opened: Opened, address: str) -> None:
    page = opened(f"{address}/compare")
    choose(page, "Cut in the middle", 2)
    choose(page, "Phone on a train", 3)
    page.evaluate("() => { history.back(); setTimeout(() => history.back(), 40) }")
    page.wait_for_url(f"{address}/compare")
    shows(page, "Nothing broken")
    page.go_forward()
    shows(page, "Cut in the middle")


def test_a_delete_can_be_undone_also_after_a_reload(opened: Opened, empty: Server) -> None:
    page = opened(empty.address)
    work = page.locator(".work").first
    page.get_by_role("button", name="New").wait_for()
    page.get_by_role("button", name="New").click()
    page.get_by_role("button", name="Blank comparison").click()
    page.wait_for_url("**/compare?work=*")
    page.goto(empty.address)
    name = page.get_by_role("link", name="Untitled comparison")
    work.locator("summary").click()
    work.get_by_role("button", name="Delete").click()
    expect(name).to_have_count(0)
    page.get_by_role("button", name="Undo").wait_for()  # the server has heard of it
    page.reload()
    page.get_by_role("button", name="Undo").click()
    expect(name).to_be_visible()
    page.get_by_label("Search").fill("nothing has these")
    expect(page.get_by_text("Nothing here has these words")).to_be_visible()


def test_what_was_typed_just_before_the_page_was_left_is_kept(opened: Opened, address: str) -> None:
    page = opened(f"{address}/decks")
    page.get_by_role("button", name="New deck").click()
    page.wait_for_url("**/decks?work=*")
    deck, notes = page.url, page.get_by_label("Speaker notes")
    notes.fill("Tell them about the train.")
    page.get_by_role("link", name="Scenarios").click()
    page.wait_for_url("**/scenarios")
    page.goto(deck)
    expect(notes).to_have_value("Tell them about the train.")

"""What breaks while a person looks: the page says what happened, what was kept and what to do."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from components.core.prompt import Prompt
from tests.browser.acts import AGAIN, ASK, STOP, STORY, ask, done, kept_content, pane, streams
from tests.browser.conftest import Opened
from tests.browser.servers import Server, until


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be broken."""
    running = Server(tmp_path_factory.mktemp("fragile") / "data")
    yield running
    running.stop()


@pytest.fixture
def shown(opened: Opened, fragile: Server) -> Page:
    page = opened(f"{fragile.address}/compare")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    return page


def test_a_pages_own_address_works_on_the_first_visit_of_all(opened: Opened, fragile: Server) -> None:
    page = opened(fragile.address + "/results")
    expect(page.get_by_role("link", name="Compare", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="app", exact=True)).to_have_count(0)


def test_a_model_that_dies_leaves_the_words_and_goes_on_when_asked(shown: Page, fragile: Server) -> None:
    ask(shown, STORY)
    streams(shown)
    os.kill(fragile.model(), signal.SIGKILL)
    expect(shown.get_by_role("alert").filter(has_text="The model stopped in the middle of its work.")).to_be_visible()
    expect(pane(shown, "C")).to_contain_text("The model stopped working on this computer. What came before is kept.")
    came = pane(shown, "B").locator(".answer").inner_text()
    shown.get_by_role("button", name="Go on from here").click()
    expect(pane(shown, "B").locator(".fail")).to_have_count(0, timeout=60_000)
    expect(pane(shown, "B").locator(".answer")).to_contain_text(came.strip())
    until(lambda: len(pane(shown, "B").locator(".answer").inner_text()) > len(came) + 10)
    expect(pane(shown, "C")).to_contain_text("Try again")


def test_a_server_that_dies_leaves_the_words_and_is_found_again(shown: Page, fragile: Server) -> None:
    ask(shown, STORY)
    streams(shown)
    fragile.stop(signal.SIGKILL)
    expect(pane(shown, "B")).to_contain_text("The connection was lost. What came before it is kept. Ask again")
    expect(pane(shown, "A")).to_contain_text("The connection was lost. Nothing of it had come yet. Ask again")
    expect(pane(shown, "B").locator(".answer")).not_to_be_empty()
    outage = shown.get_by_role("status").filter(has_text="Parallax is not answering. What was saved is kept")
    expect(outage).to_be_in_viewport()
    expect(shown.get_by_role("dialog")).to_have_count(0)
    fragile.start()
    expect(outage).to_have_count(0)
    expect(shown.get_by_role("dialog")).to_have_count(0)
    shown.get_by_role("button", name=ASK).click()
    expect(pane(shown, "B").locator(".fail")).to_have_count(0, timeout=60_000)
    streams(shown)


def test_a_page_left_in_the_middle_keeps_the_words_and_gives_the_question_back(shown: Page, fragile: Server) -> None:
    question = f"{STORY} And of whales."
    ask(shown, question)
    streams(shown)
    shown.reload()
    expect(shown.get_by_role("alert").filter(has_text="your question is back in the box")).to_be_visible()
    expect(shown.locator("textarea").first).to_have_value(question)
    store, prompt = fragile.store(), Prompt.from_typed(question)
    until(lambda: store.recordings_for(prompt.id))
    [left] = store.recordings_for(prompt.id)
    assert 0 < left.token_count < 100 and left.events[-1].data["reason"] == "stopped"


def test_stop_keeps_what_came_as_a_stopped_recording(shown: Page, fragile: Server) -> None:
    ask(shown, f"{STORY} And of ships.")
    streams(shown)
    shown.get_by_role("button", name=STOP, exact=True).click()
    expect(shown.get_by_role("button", name=AGAIN)).to_be_visible()
    shown.wait_for_url("**/compare?work=*")
    recording = fragile.store().recording(kept_content(fragile.store(), shown)["recordings"][0])
    assert recording is not None and 0 < recording.token_count < 100 and not recording.whole
    assert recording.events[-1].data["reason"] == "stopped"


def test_a_double_click_asks_once(shown: Page) -> None:
    shown.locator("textarea").first.fill("Name a fruit.")
    shown.get_by_role("button", name=ASK).dblclick()
    done(shown)
    expect(pane(shown, "B").locator(".answer")).not_to_be_empty()
    expect(pane(shown, "B").get_by_text("Stopped.")).to_have_count(0)


def test_two_tabs_ask_at_the_same_time_and_both_are_answered(opened: Opened, fragile: Server) -> None:
    pages = [opened(f"{fragile.address}/compare") for _ in range(2)]
    for page, place in zip(pages, ("Italy", "Norway"), strict=True):
        ask(page, f"What is the capital of {place}?")
    for page in pages:
        done(page)
        page.wait_for_url("**/compare?work=*")
    assert pages[0].url != pages[1].url

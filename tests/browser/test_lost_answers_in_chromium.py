"""An answer that the server never got is not called saved, and is sent again when the line is back."""

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opened
from tests.browser.line import Line
from tests.browser.servers import Server, until

FIRST_WORDS = "About how many seconds until the first words?"


@pytest.fixture
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, which may be killed."""
    running = Server(tmp_path_factory.mktemp("lost") / "data")
    yield running
    running.stop()


@pytest.fixture
def line(fragile: Server) -> Iterator[Line]:
    laid = Line(fragile.port)
    yield laid
    laid.close()


def question(page: Page, item: str) -> Locator:
    """The first pane's question about an item, with its mark."""
    return page.locator(f"[class*='st-key-ask-{item}-']").first


def answers(server: Server) -> list[tuple[str, object]]:
    """Every answer on disk, in the order they came."""
    return [(str(row.item), row.value) for row in server.store().frame().itertuples()]


@pytest.mark.parametrize("restarted", [False, True], ids=["same session", "new session"])
def test_an_answer_that_was_lost_is_marked_and_arrives_later(
    opened: Opened, fragile: Server, line: Line, restarted: bool
) -> None:
    page = opened(f"{line.address}/compare")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    page.get_by_text("More: seconds and satisfaction with the speed").click()
    page.get_by_label(FIRST_WORDS).first.fill("3")
    page.keyboard.press("Tab")
    expect(question(page, "felt_first")).to_contain_text("Saved: 3 s,")
    line.die()
    page.get_by_label(FIRST_WORDS).first.fill("7")
    page.keyboard.press("Tab")
    question(page, "speed").get_by_role("radio", name="6").click()
    expect(page.get_by_text("2 answers are not saved yet")).to_be_visible()
    expect(question(page, "felt_first").get_by_text("Saved:")).to_be_hidden()
    assert answers(fragile) == [("felt_first", 3.0)]
    if restarted:
        fragile.stop(signal.SIGKILL)
        fragile.start()
    line.come_back()
    until(lambda: len(answers(fragile)) >= 3)
    expect(question(page, "felt_first")).to_contain_text("Saved: 7 s,")
    expect(question(page, "speed")).to_contain_text("Saved: 6,")
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    assert sorted(answers(fragile)) == [("felt_first", 3.0), ("felt_first", 7.0), ("speed", 6.0)]

"""A deck is shown, a phone comes in and votes while its net is cut, and the stage goes on without a server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from components.server.app_context import app_context
from tests.browser.conftest import Opened
from tests.server.rooming import keep_small_deck, served_rooms

BUDGET_BYTES = 300_000
SENT_BYTES = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""

GROUND, INK = (f"e => getComputedStyle(e).{name}" for name in ("backgroundColor", "color"))


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a database of its own."""
    file = tmp_path_factory.mktemp("room") / "parallax.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("PARALLAX_SECRET", "s" * 32)
        app_context.cache_clear()
        with served_rooms() as address:
            yield address
        app_context().close()
        app_context.cache_clear()


def rate_answer(phone: Page, felt: str) -> None:
    """Play the answer on the phone and say how long it felt."""
    phone.locator(".sending .go").click()
    phone.locator(f'.questions input[value="{felt}"]').check()
    phone.locator(".questions button.next").click()


def test_a_room_votes_through_a_cut_and_a_stage_needs_no_server(opened: Opened, door: str) -> None:
    stage = opened(f"{door}{app_context().rooms.stage_path(keep_small_deck().id)}", 1920)
    expect(stage.get_by_role("heading", name="Spiders")).to_be_visible()
    stage.keyboard.press("r")
    code = stage.locator(".over-all .room-code").inner_text()
    phone = opened(f"{door}/r/{code}", 390)
    expect(phone.get_by_text("Look at the screen.")).to_be_visible()
    expect(stage.locator(".over-all .joined")).to_have_text("1 person is in")
    stage.keyboard.press("Escape")
    stage.keyboard.press("PageDown")
    expect(stage.get_by_role("heading", name="Legs")).to_be_visible()
    stage.keyboard.press("PageDown")
    rate_answer(phone, "2")
    expect(phone.get_by_role("heading", name="Answer 2 of 2", level=1)).to_be_visible()
    assert 40_000 < phone.evaluate(SENT_BYTES) < BUDGET_BYTES  # the player included
    phone.reload()  # costs nothing: the second answer is there again
    rate_answer(phone, "1")
    phone.locator('.questions input[value="none"]').check()
    phone.context.set_offline(True)
    phone.locator(".questions button.next").click()
    expect(phone.get_by_text("This phone has no net. Your answer is kept here")).to_be_visible()
    phone.context.set_offline(False)
    expect(stage.locator(".foot")).to_contain_text("1 joined · 1 answered")
    stage.keyboard.press("PageDown")
    expect(stage.locator(".parallax >> text=four pairs").first).to_be_visible()
    stage.keyboard.press("PageDown")
    expect(stage.get_by_text("1 person: too early to call.")).to_be_visible()
    stage.emulate_media(forced_colors="active")
    assert stage.locator(".track .fill").first.evaluate(GROUND) == stage.locator(".results p").first.evaluate(INK)
    stage.emulate_media(forced_colors="none")
    stage.context.set_offline(True)
    for _ in range(2):
        stage.keyboard.press("PageDown")
    expect(stage.locator(".parallax >> text=like all insects").first).to_be_visible()

"""From a rating to the Results page."""

from playwright.sync_api import Page, expect

from tests.browser.acts import choose, done


def test_a_rating_reaches_results(page: Page, address: str) -> None:
    choose(page, "My 4-month-old has a temperature of")
    expect(page.get_by_text("By UK guidance").first).to_be_visible(timeout=15_000)
    done(page)
    page.get_by_text("More: seconds and satisfaction with the speed").click()
    page.get_by_label("About how many seconds until the first words?").first.fill("2")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Saved:").first).to_be_visible(timeout=10_000)
    page.goto(address + "/results")
    expect(page.get_by_role("heading", name="Results")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("too early to call").first).to_be_visible(timeout=20_000)

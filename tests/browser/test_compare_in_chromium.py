"""Compare, as a person uses it."""

from playwright.sync_api import Page, expect

from tests.browser.acts import choose

ASK = "Ask the model live"


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=15_000)


def test_one_button_plays_the_first_example_in_three_panes(page: Page) -> None:
    play(page)
    expect(page.locator(".pane").get_by_text("Plants make their own food").nth(2)).to_be_visible()
    expect(page.get_by_text("High confidence", exact=True)).to_be_visible()


def test_a_broken_answer_is_raw_in_the_baseline_and_explained_in_the_careful_pane(page: Page) -> None:
    choose(page, "Cut in the middle")
    expect(page.get_by_text("RemoteProtocolError").first).to_be_visible(timeout=15_000)
    expect(page.get_by_text("The answer was cut off").first).to_be_visible(timeout=15_000)


def test_a_live_answer_feeds_every_pane_and_is_kept(page: Page) -> None:
    page.locator("textarea").first.fill("What is photosynthesis?")
    page.get_by_role("button", name=ASK).click()
    expect(page.locator(".pane").get_by_text("hotosynthesis is").nth(2)).to_be_visible(timeout=60_000)
    page.wait_for_url("**/compare?work=*", timeout=15_000)


def test_a_rating_survives_a_reload(page: Page) -> None:
    play(page)
    page.get_by_text("More: seconds and satisfaction with the speed").click()
    page.get_by_label("About how many seconds until the first words?").first.fill("3")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Saved: 3 s,")).to_be_visible(timeout=10_000)
    page.reload()
    page.get_by_text("More: seconds and satisfaction with the speed").click(timeout=30_000)
    expect(page.get_by_label("About how many seconds until the first words?").first).to_have_value("3", timeout=15_000)


def test_a_menu_opens_keeps_what_is_typed_in_it_and_changes_the_page_and_the_hand_off_tells_it(page: Page) -> None:
    talk, comment = page.get_by_role("button", name="Talk", exact=True), page.get_by_role("textbox", name="Comment")
    talk.click()
    comment.fill("Here I thought it had died")
    page.keyboard.press("Escape")
    expect(comment).to_be_hidden()
    talk.click()
    expect(comment).to_have_value("Here I thought it had died")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".st-key-place-menu-talk").get_by_text("1", exact=True)).to_be_visible(timeout=10_000)
    expect(comment).to_be_visible()  # it stays open for the next one
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Markdown").click()
    assert "Here I thought it had died" in taken.value.path().read_text("utf-8")
    page.keyboard.press("Escape")
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Panes").click()
    page.get_by_role("button", name="Take C away").click()
    expect(page.locator(".pane")).to_have_count(2, timeout=10_000)


def test_a_press_on_a_menus_arrow_opens_it_on_a_slow_computer_too(page: Page) -> None:
    page.evaluate("() => { let now = 0; Date.now = () => (now += 100) }")  # each step takes as long
    arrow = page.get_by_role("button", name="Share").locator("[data-testid=stIconMaterial]").last.bounding_box()
    assert arrow
    page.mouse.click(arrow["x"] + arrow["width"] / 2, arrow["y"] + arrow["height"] / 2)
    expect(page.get_by_text("One file that plays anywhere")).to_be_visible()


def test_a_comment_below_the_panes_can_be_about_a_pattern_and_stands_in_talk(page: Page) -> None:
    page.locator("label", has_text="Rate blind").click()
    comment = page.get_by_role("button", name="Comment here on B")
    comment.click()
    page.get_by_label("What it is about").select_option("Streaming")
    page.get_by_role("region", name="Comments").get_by_role("textbox").fill("The words come in lumps")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It stands in Talk")).to_be_focused()  # Enter pressed once more opens nothing
    expect(page.locator(".st-key-place-menu-talk").get_by_text("1", exact=True)).to_be_visible()
    page.get_by_role("button", name="Talk", exact=True).click()
    expect(page.get_by_text("B · Streaming · ")).to_be_visible()
    expect(page.get_by_text("The words come in lumps")).to_be_visible()

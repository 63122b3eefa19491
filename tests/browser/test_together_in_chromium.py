"""Two people on one comparison, each in a Chromium of their own."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opened


def shared_pair(opened: Opened, address: str) -> tuple[Page, Page]:
    """The same comparison on two people's screens, the dials of its pane C open on both."""
    one = opened(f"{address}/compare")
    name = one.get_by_label("Name of this comparison")
    name.fill("Together")
    name.press("Enter")
    one.get_by_text("Saved in").first.wait_for()
    other = opened(one.url.split("&step")[0])
    for page in (one, other):
        page.get_by_role("button", name="Dials of C").click()
        page.locator(".st-key-hand").wait_for(state="attached")
    return one, other


def first_slider(page: Page) -> Locator:
    """The first slider of the open dials."""
    return page.locator("[class*=st-key-dials-C] [data-testid=stSlider]").first


def slider_value(page: Page) -> str:
    return first_slider(page).get_by_role("slider").input_value()


def test_a_slider_in_hand_stays_while_another_turns_it_and_says_afterwards_who_did(
    opened: Opened, address: str
) -> None:
    one, other = shared_pair(opened, address)
    thumb, knob = first_slider(one).get_by_role("slider"), first_slider(one).locator("div:has(> div > input)")
    knob.scroll_into_view_if_needed()
    box, before = knob.bounding_box(), slider_value(one)
    assert box
    one.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    one.mouse.down()
    one.wait_for_timeout(1200)  # its server is told of the hand meanwhile
    turned = first_slider(other).get_by_role("slider")
    turned.focus()
    turned.press("ArrowRight")
    turned.press("ArrowRight")
    expect(turned).not_to_have_value(before)
    expect(other.get_by_text("Saved in “Together”")).to_be_visible()
    one.wait_for_timeout(2000)  # more than three looks
    assert slider_value(one) == before
    one.mouse.up()
    expect(thumb).to_have_value(slider_value(other))
    note = one.locator("[class*=st-key-turn-dial]")
    expect(note).to_contain_text("Somebody:")
    note.get_by_role("button", name="Take back").click()
    expect(thumb).to_have_value(before)
    expect(note).to_have_count(0)
    expect(turned).to_have_value(before)


def test_words_that_are_not_sent_yet_stay_in_their_field_while_another_writes_there(
    opened: Opened, address: str
) -> None:
    one, other = shared_pair(opened, address)
    mine, theirs = (page.locator("[class*=st-key-dials-C]").get_by_label("Name", exact=True) for page in (one, other))
    mine.click()
    mine.press("End")
    mine.type(" of ours")
    one.wait_for_timeout(1200)
    theirs.fill("Quick")
    theirs.press("Enter")
    expect(other.get_by_text("Saved in “Together”")).to_be_visible()
    one.wait_for_timeout(2000)
    expect(mine).to_have_value(re.compile(" of ours$"))
    mine.press("Enter")
    expect(theirs).to_have_value(re.compile(" of ours$"))
    note = one.locator("[class*=st-key-turn-name]")
    expect(note).to_contain_text("turned it too; yours stands")
    note.get_by_role("button", name="Use theirs").click()
    expect(mine).to_have_value("Quick")
    expect(theirs).to_have_value("Quick")

"""Prompts that nobody should type, typed and asked."""

from playwright.sync_api import Page, expect

from tests.browser.acts import ASK, STOP, ask, done, pane, streams, write

UNASKABLE = (
    ("", "There is nothing to ask yet"),
    (" \n\t ", "There is nothing to ask yet"),
    ("x " * 10_000, "Shorten it to 8,000 characters"),
)
ODD = (
    "👨‍👩‍👧‍👦 🏳️‍🌈 🇮🇹 ما هي عاصمة مصر؟ What? מה? "
    "Half: \ud83d. Controls: \0 \x07 \x1b[31m \u202eevil\u202c zero\u200bwidth.",
    "<img src=x onerror=\"fetch('http://evil.test/a')\"><script>alert(1)</script> ![x](http://evil.test/x.png) "
    "[a](javascript:alert(1))\n|a|b|\n|-|-|\n```\nprint(1)",
    "A" * 1500 + "\n" * 300 + "Explain this.",
)


def test_what_cannot_be_asked_is_said_and_not_asked(page: Page) -> None:
    for text, sentence in UNASKABLE:
        write(page, text)
        expect(page.locator(".line")).to_contain_text(sentence)
        expect(page.get_by_role("button", name=ASK)).to_be_disabled()
    ask(page, "\u200b\u200b\u200b")  # the server looks closer
    expect(page.get_by_role("alert").filter(has_text="There is nothing to ask yet")).to_be_visible(timeout=10_000)


def test_odd_prompts_are_answered_as_text(page: Page) -> None:
    """One page asks them all, so that the model is loaded once; each is stopped after its first words."""
    for text in ODD:
        ask(page, text)
        streams(page)
        page.get_by_role("button", name=STOP, exact=True).click()
        done(page)
        expect(page.locator("[data-pane=B] .user")).to_have_count(1)
        expect(pane(page, "B").locator("img, script, iframe")).to_have_count(0)
        assert page.locator(".trouble").is_hidden()

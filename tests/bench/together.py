"""How soon eight people see each other's changes in one comparison. Run: python -m tests.bench.together [people]"""

import json
import statistics
import sys
import time

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bench.server import chromium, running

CHANGES, PEOPLE = 12, 8
NAME = "Name of this comparison"
WATCH = """(text) => {
  const field = () => document.querySelector(".st-key-dials-B [data-testid=stTextInput] input")
  window.seen = new Promise((done) => {
    const look = () => (field()?.value === text ? done(Date.now()) : requestAnimationFrame(look))
    look()
  })
}"""


def opened(browser: Browser, address: str) -> Page:
    """A page of somebody new, ready to play."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    page.goto(address)
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=90_000)
    return page


def seen_after(changing: Page, others: list[Page], number: int) -> list[float]:
    """Seconds from a change of a pane's name to the same dial on each other screen."""
    name = f"Quick {number}"
    for page in others:
        page.evaluate(WATCH, name)
    field = changing.get_by_label("Name", exact=True)
    field.fill(name)
    pressed = time.time()
    field.press("Enter")
    return [page.evaluate("window.seen") / 1000 - pressed for page in others]


def main() -> None:
    """One line: how many people, how many changes were seen, the mean, the median and the 95th percentile."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    expect.set_options(timeout=60_000)
    with running() as address, sync_playwright() as play:
        browser = chromium(play)
        first = opened(browser, f"{address}/compare")
        first.get_by_label(NAME).fill("Bench")
        first.keyboard.press("Enter")
        first.get_by_text("Saved in").first.wait_for(timeout=60_000)
        others = [opened(browser, first.url.split("&step")[0]) for _ in range(people - 1)]
        for page in (first, *others):
            page.get_by_role("button", name="Dials of B").click()
            page.get_by_label("Name", exact=True).wait_for(timeout=60_000)
        expect(first.get_by_text(f"{people - 1} others here")).to_be_visible()
        times = sorted(seconds for n in range(CHANGES) for seconds in seen_after(first, others, n))
        browser.close()
    row = {
        "people": people, "changes": CHANGES, "seen": len(times), "mean": round(statistics.mean(times), 3),
        "median": round(statistics.median(times), 3), "p95": round(times[int(len(times) * 0.95)], 3),
    }  # fmt: skip
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()

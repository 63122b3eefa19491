"""How long a turned dial takes to reach the preview on Design. Run: python -m tests.bench.preview

From the press in the browser to the first change in the player's pane, in a real Chromium; medians in milliseconds.
"""

from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.servers import Server, chromium

TURNS = 25
WATCH = """panes => {
  window.turned = []
  let since = null
  const anew = (changes) => changes.some(({ target, removedNodes }) => removedNodes.length && target.matches?.(".flow"))
  new MutationObserver((changes) => {
    if (since === null || !anew(changes)) return
    window.turned.push(performance.now() - since)
    since = null
  }).observe(panes, { subtree: true, childList: true })
  document.addEventListener("click", () => { since = performance.now() }, true)
}"""


def turns(page: Page) -> list[float]:
    """Milliseconds of each turn of one switch."""
    switch = page.get_by_text("Cursor", exact=True)
    expect(switch).to_be_visible()
    page.locator(".panes").evaluate(WATCH)
    for count in range(1, TURNS + 1):
        switch.click()
        page.wait_for_function("count => window.turned.length >= count", arg=count, timeout=10_000)
        page.wait_for_timeout(700)  # until the page has settled
    found: list[float] = page.evaluate("window.turned")
    return found


def main() -> None:
    """A server and a browser of their own."""
    with TemporaryDirectory() as folder, sync_playwright() as play:
        server = Server(Path(folder) / "data")
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"{server.address}/design")
        page.get_by_text("B Streaming").click()
        page.wait_for_timeout(3000)
        found = turns(page)
        told = f"median {median(found):.0f} ms, p95 {quantiles(found, n=20)[-1]:.0f} ms, n={len(found)}"
        print(f"press to preview: {told}")  # noqa: T201
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()

"""Pictures of every page, at a desk's and a phone's width, in light and dark. Run: make screenshots"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from components.core.folders import PROJECT_ROOT
from tests.browser.acts import done
from tests.browser.conftest import FLAGS
from tests.browser.servers import Server, chromium
from tests.store import made

FOLDER = PROJECT_ROOT / "screenshots"
SIZES, LOOKS, TALLEST = (1440, 390), ("light", "dark"), 4000
WHOLE = "() => Math.ceil(document.querySelector('[data-testid=stMain]')?.scrollHeight || document.body.scrollHeight)"


def nothing(page: Page) -> None:
    """The page as it is when it is opened."""


def played(page: Page) -> None:
    """The answer played, broken in the middle."""
    page.get_by_role("button", name="Play", exact=True).click()
    done(page)


def packed(page: Page) -> None:
    """The contact sheet and the meter."""
    page.get_by_text("Over a prompt pack", exact=True).click()
    expect(page.get_by_text("of these").first).to_be_visible()
    expect(page.locator(".cell").first).to_be_visible()


PAGES: dict[str, tuple[str, str, Callable[[Page], None]]] = {
    "home": ("/", ".work", nothing),
    "compare": ("/compare", ".pane", nothing),
    "compare-played": ("/compare", ".pane", played),
    "design": ("/design", ".pane", nothing),
    "design-pack": ("/design", ".pane", packed),
    "models": ("/models", "h1", nothing),
    "recordings": ("/recordings", "h1", nothing),
    "catalogue": ("/catalogue", ".card", nothing),
    "results": ("/results?comparison=pictures", ".js-plotly-plot", nothing),
}


def picture(browser: Browser, address: str, name: str, width: int, look: str) -> Path:
    """One page in one size and look, whole."""
    path, sign, act = PAGES[name]
    page = browser.new_page(viewport={"width": width, "height": 1000}, color_scheme=look)  # type: ignore[arg-type]
    page.goto(address + path)
    expect(page.locator(sign).first).to_be_visible()
    act(page)
    page.wait_for_timeout(1500)  # charts and fonts settle
    page.set_viewport_size({"width": width, "height": min(TALLEST, page.evaluate(WHOLE) + 20)})
    page.wait_for_timeout(500)
    file = FOLDER / f"{name}-{width}-{look}.png"
    page.screenshot(path=file)
    page.close()
    return file


def main() -> None:
    """Every page on a server of its own."""
    FOLDER.mkdir(exist_ok=True)
    expect.set_options(timeout=60_000)
    with TemporaryDirectory() as folder, sync_playwright() as play:
        server = Server(Path(folder) / "data")
        made.crowd(server.store(), 8, "pictures")
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name in PAGES:
            for width in SIZES:
                for look in LOOKS:
                    print(picture(browser, server.address, name, width, look).relative_to(PROJECT_ROOT))  # noqa: T201
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()

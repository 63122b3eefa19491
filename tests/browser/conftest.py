"""A real server on a free port, and a real Chromium that looks at it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from tests.browser.servers import Server, chromium

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LISTEN = "document.addEventListener('parallax:seen', (e) => (window.seen = window.seen || []).push(e.detail))"

expect.set_options(timeout=30_000)  # a machine may have much else to do

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that tests share; what breaks a server gets one of its own."""
    running = Server(tmp_path_factory.mktemp("browser") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def address(server: Server) -> str:
    return server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def idle_contexts() -> list[BrowserContext]:
    """Contexts that no test uses just now: what they fetched once, they have."""
    return []


@pytest.fixture
def opened(browser: Browser, idle_contexts: list[BrowserContext]) -> Iterator[Opened]:
    """Opens an address as somebody new, its reports kept in `window.seen`; nothing foreign, nothing run."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def asked_back(dialog: Dialog) -> None:
        foreign.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def at(address: str, width: int = 1440, look: str = "light") -> Page:
        context = idle_contexts.pop() if idle_contexts else browser.new_context()
        contexts.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
        forget_person(page, address)
        here = address.split("/")[2]
        page.on("request", lambda asked: foreign.extend([asked.url] * wrong(asked.url, here)))
        page.on("dialog", asked_back)
        page.on("pageerror", lambda error: foreign.append(f"error {error}"))
        page.on("console", lambda said: foreign.extend([said.text] * ("Content Security Policy" in said.text)))
        page.add_init_script(LISTEN)
        page.goto(address)
        return page

    yield at
    for context in contexts:
        context.set_offline(False)  # as a test that failed may have left it
        for page in context.pages:
            page.close()
    idle_contexts.extend(contexts)
    assert not foreign


def forget_person(page: Page, address: str) -> None:
    """Let a browser know nothing of who used it before, but what it fetched."""
    kinds = "cookies,local_storage,indexeddb,cache_storage,service_workers"
    origin = "/".join(address.split("/")[:3])
    line = page.context.new_cdp_session(page)
    line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})
    line.detach()
    page.context.clear_cookies()


def wrong(asked: str, here: str) -> bool:
    """Whether a page asked anybody but its own server."""
    return not asked.startswith(("data:", "blob:")) and asked.split("/")[2] != here


@pytest.fixture
def page(opened: Opened, address: str) -> Page:
    """Compare, ready to play."""
    shown = opened(f"{address}/compare")
    shown.get_by_role("button", name="Play", exact=True).wait_for(timeout=20_000)
    return shown

"""Every name that a person can give shows as its own letters on every page: no sign in it takes effect."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from components.core.card import Card
from components.core.prototype import Prototype
from components.layers.delivery.blocking import Blocking
from components.models.source import Settings, Source
from tests.browser import hostile
from tests.browser.acts import place
from tests.browser.conftest import Opened
from tests.browser.servers import Server
from tests.store import made

NAMES = (  # 60 letters at the most, as names are
    "![zq](http://evil.test/zq.png) [zq](http://evil.test)",
    "<img src=http://evil.test/n.png> <b>zq</b> www.evil.test/zq",
    ":red[zq] :material/check: :streamlit: :small[zq] &lt;zq&gt;",
    "_zq_ *zq* ~~zq~~ `zq` $zq$ me-zq@evil.test a -> zq -- b",
)
MARKS = (
    "a:not([aria-label]), em, code, pre, del, b, sup, sub, table, blockquote, .katex, [style*=color], .stMarkdownBadge"
)
TAKEN_EFFECT = f"""() => [...document.querySelectorAll("[data-testid=stMarkdownContainer]")].flatMap((box) => [
  ...[...box.querySelectorAll("img, iframe, object, [href*='evil.test'], [src*='evil']")],
  ...[...box.querySelectorAll("{MARKS}")].filter((part) => part.textContent.includes("zq")),
]).map((part) => part.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("names") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def compare_path(own_server: Server) -> str:
    """The path of a comparison of hostile names; everything else in the store bears such names too."""
    store, names = own_server.store(), cycle(NAMES)
    recording = replace(hostile.said(NAMES[0]), card=Card(NAMES[3], "scripted"))
    prototypes = [
        Prototype(name, each.layers, name)
        for name, each in zip(NAMES, [*made.PROTOTYPES, Prototype("", (Blocking(sign="skeleton"),))], strict=True)
    ]
    for prototype in prototypes:
        store.keep_version(prototype, next(names))
    store.mark(store.keep_recording(recording), "tag:![zq](http://evil.test/zq.png)", "on")
    store.keep_model(Source("endpoint", "http://127.0.0.1:9/v1", NAMES[2]), Settings(system=NAMES[0]), NAMES[3])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "PROTOTYPES", tuple(prototypes[:3]))
        patch.setattr(made, "RECORDING", recording)
        made.crowd(store, 8, "names")
    store.name_rater("person-1", NAMES[2])
    path = place(store, recording, *prototypes)
    store.close()
    return path


def shows(page: Page, name: str) -> bool:
    """Whether a name stands on the page as it was given; signs that nobody sees are not counted."""
    return name in str(page.evaluate("() => document.body.innerText")).replace("\u2060", "")


@pytest.mark.parametrize("name", ["", "design", "models", "recordings", "catalogue", "results"])
def test_names_stay_names(opened: Opened, own_server: Server, compare_path: str, name: str) -> None:
    query = "?comparison=names" if name == "results" else compare_path.lstrip("/")
    page = opened(f"{own_server.address}/{name}{query}")
    page.get_by_role("heading").first.wait_for(timeout=30_000)
    page.wait_for_timeout(1500)
    if name == "":
        page.get_by_role("button", name="Dials of A").click()
        expect(page.get_by_role("heading", name="A · ")).to_be_visible()
        assert shows(page, NAMES[0])
        page.get_by_role("button", name="Done", exact=True).click()  # the dials lie over the page
        page.get_by_role("button", name="Share").click()
        expect(page.get_by_text("One file that plays anywhere")).to_be_visible()
    if name == "design":
        page.get_by_text("Versions", exact=False).first.click()
    if name == "results":
        expect(page.locator(".js-plotly-plot")).to_have_count(4)
    if name == "models":
        expect(page.get_by_role("heading", name="Add a model")).to_be_visible()
        assert shows(page, NAMES[3])
    page.wait_for_timeout(1000)
    assert page.evaluate(TAKEN_EFFECT) == []
    assert page.locator("[data-testid=stException]").count() == 0

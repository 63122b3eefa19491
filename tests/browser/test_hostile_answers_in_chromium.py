"""A model, a designer and raters that mean harm: everything they write stays words."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from tests.browser import hostile
from tests.browser.acts import done, place
from tests.browser.conftest import Opened
from tests.browser.servers import Server
from tests.store import made

NAME = hostile.NAME
ACTIVE = """() => {
  const found = []
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot)
      const runs = [...element.attributes].some((a) => /^on/.test(a.name) || /^\\s*javascript:/i.test(a.value))
      const foreign = element.matches("[src], [action], iframe, object, embed") && !element.closest("head")
      if (runs || (foreign && root !== document)) found.push(element.outerHTML.slice(0, 200))
    }
  }
  walk(document)
  return found
}"""


def worn(name: str, *layers: str, **dials: object) -> Prototype:
    """A prototype of these patterns; the dials are the last one's."""
    *inner, last = (ALL_PATTERNS[layer] for layer in layers)
    return Prototype(name, (*(kind() for kind in inner), last(**dials)))


SETS = {
    "deliveries": (
        worn(NAME, "RawError", "Blocking", sign="skeleton"), worn("Word", "KeepPartial", "Streaming", unit="word"),
        worn("Sentence", "Badge", "Streaming", unit="sentence"), worn("Paced", "PacedStreaming", rate=200.0),
    ),
    "signs": (
        worn("Skeleton", "Streaming", "Skeleton"), worn("Typing", "Streaming", "TypingIndicator", label=NAME),
        worn("Staged", "Blocking", "StagedStatus", steps=f"{NAME}\nNext"), worn("Hedge", "VerbalHedge"),
    ),
    "words": (
        worn("Asks", "Streaming", "Options", question=NAME, options=f"{NAME}\n__proto__", when="always"),
        worn("Cut", "Streaming", "KeepPartial", label=NAME),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_hostile_answers_stay_words_in_every_pattern(opened: Opened, server: Server, name: str) -> None:
    fault = "cut" if name == "words" else ""
    page = opened(server.address + place(server.store(), hostile.said(), *SETS[name], fault=fault))
    page.get_by_role("button", name="Play", exact=True).click(timeout=20_000)
    done(page)
    assert not page.evaluate(ACTIVE)
    if name != "words":
        expect(page.locator(".answer", has_text="LAST")).to_have_count(4)
        assert page.locator(".answer a[href='https://example.org/']").count() > 0
        assert page.locator(".answer a[href^='javascript'], .answer a[href^='/'], .answer a[href^='data']").count() == 0
    page.get_by_role("button", name="Dials of A").click()
    expect(page.get_by_role("heading", name="A · ")).to_be_visible()
    page.get_by_role("button", name="Done", exact=True).click()  # the dials lie over the page
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("One file that plays anywhere")).to_be_visible()


def test_hostile_names_stay_words_on_results(opened: Opened, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (NAME, '=HYPERLINK("http://evil.test") </text><script>alert(2)</script>', "שלום <a href=x>x</a>")
    renamed = tuple(Prototype(name, each.layers) for name, each in zip(names, made.PROTOTYPES, strict=True))
    monkeypatch.setattr(made, "PROTOTYPES", renamed)
    monkeypatch.setattr(made, "RECORDING", replace(made.RECORDING, prompt=hostile.said().prompt))
    store = made.crowd(server.store(), 8, "hostile")
    store.name_rater("person-1", NAME)
    page = opened(f"{server.address}/results?comparison=hostile")
    expect(page.get_by_role("heading", name="Results")).to_be_visible(timeout=20_000)
    expect(page.locator(".js-plotly-plot")).to_have_count(4, timeout=20_000)
    page.get_by_text("Every rating, with its recording and prototype").click()
    assert not page.evaluate(ACTIVE)
    expect(page.get_by_text("· 1 recording")).to_be_visible()

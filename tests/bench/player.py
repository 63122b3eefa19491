"""How far painting strays from schedule: a replay in three panes, idle, beside a busy core and beside the model.

Two clocks that know nothing of each other: the player's own report, and a sampler that notes the press as the browser
dates it, each change of a pane, and the frame after that.
"""

import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.server import ROUNDS, chromium, running

LISTEN = "document.addEventListener('parallax:seen', (e) => (window.seen = window.seen || []).push(e.detail))"

SAMPLE = """
window.sampled = { press: 0, panes: {} }
document.addEventListener("click", (event) => (window.sampled = { press: event.timeStamp, panes: {} }), true)
window.shadowRoots = (root) => {
  const below = [...root.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean)
  return [...below, ...below.flatMap(window.shadowRoots)]
}
window.watchPanes = () => {
  const paneOf = ({ target }) => {
    const element = target.nodeType === 3 ? target.parentElement : target
    return element?.closest(".turn") && element.closest("[data-pane]")?.dataset.pane
  }
  const watch = new MutationObserver((changes) => {
    for (const pane of new Set(changes.map(paneOf).filter(Boolean))) {
      const moment = [performance.now(), null]
      ;(window.sampled.panes[pane] ??= []).push(moment)
      requestAnimationFrame(() => (moment[1] = performance.now()))
    }
  })
  const what = { subtree: true, childList: true, characterData: true }
  for (const root of window.shadowRoots(document)) watch.observe(root, what)
}"""

RERUN = """() => setInterval(() => {
  const gear = window.shadowRoots(document).map((root) => root.querySelector("button[aria-pressed]")).find(Boolean)
  gear.click()
}, 500)"""


def spin(until: float) -> None:
    """Keep one core busy."""
    while time.time() < until:
        pass


@contextmanager
def busy() -> Iterator[None]:
    """One core at work."""
    process = multiprocessing.Process(target=spin, args=(time.time() + 600,))
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


@contextmanager
def others(browser: Browser, address: str) -> Iterator[None]:
    """The model answers somebody else while another session reruns twice a second."""
    page = opened(browser, address)
    page.locator("textarea").first.fill("Tell me a very long story about the sea and everybody who lives there.")
    page.get_by_role("button", name="Ask the model live").click()
    page.evaluate(RERUN)
    try:
        yield
    finally:
        page.context.close()


def opened(browser: Browser, address: str) -> Page:
    """Compare, ready to play, its reports kept."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    page.add_init_script(LISTEN)
    page.add_init_script(SAMPLE)
    page.goto(f"{address}/compare")
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=30_000)
    page.wait_for_timeout(1000)
    page.evaluate("window.watchPanes()")
    return page


def played(page: Page) -> dict[str, Any]:
    """One play's report."""
    before = page.evaluate("(window.seen || []).length")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("count => (window.seen || []).length > count", arg=before, timeout=60_000)
    report: dict[str, Any] = page.evaluate("window.seen.at(-1)")
    return report


def sampled_lags(page: Page, report: dict[str, Any]) -> dict[str, float]:
    """The sampler's own first words and p95 in milliseconds, and the p95 of the frame after; 0 where it saw nothing."""
    sampled = page.evaluate("window.sampled")
    first, changed, framed = [], [], []
    for pane in report["panes"]:
        moments = [
            [(time - sampled["press"]) / 1000 for time in pair]
            for pair in sampled["panes"].get(pane["pane"], []) if None not in pair
        ]  # fmt: skip
        after = [(due, next((pair for pair in moments if pair[0] >= due), None)) for due in pane["due"]]
        seen = [(pair[0] - due, pair[1] - due) for due, pair in after if pair]
        changed += [1000 * change for change, _ in seen]
        framed += [1000 * frame for _, frame in seen]
        first += [1000 * seen[0][0]] if seen else []
    return {
        "sampled first": round(max(first, default=0), 1),
        "sampled p95": round(share_of(changed, 0.95), 1),
        "sampled frame p95": round(share_of(framed, 0.95), 1),
    }


def share_of(values: list[float], share: float) -> float:
    """The value below which this share of the values lies; 0 where there are none."""
    return sorted(values)[int(share * (len(values) - 1))] if values else 0


def all_lags(page: Page) -> dict[str, float]:
    """One play by both clocks."""
    report = played(page)
    return {**lags(report), **sampled_lags(page, report)}


def lags(report: dict[str, Any]) -> dict[str, float]:
    """First words and p95 in milliseconds over all panes of one play, as the player tells them."""
    every = sorted(lag for pane in report["panes"] for lag in pane["lags"])
    first = max(pane["painted"]["first"] - pane["scheduled"]["first"] for pane in report["panes"])
    return {"first": round(first * 1000, 1), "p95": round(every[int(0.95 * (len(every) - 1))], 1)}


def say(name: str, rows: list[dict[str, float]]) -> None:
    """The medians of one case."""
    medians = {key: round(statistics.median(row[key] for row in rows), 1) for key in rows[0]}
    spread = {key: [min(row[key] for row in rows), max(row[key] for row in rows)] for key in rows[0]}
    sys.stdout.write(json.dumps({"case": name, "median": medians, "range": spread, "n": len(rows)}) + "\n")
    sys.stdout.flush()


def live(page: Page, n: int) -> dict[str, float]:
    """One live answer: model token to paint."""
    page.locator("textarea").first.fill(f"Tell me {n + 3} facts about the sea.")
    before = page.evaluate("(window.seen || []).length")
    page.get_by_role("button", name="Ask the model live").click()
    page.wait_for_function("count => (window.seen || []).length > count", arg=before, timeout=90_000)
    report = page.evaluate("window.seen.at(-1)")
    transit = float(report.get("transit") or 0) * 1000
    every = sorted(lag + transit for pane in report["panes"] for lag in pane["lags"])
    page.wait_for_timeout(1500)
    return {"p50": round(every[len(every) // 2], 1), "p95": round(every[int(0.95 * (len(every) - 1))], 1)}


def main() -> None:
    """Print one line a case."""
    with running() as address, sync_playwright() as play:
        browser = chromium(play)
        page = opened(browser, address)
        played(page)
        say("replay, idle", [all_lags(page) for _ in range(ROUNDS)])
        with busy():
            say("replay, one core busy", [all_lags(page) for _ in range(ROUNDS)])
        rows = []
        for _ in range(ROUNDS):
            with others(browser, address):
                rows.append(all_lags(page))
        say("replay, the model and another session at work", rows)
        say("live, token to paint", [live(page, n) for n in range(ROUNDS)])
        browser.close()


if __name__ == "__main__":
    main()

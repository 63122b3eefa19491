"""How soon a change reaches somebody else where eight design together, each at a computer of their own: one browser
changes, another one watches, and the rest are scripted pages, which look and are drawn anew as browsers are.

Run: python -m tests.bench.pollers [scripted pages]. One line: from the press to the change on the other screen.
"""

import json
import secrets
import statistics
import sys
import time
from threading import Event, Thread
from urllib.parse import urlsplit

from playwright.sync_api import expect, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from components.server.rater_cookie import RATER_COOKIE
from tests.bench.server import chromium, running
from tests.bench.together import NAME, opened, seen_after

PAGES, CHANGES = 6, 60


class ScriptedPage:
    """A page without a browser: it asks for what is on Compare, then looks again as often as the server says."""

    def __init__(self, address: str, query: str) -> None:
        self.query, self.page_hash = query, ""
        self.ready, self.looks = Event(), 0
        cookie = f"{RATER_COOKIE}={secrets.token_urlsafe(18)}"
        url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        self.line: ClientConnection = connect(
            url,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": cookie},
            max_size=None,
            legacy=True,
        )  # fmt: skip
        Thread(target=self.listen, daemon=True).start()
        self.ask("", False)

    def ask(self, fragment: str, by_itself: bool) -> None:
        """Have the page drawn, or the fragment alone."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        if self.page_hash:
            message.rerun_script.page_script_hash = self.page_hash
        else:
            message.rerun_script.page_name = "compare"
        message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = fragment, by_itself
        self.line.send(message.SerializeToString())

    def listen(self) -> None:
        """Take what the server sends, and look again when it is time."""
        fragment, interval, due = "", 3.0, time.monotonic() + 3600
        try:
            while True:
                try:
                    raw = self.line.recv(timeout=max(0.0, due - time.monotonic()))
                except TimeoutError:
                    self.ask(fragment, True)
                    self.looks, due = self.looks + 1, time.monotonic() + interval
                    continue
                message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
                if message.WhichOneof("type") == "new_session":
                    self.page_hash = message.new_session.page_script_hash
                if message.WhichOneof("type") == "auto_rerun":
                    fragment, interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
                    due = time.monotonic() + interval
                    self.ready.set()
        except ConnectionClosed:
            return


def main() -> None:
    """One line: how many people, how many changes were seen, the mean, the median and the 95th percentile."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    expect.set_options(timeout=60_000)
    times: list[float] = []
    with running() as address, sync_playwright() as play:
        browser = chromium(play)
        first = opened(browser, f"{address}/compare")
        first.get_by_label(NAME).fill("Bench")
        first.keyboard.press("Enter")
        first.get_by_text("Saved in").first.wait_for(timeout=60_000)
        shared = first.url.split("&step")[0]
        other = opened(browser, shared)
        pages = [ScriptedPage(address, urlsplit(shared).query) for _ in range(count)]
        for page in pages:
            page.ready.wait(60)
        for shown in (first, other):
            shown.get_by_role("button", name="Dials of B").click()
            shown.get_by_label("Name", exact=True).wait_for(timeout=60_000)
        expect(first.get_by_text(f"{count + 1} others here")).to_be_visible()
        for number in range(CHANGES):
            times += seen_after(first, [other], number)
        looks = sum(page.looks for page in pages)
        browser.close()
    ordered = sorted(times)
    row = {
        "people": count + 2, "changes": CHANGES, "looks": looks, "seen": len(times),
        "mean": round(statistics.mean(ordered), 3), "median": round(statistics.median(ordered), 3),
        "p95": round(ordered[int(len(ordered) * 0.95)], 3),
    }  # fmt: skip
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()

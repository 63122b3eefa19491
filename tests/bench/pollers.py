"""How soon a change reaches others, without their browsers: one browser changes, scripted pages look as browsers do,
and have seen a change once the whole page has been drawn for them again.

Run: python -m tests.bench.pollers [pages]. One line: from the press to the server's answer with it, to each page.
"""

import json
import secrets
import statistics
import sys
import time
from collections.abc import Sequence
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
from tests.bench.together import CHANGES, NAME, opened

PAGES = 7


class ScriptedPage:
    """A page without a browser: it asks for what is on Compare, then looks again as often as the server says."""

    def __init__(self, address: str, query: str) -> None:
        self.query, self.watching, self.seen_at = query, False, 0.0
        self.ready, self.seen, self.looks = Event(), Event(), 0
        cookie = f"{RATER_COOKIE}={secrets.token_urlsafe(18)}"
        url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        self.line: ClientConnection = connect(
            url, subprotocols=[Subprotocol("streamlit")], additional_headers={"Cookie": cookie}, max_size=None
        )
        Thread(target=self.listen, daemon=True).start()
        self.ask("", False)

    def ask(self, fragment: str, by_itself: bool) -> None:
        """Have the page drawn, or the fragment alone."""
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = self.query, "compare"
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
                self.note_drawing(message)
                if message.WhichOneof("type") == "auto_rerun":
                    fragment, interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
                    due = time.monotonic() + interval
                    self.ready.set()
        except ConnectionClosed:
            return

    def note_drawing(self, message: ForwardMsg) -> None:
        """Note when the whole page has been drawn again, which it is where somebody changed something."""
        done = message.WhichOneof("type") == "script_finished"
        if self.watching and done and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.watching, self.seen_at = False, time.time()
            self.seen.set()

    def watch(self) -> None:
        """Note when the page is drawn again."""
        self.seen.clear()
        self.watching = True


def spread(values: Sequence[float]) -> dict[str, float]:
    """The mean, the median and the 95th percentile, in seconds."""
    ordered = sorted(values)
    return {
        "mean": round(statistics.mean(ordered), 3), "median": round(statistics.median(ordered), 3),
        "p95": round(ordered[int(len(ordered) * 0.95)], 3),
    }  # fmt: skip


def main() -> None:
    """One line: how many changes each of how many pages was answered with, and how long after the press."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    expect.set_options(timeout=60_000)
    reached: list[float] = []
    with running() as address, sync_playwright() as play:
        browser = chromium(play)
        first = opened(browser, f"{address}/compare")
        first.get_by_label(NAME).fill("Bench")
        first.keyboard.press("Enter")
        first.get_by_text("Saved in").first.wait_for(timeout=60_000)
        query = urlsplit(first.url.split("&step")[0]).query
        pages = [ScriptedPage(address, query) for _ in range(count)]
        for page in pages:
            page.ready.wait(60)
        first.get_by_role("button", name="Dials of B").click()
        field = first.get_by_label("Name", exact=True)
        field.wait_for(timeout=60_000)
        expect(first.get_by_text(f"{count} others here")).to_be_visible()
        for number in range(CHANGES):
            name = f"Quick {number}."
            for page in pages:
                page.watch()
            field.fill(name)
            pressed = time.time()
            field.press("Enter")
            reached += [page.seen_at - pressed for page in pages if page.seen.wait(30)]
        looks = sum(page.looks for page in pages)
        browser.close()
    row = {"pages": count, "changes": CHANGES, "seen": len(reached), "looks": looks, **spread(reached)}
    sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()

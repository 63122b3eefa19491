"""How fast the server starts and its first page can be used; and a server for the other benches."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright, sync_playwright

from components.core.folders import PROJECT_ROOT, data_folder
from tests.browser import servers

ROUNDS = 5
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def running(filled: Callable[[Path], None] = lambda folder: None) -> Iterator[str]:
    """A server on a free port with a data folder of its own, `filled` beforehand."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        (Path(folder) / "models").symlink_to((data_folder() / "models").absolute())
        filled(Path(folder))
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"], cwd=PROJECT_ROOT, env={**os.environ, "PARALLAX_DATA": folder},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def wait(address: str) -> None:
    """Return when the server is healthy."""
    for _ in range(3000):
        try:
            with urlopen(address + "/_stcore/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.01)
    raise TimeoutError(address)


def chromium(play: Playwright) -> Browser:
    """A headless Chromium."""
    return play.chromium.launch(executable_path=servers.chromium(), args=FLAGS)


def main() -> None:
    """Print one line: medians in seconds."""
    healthy, usable = [], []
    with sync_playwright() as play:
        browser = chromium(play)
        for _ in range(ROUNDS):
            began = time.monotonic()
            with running() as address:
                healthy.append(time.monotonic() - began)
                page = browser.new_context().new_page()
                began = time.monotonic()
                page.goto(address)
                page.get_by_test_id("stMainBlockContainer").get_by_role("button").first.wait_for(timeout=90_000)
                usable.append(time.monotonic() - began)
                page.context.close()
        browser.close()
    rows = {"start to healthy": healthy, "first page to first control": usable}
    said = {
        name: {"median": round(statistics.median(v), 2), "range": [round(min(v), 2), round(max(v), 2)]}
        for name, v in rows.items()
    }
    sys.stdout.write(json.dumps({**said, "n": ROUNDS}) + "\n")


if __name__ == "__main__":
    main()

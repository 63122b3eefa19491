"""A real server on a free port, and a real Chromium that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    prepared = Path(os.environ.get("PARALLAX_DATA", ROOT / "data")) / "models"
    (folder / "models").symlink_to(prepared)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    surroundings = {**os.environ, "PARALLAX_DATA": str(folder)}
    server = subprocess.Popen([*command, "--server.address=127.0.0.1"], cwd=ROOT, env=surroundings)
    try:
        yield healthy(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(10)


def healthy(address: str) -> str:
    """The address, once the server answers there."""
    for _ in range(200):
        try:
            with urlopen(address + "/_stcore/health", timeout=1):
                return address
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    opened = context.new_page()
    opened.goto(address)
    opened.get_by_role("button", name="Play", exact=True).wait_for(timeout=20_000)
    yield opened
    context.close()

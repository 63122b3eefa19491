"""A real server for a browser to look at, which can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from components.core.folders import PROJECT_ROOT
from components.store import Store
from tests.conftest import PREPARED


class Server:
    """Parallax on a free port, with a data folder of its own that borrows the prepared model."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        (folder / "models").symlink_to(PREPARED)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={self.port}"]
        surroundings = {**os.environ, "PARALLAX_DATA": str(self.folder)}
        self.process = subprocess.Popen([*command, "--server.address=127.0.0.1"], cwd=PROJECT_ROOT, env=surroundings)
        until(self.answers)

    def answers(self) -> bool:
        """Whether it is there."""
        try:
            with urlopen(self.address + "/_stcore/health", timeout=1):
                return True
        except (URLError, OSError):
            return False

    def stop(self, with_: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(with_)
        self.process.wait(20)

    def model(self) -> int:
        """The process in which its model runs."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        found = [int(child) for listed in children for child in listed.read_text().split()]
        [worker] = [
            pid for pid in found if b"components.models.local.worker_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        return worker

    def store(self) -> Store:
        """What it keeps."""
        return Store.open(self.folder)


def until(fact: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something to be true."""
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def chromium() -> str:
    """Where the browser is: the one without a window of its own where there is one, at half the work a page."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium") or "chromium"

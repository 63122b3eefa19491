"""Servers that can be killed: a process that has everything imported and starts a server, anew each time it is asked.

`python -m tests.server.take_server` starts one for each port that it reads, and writes its process's number.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from components.core.folders import PROJECT_ROOT
from components.server.access.security_headers import SecurityHeaders
from components.server.app_context import app_context
from components.server.participate.take_door import TakeDoor
from components.server.participate.take_routes import take_app


class KillableServer:
    """Starts and kills servers on one port."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process, self.pid = process, 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.place}"

    def start(self) -> None:
        """Start a server; it answers when this returns."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{self.port}\n")
        self.process.stdin.flush()
        self.pid = int(self.process.stdout.readline())
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise TimeoutError("the server did not start")

    def kill(self) -> None:
        """End the server at once; its port is free when this returns."""
        pid, self.pid = self.pid, 0
        if not pid:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            while True:
                os.kill(pid, 0)
                time.sleep(0.002)


@contextmanager
def killable_servers(environment: Mapping[str, str], number: int = 1) -> Iterator[list[KillableServer]]:
    """Servers that have these variables, none of them started yet."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.server.take_server"], cwd=PROJECT_ROOT,
        env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    made = [KillableServer(process) for _ in range(number)]
    try:
        yield made
    finally:
        for server in made:
            server.kill()
        process.communicate("", timeout=60)


@asynccontextmanager
async def closing(_: object) -> AsyncIterator[None]:
    yield
    app_context().close()


async def health(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def serve(port: int) -> None:
    """Serve the participants' routes until the process is ended."""
    door = [Middleware(SecurityHeaders), Middleware(TakeDoor, take_app=take_app())]
    app = Starlette(routes=[Route("/_stcore/health", health)], middleware=door, lifespan=closing)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical", access_log=False)


def main() -> None:
    """Start a server in a process of its own for each port that is written to it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends is gone at once
    for port in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(int(port))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

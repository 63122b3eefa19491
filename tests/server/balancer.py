"""The balancer in front of several servers, with the repository's own configuration, where HAProxy is installed."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from components.core.folders import PROJECT_ROOT

CONFIGURATION = PROJECT_ROOT / "deploy" / "balancer.cfg"
MISSING = "HAProxy is not installed: on Debian and Ubuntu, sudo apt install haproxy"


def balancer_program() -> str | None:
    """HAProxy, None where it is not installed."""
    return shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def running_balancer(one: str, two: str) -> Iterator[str]:
    """The address of a balancer in front of two servers, each named by host and port."""
    program = balancer_program()
    assert program is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    addresses = {"PARALLAX_BIND": f"127.0.0.1:{port}", "PARALLAX_ONE": one, "PARALLAX_TWO": two}
    process = subprocess.Popen(
        [program, "-db", "-q", "-f", str(CONFIGURATION)], env={**os.environ, **addresses}, stdout=subprocess.DEVNULL
    )
    try:
        wait_for_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def wait_for_port(port: int) -> None:
    for _ in range(1_000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError("the balancer did not start")

"""Start: one server on one port, its address once it answers, and a clean end at Ctrl-C. `make run` runs it."""

import hmac
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.server.access.passphrase import PASSPHRASE_VARIABLE, chosen_passphrase, is_shared
from components.server.access.signing import secret_from_env

SERVER_COMMAND = (sys.executable, "-m", "streamlit", "run", "app.py", "--logger.hideWelcomeMessage=true")
ALL_INTERFACES, THIS_COMPUTER = "0.0.0.0", "127.0.0.1"
ROUTE_PROBE = ("192.0.2.1", 9)  # an address of documentation: nothing is sent there
COOKIE_VARIABLE = "STREAMLIT_SERVER_COOKIE_SECRET"
LOOK_S = 0.2  # seconds between looks at whether the server has ended
STOP_TIMEOUT_S = 2.0  # seconds that a closing server has before it is killed


def run_server(port: int) -> int:
    """Run the server until it ends by itself or is told to end; its exit code. Explained where the port is taken.

    It is reached from this computer alone; where PARALLAX_SHARE says so from the network, with a passphrase.
    """
    if is_port_taken(port):
        raise Explained(
            f"Port {port} is taken: by another program, or by Parallax itself in another window.",
            do=f"Open http://localhost:{port} to see which, or choose another port: make run PORT={port + 1}",
        )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    shared = {PASSPHRASE_VARIABLE: chosen_passphrase()} if is_shared() else {}
    address = ALL_INTERFACES if shared else THIS_COMPUTER
    # In a session of its own, so that Ctrl-C reaches it once and from here.
    server = subprocess.Popen(
        [*SERVER_COMMAND, f"--server.port={port}", f"--server.address={address}"], cwd=PROJECT_ROOT,
        env={**cookie_setting(), **os.environ, **shared}, start_new_session=True,
    )  # fmt: skip
    try:
        while server.poll() is None and not is_server_up(port):
            time.sleep(0.05)
        if server.poll() is None:
            print_line(f"Parallax is at http://localhost:{port} – Ctrl-C ends it")
            for passphrase in shared.values():
                print_line(f"Others on this network: http://{network_address()}:{port}, passphrase {passphrase}")
        while server.poll() is None:  # a signal between two statements is lost on a wait without end
            time.sleep(LOOK_S)
        return server.returncode
    except KeyboardInterrupt:
        stop_server(server)
        return 0


def cookie_setting() -> dict[str, str]:
    """What Streamlit signs its cookies with, the same for all servers with one secret; nothing where none is set."""
    secret = secret_from_env()
    return {COOKIE_VARIABLE: hmac.digest(secret.encode(), b"cookies", "sha256").hex()} if secret else {}


def network_address() -> str:
    """This computer's address in its network, as others reach it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(ROUTE_PROBE)
            return str(trial.getsockname()[0])
        except OSError:
            return socket.gethostname()


def parse_port(text: str) -> int:
    """The port in a text. Explained where it is no number from 1024 to 65535."""
    if text.isascii() and text.isdecimal() and 1024 <= int(text) <= 65535:
        return int(text)
    raise Explained(f"“{text}” is not a port.", do="Choose a number from 1024 to 65535: make run PORT=8600")


def is_port_taken(port: int) -> bool:
    """Whether another program listens on this port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("", port))
        except OSError:
            return True
    return False


def is_server_up(port: int) -> bool:
    """Whether the server is up. A proxy that the surroundings name is not asked."""
    line = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        line.request("GET", "/_stcore/health")
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def stop_server(server: "subprocess.Popen[bytes]") -> None:
    """Let the server end in order; an answer under way does not hold it up for long."""
    server.terminate()
    try:
        server.wait(STOP_TIMEOUT_S)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()


def print_line(text: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(run_server(parse_port(" ".join(sys.argv[1:]))))
    except Explained as problem:
        sys.exit(str(problem))

"""Starting as `make run` does: the address is said once the server answers, and Ctrl-C ends everything."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest

from components.core.explained import Explained
from components.server.start import cookie_setting, is_port_taken, network_address, parse_port, run_server

ROOT = Path(__file__).parents[2]


@pytest.fixture
def started(port: int) -> Iterator["subprocess.Popen[str]"]:
    """What `make run` starts, in a process group of its own as a terminal would have it."""
    command = [sys.executable, "-m", "components.server.start", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    yield process
    process.terminate()
    process.communicate(timeout=20)


def test_the_address_is_said_once_the_server_answers(started: "subprocess.Popen[str]", port: int) -> None:
    assert started.stdout
    assert f"http://localhost:{port} " in started.stdout.readline()
    with urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
        assert answer.status == 200
    with socket.socket() as trial:  # from this computer alone
        assert trial.connect_ex((network_address(), port)) != 0 or network_address().startswith("127.")


def test_shared_it_says_its_passphrase_and_asks_for_it(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_SHARE", "1")
    command = [sys.executable, "-m", "components.server.start", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout
    process.stdout.readline()
    said = re.fullmatch(r"Others on this network: (http://\S+), passphrase (\S+)\n", process.stdout.readline())
    assert said
    address, passphrase = said.groups()
    with httpx.Client(base_url=address) as browser:
        assert browser.get("/", headers={"accept": "text/html"}).status_code == 303
        assert browser.post("/parallax/sign-in", data={"passphrase": passphrase}).status_code == 303
        assert "<title>" in browser.get("/", headers={"accept": "text/html"}).text
    process.terminate()
    process.communicate(timeout=20)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_end_it_without_a_word(
    started: "subprocess.Popen[str]", port: int, told: signal.Signals
) -> None:
    assert started.stdout
    started.stdout.readline()
    os.killpg(started.pid, told)
    said, problems = started.communicate(timeout=20)
    assert (started.returncode, said, problems) == (0, "", "")
    assert not is_port_taken(port)


def test_servers_with_one_secret_sign_their_cookies_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARALLAX_SECRET", raising=False)
    assert cookie_setting() == {}
    monkeypatch.setenv("PARALLAX_SECRET", "s" * 32)
    [value] = cookie_setting().values()
    assert len(value) == 64 and cookie_setting() == {"STREAMLIT_SERVER_COOKIE_SECRET": value}
    monkeypatch.setenv("PARALLAX_SECRET", "t" * 32)
    assert value not in cookie_setting().values()


def test_a_taken_port_is_explained_with_another_one() -> None:
    with socket.socket() as other:
        other.bind(("", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Explained, match=f"Port {port} is taken.*PORT={port + 1}"):
            run_server(port)


@pytest.mark.parametrize("text", ["", "abc", "80", "65536", "-1", "8501.0", "²"])
def test_what_is_no_port_is_explained(text: str) -> None:
    with pytest.raises(Explained, match="is not a port"):
        parse_port(text)

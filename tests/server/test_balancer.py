"""What the balancer in front of several servers does: who goes where, what passes, and what happens when one dies."""

import http.client
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.server.balancer import MISSING, balancer_program, running_balancer

pytestmark = pytest.mark.skipif(balancer_program() is None, reason=MISSING)
UPGRADE = b"\r\n".join(
    (
        b"GET /_stcore/stream HTTP/1.1", b"Host: x", b"Connection: Upgrade", b"Upgrade: websocket",
        b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", b"", b"",
    )
)  # fmt: skip


class NamedServer(ThreadingHTTPServer):
    """A server that answers with its name, and hangs up on what is posted while it is `failing`."""

    daemon_threads = True

    def __init__(self, name: str) -> None:
        super().__init__(("127.0.0.1", 0), NamedHandler)
        self.name, self.failing, self.heard, self.may_go_on = name, False, list[str](), Event()
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """A line that the other end closed is no matter."""

    def die(self) -> None:
        self.shutdown()
        self.server_close()


class NamedHandler(BaseHTTPRequestHandler):
    """One connection; it is not kept open."""

    server: NamedServer

    def do_GET(self) -> None:
        if self.path == "/_stcore/stream":
            self.send_response(101)
            self.send_header("Connection", "Upgrade")
            self.send_header("Upgrade", "websocket")
            self.send_header("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            self.end_headers()
            self.wfile.write(self.rfile.read(5))
            return
        self.say()
        if self.path == "/parallax/live":
            assert self.server.may_go_on.wait(20)
            self.wfile.write(b"data: 2\n\n")

    def do_POST(self) -> None:
        self.server.heard.append(self.rfile.read(int(self.headers["content-length"])).decode()[:20])
        if not self.server.failing:
            self.say()

    def say(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"data: 1\n\n" if self.path == "/parallax/live" else self.server.name.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def servers() -> Iterator[dict[str, NamedServer]]:
    both = {name: NamedServer(name) for name in ("one", "two")}
    yield both
    for server in both.values():
        server.die()


@pytest.fixture
def client(servers: dict[str, NamedServer]) -> Iterator[httpx.Client]:
    """A browser in front of a balancer with two servers."""
    with (
        running_balancer(servers["one"].place, servers["two"].place) as address,
        httpx.Client(base_url=address) as browser,
    ):
        yield browser


def test_participants_go_to_either_and_a_designers_browser_stays_with_one(client: httpx.Client) -> None:
    assert {client.get("/take/x").text for _ in range(4)} == {"one", "two"}
    assert not client.cookies
    first = client.get("/design")
    assert {client.get("/_stcore/host-config").text for _ in range(4)} == {first.text}
    assert client.cookies["parallax_server"] == first.text
    rules = first.headers["set-cookie"].lower()
    assert "httponly" in rules and "samesite=lax" in rules


def test_a_product_that_asks_through_the_recording_proxy_stays_with_one_server(client: httpx.Client) -> None:
    assert len({client.post("/v1/chat/completions", content=b"{}").text for _ in range(4)}) == 1
    assert not client.cookies


def test_a_stream_passes_as_it_comes_and_a_websocket_opens(
    client: httpx.Client, servers: dict[str, NamedServer]
) -> None:
    with client.stream("GET", "/parallax/live") as answer:
        parts = answer.iter_raw()
        assert next(parts) == b"data: 1\n\n"
        for server in servers.values():
            server.may_go_on.set()
        assert next(parts) == b"data: 2\n\n"
    place = urlsplit(str(client.base_url))
    with socket.create_connection((place.hostname, place.port), 5) as line:
        line.sendall(UPGRADE)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += line.recv(1)
        assert b" 101 " in head.splitlines()[0]
        line.sendall(b"hello")
        assert line.recv(5) == b"hello"


def test_what_a_server_dies_over_is_sent_to_the_other_if_it_can_be_made_twice(
    client: httpx.Client, servers: dict[str, NamedServer]
) -> None:
    servers["one"].failing = True
    long = b"x" * 40_000
    assert [client.post("/take/api/answers", content=long).text for _ in range(4)] == ["two"] * 4
    assert servers["one"].heard and len(servers["two"].heard) == 4
    before = len(servers["one"].heard)
    client.cookies.set("parallax_server", "one")
    assert client.post("/parallax/live", content=b"a question").status_code == 502
    assert servers["one"].heard[before:] == ["a question"] and len(servers["two"].heard) == 4


def test_a_server_that_died_is_left_at_once_by_all_and_without_any_server_that_is_said(
    client: httpx.Client, servers: dict[str, NamedServer]
) -> None:
    mine = client.get("/design").text
    servers[mine].die()
    began = time.monotonic()
    [other] = {client.get(path).text for path in ("/design", "/take/x", "/take/y", "/design")}
    assert other != mine and client.cookies["parallax_server"] == other
    assert time.monotonic() - began < 2
    servers[other].die()
    end = time.monotonic() + 10
    while (answer := client.get("/take/x")).headers.get("retry-after") is None and time.monotonic() < end:
        time.sleep(0.05)
    assert answer.status_code == http.client.SERVICE_UNAVAILABLE and "is kept" in answer.text

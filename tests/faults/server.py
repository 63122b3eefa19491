"""A server on a real socket that offers one model and answers chat completions wrongly, each way by its own path."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
Line = socket.socket


def piece(text: str | None = None, finish: str | None = None, **more: object) -> bytes:
    delta = {"content": text} if text is not None else {}
    choice = {"index": 0, "delta": delta, "finish_reason": finish, **more}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(body).encode() + b"\n\n"


WORDS = piece("It ") + piece("is ")
DONE = piece(finish="stop") + b"data: [DONE]\n\n"


def status(code: int, body: object = None, *headers: str) -> Callable[[Line], None]:
    content = body if isinstance(body, bytes) else json.dumps(body or {"error": {"message": "no"}}).encode()
    kind = "text/html" if isinstance(body, bytes) else "application/json"
    head = "\r\n".join((f"HTTP/1.1 {code} X", f"Content-Type: {kind}", f"Content-Length: {len(content)}", *headers))
    return lambda line: line.sendall(head.encode() + b"\r\nConnection: close\r\n\r\n" + content)


def sent(*parts: bytes) -> Callable[[Line], None]:
    return lambda line: line.sendall(HEAD + b"".join(parts))


def reset(line: Line) -> None:
    line.sendall(HEAD + WORDS)
    time.sleep(0.05)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent(line: Line) -> None:
    gone(line, 20)


def stuck(line: Line) -> None:
    line.sendall(HEAD + WORDS)
    gone(line, 20)


def endless(line: Line) -> None:
    line.sendall(HEAD)
    with suppress(OSError):
        while True:
            line.sendall(piece("word " * 2000))


def slow(line: Line) -> None:
    line.sendall(HEAD)
    with suppress(OSError):
        for number in range(2000):
            line.sendall(piece(f"{number} "))
            time.sleep(0.01)


def late(line: Line) -> None:
    line.sendall(HEAD + piece("It is so. ") + piece("Or "))
    time.sleep(1)
    line.sendall(piece("not.") + DONE)


def thoughtful(line: Line) -> None:
    line.sendall(HEAD)
    for thought in ("Is it so?\n", "It seems so.\n", "So I say it."):
        line.sendall(piece(None, delta={"reasoning_content": thought}))
        time.sleep(0.25)
    line.sendall(WORDS + piece("so.") + DONE)


def gone(line: Line, seconds: float) -> None:
    """Wait until the other side is gone."""
    line.settimeout(seconds)
    with suppress(OSError):
        line.recv(1)


def more(line: Line) -> bytes:
    """What the other side says next. OSError where it has gone."""
    data = line.recv(65536)
    if not data:
        raise ConnectionAbortedError
    return data


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
WAYS: dict[str, Callable[[Line], None]] = {
    "good": sent(WORDS, piece("so."), DONE),
    "probable": sent(
        piece("Yes.", logprobs={"content": [
            {"token": "Yes", "logprob": -0.1, "top_logprobs": [{"token": "Yes", "logprob": -0.1}]},
            {"token": ".", "logprob": -0.2, "top_logprobs": []},
        ]}), DONE,
    ),
    "several lines": sent(
        piece("1. **For**: It is.\n\n- Against: It was not.\n\n* for: It has been | long\n\n2 eggs"), DONE,
    ),
    "at once": status(200, {"choices": [{"message": {"content": "All of it."}, "finish_reason": "stop"}]}),
    "silent": silent, "stuck": stuck, "reset": reset, "endless": endless, "slow": slow, "late": late,
    "thoughtful": thoughtful,
    "truncated": sent(WORDS, b'data: {"choices": [{"del'), "unfinished": sent(WORDS),
    "half a chunk": lambda line: line.sendall(CHUNKED + b"ff\r\n" + WORDS[:40]),
    "malformed": sent(WORDS, b"data: {not json}\n\n", DONE), "number": sent(WORDS, b"data: 5\n\n", DONE),
    "no choice": sent(piece("")[:0] + b'data: {"choices": []}\n\n', b"data: [DONE]\n\n"),
    "empty": sent(DONE), "bad utf-8": sent(WORDS, b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n', DONE),
    "long line": sent(piece("x" * 1_000_000), DONE),
    "error inside": sent(WORDS, b'data: {"error": {"message": "out of memory"}}\n\n'),
    "web page": status(200, b"<html><h1>It works!</h1></html>"),
    "400": status(400), "401": status(401, {"error": {"message": "bad key SECRET-KEY-VALUE"}}), "403": status(403),
    "404": status(404), "429": status(429, None, "Retry-After: 7"), "500": status(500), "503": status(503, b"<html>"),
    "302": status(302, None, "Location: http://169.254.169.254/latest/meta-data"),
    "other model": status(400, {"detail": "Server is pinned to 'small'; requested 'm'."}),
    "too long": status(400, {"error": {"message": "maximum context length is 8 tokens"}}),
}  # fmt: skip
OFFERED = status(200, {"object": "list", "data": [{"id": "m", "object": "model", "created": 1, "owned_by": "us"}]})


class Wrong:
    """The running server. `asked` holds the bodies it was sent, `left` counts the clients that went away."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.asked: list[dict[str, object]] = []
        threading.Thread(target=self.serve, daemon=True).start()

    def url(self, way: str) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/{way.replace(' ', '-')}/v1"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self.answer, args=(self.socket.accept()[0],), daemon=True).start()

    def answer(self, line: Line) -> None:
        with line, suppress(OSError):
            head, _, body = self.read(line).partition(b"\r\n\r\n")
            if head.startswith(b"GET"):
                OFFERED(line)
                return
            self.asked.append(json.loads(body or b"{}"))
            way = head.split(b" ")[1].split(b"/")[1].decode().replace("-", " ")
            refused = way == "no probabilities" and "logprobs" in self.asked[-1]
            if way == "no probabilities":
                (status(400, {"error": {"message": "logprobs is not supported"}}) if refused else WAYS["good"])(line)
            else:
                WAYS[{"bad utf 8": "bad utf-8"}.get(way, way)](line)

    def read(self, line: Line) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += more(line)
        head, _, body = data.partition(b"\r\n\r\n")
        sizes = [int(one.split(b":")[1]) for one in head.split(b"\r\n") if one.lower().startswith(b"content-length")]
        while len(body) < (sizes or [0])[0]:
            body += more(line)
        return head + b"\r\n\r\n" + body


@contextmanager
def wrong() -> Iterator[Wrong]:
    server = Wrong()
    try:
        yield server
    finally:
        server.socket.close()

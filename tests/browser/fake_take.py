"""A small server that speaks the protocol of the participant's page, and fails when it is told to."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from components.core.folders import PROJECT_ROOT

DIST = PROJECT_ROOT / "assets" / "dist"
TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8", ".woff2": "font/woff2"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; font-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
Json = dict[str, Any]


class FakeTake:
    """One study and those who take part in it, in memory.

    `fault` gets the name of each request and says what goes wrong with it: "" for nothing, "down" (no answer), "lost"
    (done, and no answer), "busy" (503), "portal" (a page of somebody else's).
    """

    def __init__(self, steps: list[Json], **study: Any) -> None:
        self.steps, self.timelines = steps, dict[str, Json]()
        self.study = {"id": "s1", "title": "A study", "language": "en", "rtl": False, "texts": {}, **study}
        self.consent: Json = {
            "id": "consent",
            "kind": "consent",
            "title": "Before you begin",
            "text": "It is **free**.",
        }
        self.state = "new"
        self.people: dict[str, dict[str, Json]] = {}
        self.left: set[str] = set()
        self.asked: list[tuple[str, Json]] = []
        self.bytes: dict[str, int] = {}
        self.fault: Callable[[str], str] = lambda name: ""
        self.end: Json = {"kind": "complete", "title": "", "text": "Thanks.", "code": "C0DE", "url": ""}
        self.ended_by = ""  # the step whose answer ends it early, as screened out
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/take/link"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answers(self) -> dict[str, Json]:
        """What the only person answered, by step."""
        (answers,) = self.people.values()
        return answers

    def end_of(self, ticket: str) -> Json:
        """The end of a person, if there is one."""
        if ticket in self.left:
            return {"end": {"kind": "withdrew", "title": "", "text": "", "code": "", "url": ""}}
        done = self.people.get(ticket, {})
        if self.ended_by in done:
            return {"end": {**self.end, "kind": "screened", "code": "OUT"}}
        return {"end": self.end} if len(done) == len(self.steps) else {}

    def begin(self, body: Json, _: str) -> tuple[int, Json]:
        known = body["ticket"] if body["ticket"] in self.people else ""
        told: Json = {"study": self.study, "consent": self.consent, "state": self.state}
        if self.state == "preview" and self.steps:
            told["steps"] = self.steps
        if known:
            end = self.end_of(known)
            told |= {"state": "ended" if end else "open", "ticket": known, "steps": self.steps, **end}
            told["done"] = list(self.people[known])
        return 200, told

    def join(self, body: Json, _: str) -> tuple[int, Json]:
        self.people.setdefault(body["id"], {})
        return 200, {"ticket": body["id"], "steps": self.steps, "done": []}

    def take_answer(self, body: Json, ticket: str) -> tuple[int, Json]:
        done = self.people.get(ticket)
        if done is None:
            return 403, {"code": "ticket"}
        if ticket in self.left:
            return 410, {"code": "withdrew"}
        before = done.get(body["step"])
        if before is not None and before["id"] != body["id"]:
            return 409, {"code": "answered", "done": list(done)}
        if before is not None and before != body:
            return 409, {"code": "differs"}
        done[body["step"]] = body
        return 200, {"committed": body["id"], **self.end_of(ticket)}

    def leave(self, _: Json, ticket: str) -> tuple[int, Json]:
        self.people[ticket] = {}
        self.left.add(ticket)
        return 200, self.end_of(ticket)

    def respond(self, name: str, body: Json, ticket: str) -> tuple[int, Json]:
        """What is answered to a request."""
        calls = {"begin": self.begin, "join": self.join, "answers": self.take_answer, "leave": self.leave}
        with self.lock:
            self.asked.append((name, body))
            if name == "state":
                return 200, {"done": list(self.people.get(ticket, {})), **self.end_of(ticket)}
            if name.startswith("timelines/"):
                return 200, self.timelines[name.partition("/")[2]]
            return calls[name](body, ticket)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """What handles one request."""
        take = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Says nothing."""

            def do_GET(self) -> None:
                self.route({})

            def do_POST(self) -> None:
                self.route(json.loads(self.rfile.read(int(self.headers["content-length"]))))

            def route(self, body: Json) -> None:
                path = self.path.partition("?")[0]
                if path.startswith("/take/api/"):
                    self.call(path.removeprefix("/take/api/"), body)
                elif path == "/around":
                    self.say(200, b'<iframe src="/take/link" height="900"></iframe>', "text/html")
                elif path.startswith("/parallax/assets/"):
                    self.file(DIST / path.removeprefix("/parallax/assets/"))
                else:
                    self.file(DIST / "participate.html")

            def call(self, name: str, body: Json) -> None:
                fault = take.fault(name)
                if fault == "busy":
                    self.say(503, b"{}", "application/json", {"Retry-After": "1"})
                elif fault == "portal":
                    self.say(200, b"<h1>Welcome to our net</h1>", "text/html")
                elif fault == "down":
                    self.close_connection_now()
                else:
                    status, told = take.respond(name, body, self.headers.get("x-parallax-ticket", ""))
                    if fault == "lost":
                        self.close_connection_now()
                    else:
                        self.say(status, json.dumps(told).encode(), "application/json")

            def close_connection_now(self) -> None:
                self.close_connection = True
                self.connection.close()

            def file(self, path: Path) -> None:
                self.say(200, path.read_bytes(), TYPES[path.suffix], {"Content-Security-Policy": POLICY})

            def say(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
                self.send_response(status)
                for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)

        return Handler


def item(name: str, kind: str, text: str, **more: Any) -> Json:
    return {"name": name, "kind": kind, "text": text, "required": True, **more}


BATTERY = [
    item("accept", "accept", "Would you use this answer?", options=[
        {"value": "accept", "label": "Yes, as it is"}, {"value": "change", "label": "No, I'd change it"}]),
    item("trust", "slider", "How far do you trust this answer?", low="not at all", high="completely", least=0, most=100,
         step=1),
    item("speed", "scale", "How satisfied are you with the speed?", low="not at all", high="extremely", points=7,
         least=1),
    item("felt_complete", "seconds", "About how many seconds passed between pressing Send and the complete answer?",
         longest=600, step=0.5),
]  # fmt: skip


def timeline(words: str, at: float = 0.3, gap: float = 0.03, last: Json | None = None) -> Json:
    """An answer that comes word by word."""
    events: list[Json] = [{"at": 0.1, "kind": "status", "text": "Thinking", "data": {"shape": "typing"}}]
    events += [{"at": at + i * gap, "kind": "text", "text": f"{word} "} for i, word in enumerate(words.split())]
    over = at + len(words.split()) * gap
    return {"events": [*events, last or {"at": over, "kind": "end", "data": {"reason": "stop"}}], "branches": {}}


def watched(name: str, kind: str = "trial", number: int = 1, panes: str = "A", **more: Any) -> Json:
    hashes = {"prototype": "p" * 64, "recording": "r" * 64}
    shown = [{"key": key, "label": f"Assistant {key}", "timeline": f"t{key}", **hashes} for key in panes]
    return {"id": name, "kind": kind, "number": number, "of": 2, "prompt": "Is a tomato a fruit or a vegetable?",
            "layout": "side" if len(panes) > 1 else "one", "panes": shown, "after": BATTERY, **more}  # fmt: skip

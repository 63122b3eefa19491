"""Worker main: the process of a model. It loads it, answers several prompts at once, and ends with its server."""

import gc
import json
import os
import signal
import sys
import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TextIO

from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.source import parse_source

if TYPE_CHECKING:
    from components.models.local.classifier_engine import ClassifierEngine
    from components.models.local.token_engine import Engine, NumberedEvents

WORKER_NICENESS = 5  # pages and running streams come first
LOAD_FAILED = Explained(
    "The model cannot be loaded.",
    "Recordings and ratings are not touched.",
    "Check that all of its files are there and whole; the server's own messages say more.",
)


class WorkerLine:
    """The line to the server: JSON both ways, one message a line."""

    def __init__(self, coming: TextIO, going: TextIO) -> None:
        self.coming, self.going = coming, going
        self.heard: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def tell(self, **message: Any) -> None:
        """Send a message to the server."""
        self.going.write(json.dumps(message, separators=(",", ":")) + "\n")
        self.going.flush()

    def hear(self) -> None:
        """Take messages until the server is gone, and then end: there is nobody left to answer."""
        for line in self.coming:
            self.heard.put(json.loads(line))
        os._exit(0)

    def next(self, wait: bool) -> dict[str, Any] | None:
        """The next message; None where none is there and it is not to be waited for."""
        try:
            return self.heard.get(block=wait)
        except Empty:
            return None


def main() -> None:
    """Answer what comes in on standard input until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it closes the line when it goes
    os.nice(WORKER_NICENESS)
    going = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come between the messages
    line = WorkerLine(sys.stdin, going)
    Thread(target=line.hear, daemon=True).start()
    source, settings = parse_source(line.heard.get())
    line.tell(loading=0.05, text="Loading the libraries")
    try:
        from components.models.local.load_engine import load_engine

        engine = load_engine(source, settings, lambda share, text: line.tell(loading=round(share, 3), text=text))
    except Explained as problem:
        line.tell(failed=vars(problem))
        return
    except Exception:
        line.tell(failed=vars(LOAD_FAILED))
        raise
    gc.collect()
    gc.freeze()
    line.tell(ready=True)
    while True:
        while (message := line.next(wait=engine.idle)) is not None:
            send_events(
                line, engine.stop(message["stop"]) if "stop" in message else begin_answer(line, engine, message)
            )
        send_events(line, engine.advance())


def begin_answer(line: WorkerLine, engine: "Engine | ClassifierEngine", message: dict[str, Any]) -> "NumberedEvents":
    """Begin an answer to a prompt; its first events."""
    began = time.monotonic()
    line.tell(began=began, number=message["ask"])
    return engine.begin(message["ask"], Prompt.from_json(message["prompt"]), began)


def send_events(line: WorkerLine, events: "NumberedEvents") -> None:
    """Send the engine's events to the server."""
    for number, event in events:
        line.tell(event=event.to_json(), number=number)


if __name__ == "__main__":
    main()

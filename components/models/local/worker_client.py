"""Worker client: the server's side of a model's process: starts it, queues for it, survives its death."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from threading import RLock, Thread
from typing import Any

from components.core.event import Event, Stream
from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT, data_folder
from components.core.prompt import Prompt
from components.models.generation import Generation, GenerationState
from components.models.source import Settings, Source

CLOSE_TIMEOUT_S = 3.0  # seconds that a closing worker has before it is killed
WORKER_DIED = Explained(
    "The model stopped in the middle of its work.",
    "What it had said is kept, and so is everything else.",
    "Ask again: it starts anew.",
)


class WorkerClient:
    """One model in a process of its own. Nothing starts before the first question (or `start`)."""

    def __init__(self, source: Source, settings: Settings) -> None:
        self.source, self.settings = source, settings
        self.state = GenerationState("loading", share=0.0, text="Not started")
        self.ready = False
        self._lock = RLock()
        self._process: subprocess.Popen[str] | None = None
        self._reader: Thread | None = None
        self._queue: list[Generation] = []
        self._running: dict[int, Generation] = {}
        self._count = 0

    def ask(self, prompt: Prompt) -> Generation:
        """An answer to the prompt, in the making: it takes its place in the queue and starts the model if need be."""
        generation = Generation(prompt, self._stop)
        with self._lock:
            self._queue.append(generation)
            self.start()
            self._go_on()
        return generation

    def answer(self, prompt: Prompt) -> Stream:
        """The answer's events as they come, waiting between them; loading and queueing take no time in it."""
        yield from self.ask(prompt).answer()

    def start(self) -> None:
        """Begin to load the model, unless that is done."""
        with self._lock:
            if self._process is not None:
                return
            self.ready, self.state = False, GenerationState("loading", text="Starting the model's process")
            self._process = subprocess.Popen(
                [sys.executable, "-m", "components.models.local.worker_main"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1, cwd=PROJECT_ROOT,
                env=worker_environment(self.source), start_new_session=True,
            )  # fmt: skip
            self._send({"source": self.source.to_json(), "settings": self.settings.to_json()})
            self._reader = Thread(target=self._read, args=(self._process,), daemon=True, name="model worker")
            self._reader.start()

    @property
    def pid(self) -> int | None:
        """The process that the model runs in; None while there is none."""
        return self._process.pid if self._process else None

    @property
    def making(self) -> tuple[Generation, ...]:
        """The answers in the making, and those in the queue."""
        with self._lock:
            return (*self._running.values(), *self._queue)

    def close(self) -> None:
        """End the process. Answers in the making end as stopped."""
        with self._lock:
            process, self._process = self._process, None
            for generation in (*self._running.values(), *self._queue):
                generation.add(Event(generation.elapsed, "end", data={"reason": "stopped"}))
            self._running.clear()
            self._queue.clear()
        if process is None:
            return
        hang_up(process)
        try:
            process.wait(CLOSE_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join(CLOSE_TIMEOUT_S)

    def _stop(self, generation: Generation) -> None:
        with self._lock:
            if generation in self._queue:
                self._queue.remove(generation)
                generation.add(Event(0.0, "end", data={"reason": "stopped"}))
                self._go_on()
            for number, running in self._running.items():
                if running is generation:
                    self._send({"stop": number})

    def _go_on(self) -> None:
        """Begin what can begin, and tell the others their place."""
        while self.ready and self._queue and len(self._running) < self.source.max_parallel:
            self._count += 1
            generation = self._running[self._count] = self._queue.pop(0)
            self._send({"ask": self._count, "prompt": generation.prompt.to_json()})
        for position, generation in enumerate(self._queue, start=1 - self.source.max_parallel + len(self._running)):
            generation.set_state(self.state if position < 1 else GenerationState("queued", queue_position=position))

    def _send(self, message: Mapping[str, Any]) -> None:
        try:
            if self._process and self._process.stdin:
                self._process.stdin.write(json.dumps(message) + "\n")
                self._process.stdin.flush()
        except OSError:
            return  # it has died; the reader hears of that and says so to whoever waits

    def _read(self, process: "subprocess.Popen[str]") -> None:
        """Take the worker's messages until it ends."""
        problem: Explained | None = None
        assert process.stdout
        for line in process.stdout:
            message = json.loads(line)
            if "failed" in message:
                problem = Explained(**message["failed"])
                continue
            with self._lock:
                if self._process is process:
                    self._take(message)
        process.stdout.close()
        hang_up(process)
        code = process.wait()
        with self._lock:
            if self._process is process:
                self._process = None
                self._fail_waiting(problem, exit_reason(code))

    def _take(self, message: Mapping[str, Any]) -> None:
        """Take one message from the worker: how far it is, or an event of an answer."""
        if "loading" in message:
            self.state = GenerationState("loading", share=message["loading"], text=message["text"])
            self._go_on()
        elif "ready" in message:
            self.ready, self.state = True, GenerationState("running", share=1.0)
            self._go_on()
        elif (generation := self._running.get(message["number"])) is None:
            return
        elif "began" in message:
            generation.begin(message["began"])
        else:
            generation.add(Event.from_json(message["event"]))
            if generation.done:
                del self._running[message["number"]]
                self._go_on()

    def _fail_waiting(self, problem: Explained | None, raw: str) -> None:
        """Give those who waited one error; the others start the model again."""
        lost = list(self._running.values()) if self.ready else [*self._running.values(), *self._queue]
        self.ready = False
        self._running.clear()
        self._queue = [generation for generation in self._queue if generation not in lost]
        explanation = problem or WORKER_DIED
        data = {
            "fault": "model" if problem else "worker",
            "what": explanation.what,
            "kept": explanation.kept,
            "do": explanation.do,
        }
        for generation in lost:
            generation.add(Event(generation.elapsed, "error", explanation.what if problem else raw, data))
        self.state = GenerationState("loading", text="Not started")
        if self._queue:
            self.start()
            self._go_on()


def worker_environment(source: Source) -> dict[str, str]:
    """The environment variables of the worker process."""
    offline = {} if source.kind == "hub" else {"HF_HUB_OFFLINE": "1"}
    fixed = {"PARALLAX_DATA": str(data_folder().absolute()), "TOKENIZERS_PARALLELISM": "false"}
    return {**os.environ, **fixed, **offline, "PYTHONUNBUFFERED": "1"}


def hang_up(process: "subprocess.Popen[str]") -> None:
    """Close a worker's standard input, which ends it."""
    try:
        if process.stdin:
            process.stdin.close()
    except OSError:
        return  # it was gone already


def exit_reason(code: int) -> str:
    """How a process ended, as a developer reads it: its signal or its exit code."""
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"WorkerDied: the model's process ended ({name})"

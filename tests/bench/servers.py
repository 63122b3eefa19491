"""How llama.cpp's own server answers through Parallax, on the shipped weights. Run: python -m tests.bench.servers

It runs in an environment of its own (.venv-bench, see tests.bench.model), which gets what it lacks the first time.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from components.core.event import Event
from components.core.prompt import Prompt
from components.models.bundled import prepare_bundled
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.model_list import list_endpoint_models
from components.models.endpoint.model_profile import measure_profile
from components.models.source import Settings, Source
from tests.bench.model import LLAMA, environment

FRUITS, STORY = Prompt.from_typed("Name three fruits."), Prompt.from_typed("Tell me a long story about the sea.")
GREEDY = Settings(temperature=0, max_tokens=60)


@contextmanager
def running() -> Iterator[str]:
    """The server on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    python = environment()
    subprocess.run([python, "-m", "pip", "install", "--quiet", LLAMA], check=True)
    command = [
        str(python),
        "-m",
        "llama_cpp.server",
        "--model",
        str(prepare_bundled.shipped_weights()),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        [*command, "--n_ctx", "2048", "--logits_all", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}/v1/models"):
            assert process.poll() is None and time.monotonic() < end, "the server did not start"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()


def answers(url: str) -> bool:
    """Whether somebody is there."""
    try:
        with urlopen(url, timeout=2):
            return True
    except (URLError, OSError):
        return False


def said(endpoint: Endpoint, prompt: Prompt = FRUITS) -> list[Event]:
    """A whole answer."""
    generation = endpoint.ask(prompt)
    assert generation.wait(120)
    return generation.events


def main() -> None:
    """Look at what the server offers, how it answers, stops, and refuses, and how fast it is."""
    with running() as where:
        [name, *_] = list_endpoint_models(Source("endpoint", where))
        source = Source("endpoint", where, name)
        *tokens, last = said(Endpoint(source, GREEDY))
        assert last.kind == "end" and tokens, last
        known = sum("logprob" in token.data for token in tokens)
        likely = [len(token.data.get("alternatives", ())) for token in tokens]
        cut = Endpoint(source, Settings(temperature=0, max_tokens=60, stop=("2.",)))
        halted = "".join(event.text for event in said(cut))
        seeded = [
            "".join(event.text for event in said(Endpoint(source, Settings(temperature=1.5, max_tokens=30, seed=n))))
            for n in (1, 1, 2)
        ]
        generation = Endpoint(source, Settings(max_tokens=600)).ask(STORY)
        while len(generation.events) < 10:
            assert not generation.wait(0.01)
        generation.stop()
        other = said(Endpoint(Source("endpoint", where, "no/such-model"), GREEDY))[-1]
        made = measure_profile(Endpoint(source, GREEDY))
    shown = {
        "offers": name.rsplit("/", 1)[-1],
        "tokens": len(tokens), "with a probability": known, "alternatives each": max(likely),
        "stops before “2.”": "2." not in halted,
        "same seed, same words": seeded[0] == seeded[1], "another seed, other words": seeded[0] != seeded[2],
        "stopped by us at": len(generation.events), "another model's name": f"{other.kind} {other.data}",
        "first token (s)": made.median("first"), "tokens a second": made.median("rate"),
        "jitter (s)": made.median("jitter"), "longest stall (s)": made.median("stall"),
        "streams": made.streams, "probabilities": made.probabilities, "remarks": made.remarks,
    }  # fmt: skip
    sys.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

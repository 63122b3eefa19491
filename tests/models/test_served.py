"""A real server, `transformers serve` on the bundled weights, asked as a designer's endpoint is."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.model_list import list_endpoint_models
from components.models.endpoint.model_profile import measure_profile
from components.models.source import Settings, Source

FRUITS, STORY = Prompt.from_typed("Name three fruits."), Prompt.from_typed("Tell me a long story about the sea.")


@pytest.fixture(scope="module")
def served(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "transformers.cli.transformers", "serve", str(reference), f"--port={port}", "--host=127.0.0.1"]
    log, none = tmp_path_factory.mktemp("served") / "log", str(tmp_path_factory.mktemp("hub"))
    surroundings = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": none}
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, *command, "--device=cpu"], env=surroundings, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
    try:
        end = time.monotonic() + 120
        while not healthy(port):
            assert process.poll() is None and time.monotonic() < end, log.read_text()[-2000:]
            time.sleep(0.2)
        yield Source("endpoint", f"http://127.0.0.1:{port}/v1", str(reference))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
            return True
    except (URLError, OSError):
        return False


def test_what_it_offers_is_listed(served: Source) -> None:
    """It lists what a hub's cache holds, which is nothing here."""
    assert list_endpoint_models(served) == ()


def test_an_answer_comes_word_by_word(served: Source) -> None:
    generation = Endpoint(served, Settings(temperature=0, max_tokens=8)).ask(FRUITS)
    assert generation.wait(120)
    *tokens, end = generation.events
    assert len(tokens) > 3 and (end.kind, end.data["reason"]) in (("end", "stop"), ("end", "length"))
    assert all(a.at <= b.at for a, b in pairwise(tokens)) and len({token.at for token in tokens}) > 1
    assert "".join(token.text for token in tokens).strip()


def test_stop_ends_the_answer_and_keeps_what_came(served: Source) -> None:
    endpoint = Endpoint(served, Settings(max_tokens=300))
    generation = endpoint.ask(STORY)
    while sum(event.kind == "token" for event in generation.events) < 2:
        assert not generation.wait(0.02)
    generation.stop()
    assert generation.wait(5) and generation.events[-1].data["reason"] == "stopped" and endpoint.making == ()


def test_another_models_name_is_one_plain_error(served: Source) -> None:
    generation = Endpoint(Source("endpoint", served.where, "no/such-model")).ask(FRUITS)
    assert generation.wait(60)
    [event] = generation.events
    assert event.data["fault"] == "missing" and "no/such-model" in event.text
    with pytest.raises(Explained, match="no such model"):
        measure_profile(Endpoint(Source("endpoint", served.where, "no/such-model")), calls=1)


def test_a_test_of_the_connection_names_what_it_lacks(served: Source) -> None:
    made = measure_profile(Endpoint(served, Settings(temperature=0, max_tokens=8)), calls=2)
    assert made.streams and not made.probabilities and all(call.tokens > 3 for call in made.calls)
    assert any("no probabilities" in remark for remark in made.remarks)

"""A key among Streamlit's secrets is found by a server that was just started, whether or not a page was opened."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from components.core.folders import PROJECT_ROOT
from components.models.source import Settings, Source
from components.server.proxy import recording_proxy
from components.store import Store
from tests.faults.server import Wrong, wrong
from tests.server.speaking import ASKED, TOKEN

KEY = "hosted_key"  # no name that the environment is asked for


@pytest.fixture
def provider() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[str]:
    """The address of a server whose owner has a file of secrets."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(f'[parallax_keys]\n{KEY} = "a-key"\n')
    environment = os.environ | {"HOME": str(tmp_path), recording_proxy.TOKEN_VARIABLE: TOKEN}
    command = [sys.executable, "-m", "components.server.start", str(port)]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout and "http" in process.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.communicate(timeout=20)


def ask(server: str, name: str) -> httpx.Response:
    values = {"model": name, "messages": ASKED}
    headers = {"authorization": f"Bearer {TOKEN}"}
    return httpx.post(f"{server}/v1/chat/completions", json=values, headers=headers, timeout=60)


def test_a_fresh_server_finds_a_key_among_streamlits_secrets(server: str, provider: Wrong) -> None:
    store = Store.open()
    for name, key in (("Hosted", KEY), ("Keyless", "another_key")):
        store.keep_model(Source("endpoint", provider.url("good"), name, key), Settings(), name)
    answer = ask(server, "Hosted")
    assert answer.status_code == 200 and answer.json()["choices"][0]["message"]["content"] == "It is so."
    refused = ask(server, "Keyless")
    assert refused.status_code == 503 and "another_key" in refused.json()["error"]["message"]

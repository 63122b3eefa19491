"""What tests of the server share: a port for a server of their own."""

import socket

import pytest


@pytest.fixture
def port() -> int:
    """A port that nobody has."""
    with socket.socket() as free:
        free.bind(("", 0))
        return int(free.getsockname()[1])

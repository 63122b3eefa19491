"""What the server sends leaves at once."""

import socket

import pytest

from components.server.socket_options import is_listening, send_without_delay


@pytest.mark.parametrize("proto", [0, socket.IPPROTO_TCP])
def test_a_connection_has_no_delay_however_its_server_s_socket_was_made(proto: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, proto) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        send_without_delay()
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert not client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_only_sockets_that_take_connections_are_meant() -> None:
    with socket.socket() as idle, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as letters:
        assert not is_listening(idle) and not is_listening(letters)
    assert not is_listening(idle)
    near, far = socket.socketpair()
    assert not is_listening(near)
    near.close()
    far.close()

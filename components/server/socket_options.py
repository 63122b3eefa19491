"""Socket options: what the server sends leaves at once, also where it is less than a packet."""

import gc
import socket


def send_without_delay() -> None:
    """Let every listening socket of this process hand its connections on without Nagle's delay.

    Streamlit binds its socket in a way that asyncio does not take for TCP, so that it leaves the delay on. A browser
    that keeps its connection then waits for 40 ms of each answer, because headers and body are sent apart.
    """
    for found in gc.get_objects():
        if issubclass(type(found), socket.socket) and is_listening(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections inherit it


def is_listening(found: socket.socket) -> bool:
    """Whether a socket takes connections over TCP."""
    if found.fileno() < 0 or found.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    return found.type == socket.SOCK_STREAM and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))

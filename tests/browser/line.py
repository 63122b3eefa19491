"""A line between a browser and its server that goes dead without a word, and comes back."""

import contextlib
import socket
from threading import Event, Thread


class Line:
    """Hands on what comes to a free port. While it is dead, nothing gets through and nobody is told."""

    def __init__(self, port: int) -> None:
        self.target, self.dead, self.open = port, Event(), set[socket.socket]()
        self.entrance = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.entrance.getsockname()[1]}"
        Thread(target=self._take, daemon=True).start()

    def die(self) -> None:
        """Lose whatever is sent from now on."""
        self.dead.set()

    def come_back(self) -> None:
        """Let new connections through; those from before are gone."""
        for end in tuple(self.open):
            close(end)
        self.dead.clear()

    def close(self) -> None:
        """End it."""
        self.come_back()
        close(self.entrance)

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.entrance.accept()
                self._join(near)

    def _join(self, near: socket.socket) -> None:
        try:
            if self.dead.is_set():
                raise ConnectionRefusedError
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            close(near)
            return
        self.open |= {near, far}
        for source, target in ((near, far), (far, near)):
            Thread(target=self._hand_on, args=(source, target), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self.dead.is_set():
                    target.sendall(data)
        for end in (source, target):
            close(end)
            self.open.discard(end)


def close(end: socket.socket) -> None:
    """Close one end, also while somebody reads from it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()

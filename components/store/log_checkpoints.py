"""Log checkpoints: what was written ahead is moved into the database's file by one connection, apart from all others.

Connections that write leave it alone (`wal_autocheckpoint=0`), so that nobody's answer waits for it.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock, Timer, current_thread
from types import ModuleType

CHECKPOINT_PAUSE_S = 2.0  # seconds from a write to the checkpoint that takes it, and all others since, along
CUT_WAIT_MS = 200  # milliseconds for which writers wait at the most while a log that is too long is cut


class LogCheckpoints:
    """Plans a checkpoint after a write. What a reader still needs of the log is moved at a later one."""

    def __init__(self, move: Callable[[], bool], pause: float) -> None:
        self._move, self._pause = move, pause
        self._lock, self._moving = Lock(), Lock()
        self._timer: Timer | None = None

    def plan(self) -> None:
        """Make a checkpoint soon, unless one is planned."""
        with self._lock:
            if self._timer is None:
                self._timer = Timer(self._pause, self._run)
                self._timer.daemon = True
                self._timer.start()

    def cancel(self) -> None:
        """Make none, and wait for one under way; the last connection that is closed makes it too."""
        with self._moving, self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _run(self) -> None:
        with self._moving:
            with self._lock:
                if self._timer is not current_thread():
                    return
                self._timer = None
            if not self._move():
                self.plan()


def move_log(driver: ModuleType, file: str, limit_bytes: int) -> bool:
    """Move the log of a database in write-ahead mode into its file; whether nothing is left to be moved.

    One that has grown beyond `limit_bytes` is cut, where readers let it go within CUT_WAIT_MS.
    """
    try:
        with closing(driver.connect(f"{Path(file).absolute().as_uri()}?mode=rw", uri=True, timeout=0)) as connection:
            _, frames, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if Path(f"{file}-wal").stat().st_size > limit_bytes:
                connection.execute(f"PRAGMA busy_timeout={CUT_WAIT_MS}")
                _, frames, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return bool(frames == moved)
    except (driver.Error, OSError):
        return True  # whoever writes next hears what is wrong, and plans another one

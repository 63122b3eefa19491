"""Group commit: one thread writes what all participants send, together, and each hears of it once it is on the disk."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread
from typing import Any, Generic, NamedTuple, TypeVar

from components.core.explained import Explained

Entry = TypeVar("Entry")
Result = TypeVar("Result")

MAX_WAITING_ENTRIES, MAX_WAITING_BYTES = 4_000, 64_000_000
MAX_BATCH_ENTRIES = 400
KEEP_TIMEOUT_S = 15.0  # seconds that a browser waits for the disk before it is told to come again; it gives up after 20
CLOSE_TIMEOUT_S = 10.0
BUSY = Explained("The server is busy.", "Your answers are kept in this browser.", "They are sent again by themselves.")


class WaitingEntry(NamedTuple):
    """An entry, and who waits for what comes of it."""

    entry: Any
    result: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop


class GroupCommit(Generic[Entry, Result]):
    """Takes entries from any event loop. `write` keeps them in one transaction, and gives what came of each.

    While one transaction is under way, what comes waits for the next one; so more load means fewer, larger ones.
    """

    def __init__(self, write: Callable[[Sequence[Entry]], Sequence[Result]]) -> None:
        self._write = write
        self._waiting: deque[WaitingEntry] = deque()
        self._bytes = 0
        self._turn = Condition()
        self._thread: Thread | None = None
        self._closing = False

    async def keep(self, entry: Entry) -> Result | Explained:
        """What came of an entry, once it is on the disk; an Explained where it cannot be kept now."""
        loop = asyncio.get_running_loop()
        waiting = WaitingEntry(entry, loop.create_future(), loop)
        if not self._add(waiting):
            return BUSY
        try:
            async with asyncio.timeout(KEEP_TIMEOUT_S):
                kept: Result | Explained = await waiting.result
                return kept
        except TimeoutError:
            return BUSY

    def close(self) -> None:
        """Write what waits, take nothing more."""
        with self._turn:
            self._closing = True
            self._turn.notify()
        if self._thread is not None:
            self._thread.join(CLOSE_TIMEOUT_S)

    def _add(self, waiting: WaitingEntry) -> bool:
        size = entry_bytes(waiting.entry)
        with self._turn:
            is_full = len(self._waiting) >= MAX_WAITING_ENTRIES or self._bytes + size > MAX_WAITING_BYTES
            if self._closing or is_full:
                return False
            self._waiting.append(waiting)
            self._bytes += size
            if self._thread is None:
                self._thread = Thread(target=self._run, name="group commit", daemon=True)
                self._thread.start()
            self._turn.notify()
        return True

    def _next_batch(self) -> list[WaitingEntry]:
        with self._turn:
            while not self._waiting and not self._closing:
                self._turn.wait()
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MAX_BATCH_ENTRIES))]
            self._bytes -= sum(entry_bytes(waiting.entry) for waiting in batch)
            return batch

    def _run(self) -> None:
        while batch := self._next_batch():
            for loop in {waiting.loop for waiting in batch}:
                own = [waiting for waiting in batch if waiting.loop is loop]
                hand_out(loop, own, self._results([waiting.entry for waiting in own]))

    def _results(self, entries: Sequence[Entry]) -> Sequence[Result | Explained]:
        try:
            return self._write(entries)
        except Explained as problem:
            return [problem] * len(entries)
        except Exception as error:  # noqa: BLE001 - the one thread that writes must outlive whatever a batch brings
            failure = Explained(BUSY.what, BUSY.kept, BUSY.do)
            failure.__cause__ = error
            return [failure] * len(entries)


def entry_bytes(entry: object) -> int:
    """About how much memory an entry takes while it waits."""
    content = getattr(entry, "content", None)
    return len(content) if isinstance(content, str) else 4_000


def hand_out(loop: asyncio.AbstractEventLoop, batch: Sequence[WaitingEntry], results: Sequence[Any]) -> None:
    """Tell everybody on an event loop what came of their entry; nobody where the loop has ended."""

    def tell_all() -> None:
        for waiting, result in zip(batch, results, strict=True):
            if not waiting.result.done():
                waiting.result.set_result(result)

    if not loop.is_closed():
        loop.call_soon_threadsafe(tell_all)

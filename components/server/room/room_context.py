"""Room context: what the routes of stages and rooms hold: the decks, the one writer, and the limits."""

from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import Any

from components.server.access.link_limits import LinkLimits
from components.server.access.signing import Signer
from components.server.participate.group_commit import GroupCommit
from components.server.participate.take_context import TakeContext
from components.server.room.room_tickets import stage_token
from components.server.room.served_decks import ServedDecks
from components.store import Store
from components.store.room_entries import RoomEntry, RoomResult

PERSON_RATE, PERSON_BURST = 3.0, 60  # requests a second of one phone: a whole outbox at once
JOIN_RATE, JOIN_BURST = 60.0, 1_500  # joins a second of one room: a full hall at once
GUESS_RATE, GUESS_BURST = 5.0, 100  # codes a second that lead nowhere, of all phones together
STAGE_RATE, STAGE_BURST = 20.0, 200
LIVE_RATE, LIVE_BURST = 0.2, 6  # live answers a second of one deck
TOUCH_EVERY_S = 4.0  # seconds after which a stage that asks is noted as there


class RoomContext:
    """Made with the server; it signs and reads with what participants' pages do."""

    def __init__(self, find_store: Callable[[], Store], taking: TakeContext) -> None:
        self.find_store, self.taking = find_store, taking
        self.decks = ServedDecks(find_store)
        self.writer = GroupCommit[RoomEntry, RoomResult](lambda entries: keep_in(find_store(), entries))
        self.person_limits = LinkLimits(PERSON_RATE, PERSON_BURST)
        self.join_limits = LinkLimits(JOIN_RATE, JOIN_BURST)
        self.guess_limits = LinkLimits(GUESS_RATE, GUESS_BURST)
        self.stage_limits = LinkLimits(STAGE_RATE, STAGE_BURST)
        self.live_limits = LinkLimits(LIVE_RATE, LIVE_BURST)
        self._loading: Thread | None = None
        self.touch_limits = LinkLimits(1 / TOUCH_EVERY_S, 1)

    @property
    def signer(self) -> Signer:
        """Signs and reads links and tickets. Explained where there is no secret to do it with."""
        return self.taking.signer

    def stage_path(self, deck: str) -> str:
        """The path of the stage of a deck with this id."""
        return f"/stage/{stage_token(self.signer, deck)}"

    def load_statistics(self) -> None:
        """Load what the reveal is worked out with ahead of it: that takes seconds, and only once."""
        if self._loading is None:
            self._loading = Thread(target=import_module, args=("components.report.room.room_findings",), daemon=True)
            self._loading.start()

    def close(self) -> None:
        """Write what waits."""
        self.writer.close()


def keep_in(store: Store, entries: Any) -> Any:
    """What came of each entry of a batch."""
    return store.keep_room_entries(entries)

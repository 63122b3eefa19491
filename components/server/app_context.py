"""Context: what one server holds: its store, its models, their jobs, and the tickets for live answers."""

import asyncio
import os
from functools import cache
from threading import Lock

from components.core.folders import data_folder
from components.models.endpoint.bound_key import BoundKey, FindKey, key_from_env
from components.models.endpoint.given_keys import GivenKeys
from components.models.model import Model
from components.server.jobs.batch_jobs import BatchJobs
from components.server.jobs.calibration_jobs import CalibrationJobs
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Tickets
from components.server.model_registry import ModelRegistry
from components.server.participate.take_context import TakeContext
from components.server.proxy.attempts import AttemptCounts
from components.server.room.room_context import RoomContext
from components.store import Store


class AppContext:
    """Opened piece by piece: a store that cannot be opened now is tried again at the next need.

    `find_set_key` finds an endpoint's key by its name where one was set for the server; whoever starts the server and
    knows more places than the environment puts another function there. `given_keys` were given since. `sessions` are
    the live answers under way, by the tokens that began them, so that Stop finds what Ask began. `closing_tasks` are
    answers of the proxy that are still being said and kept.
    """

    def __init__(self) -> None:
        self.find_set_key: FindKey = key_from_env
        self.given_keys = GivenKeys()
        self.tickets = Tickets()
        self.attempts = AttemptCounts()
        self.sessions: dict[str, LiveSession] = {}
        self.closing_tasks: set[asyncio.Task[None]] = set()
        self.models = ModelRegistry(lambda: self.store, self.find_key)
        self.batches = BatchJobs(self.acquire, lambda: self.store)
        self.calibrations = CalibrationJobs(self.acquire)
        self.taking = TakeContext(lambda: self.store)
        self.rooms = RoomContext(lambda: self.store, self.taking)
        self._opening = Lock()
        self._stores: dict[str, Store] = {}

    @property
    def store(self) -> Store:
        """The store in the data folder. Explained where it cannot be opened."""
        location = os.environ.get("PARALLAX_DATABASE_URL", "") or str(data_folder())
        with self._opening:
            if location not in self._stores:
                self._stores[location] = Store.open()
            return self._stores[location]

    def find_key(self, name: str) -> BoundKey:
        """The key with this name, as it was set for the server or given since. Explained where there is none."""
        return self.given_keys.find(name, self.find_set_key)

    def acquire(self, id: str = "") -> Model:
        """The model with this id in the store; "" is the one Parallax starts with. Explained where it cannot be asked.

        Call it right before asking: models that run on this computer make room for each other.
        """
        return self.models.acquire(id)

    def model_name(self, id: str = "") -> str:
        """A model's name for a page. Explained where there is none to ask."""
        return self.models.display_name(id)

    def close(self) -> None:
        """Write what participants sent, stop the jobs, end the models' processes and let go of the store."""
        self.rooms.close()
        self.taking.close()
        self.calibrations.close()
        self.batches.close()
        self.models.close()
        for store in self._stores.values():
            store.close()


@cache
def app_context() -> AppContext:
    """The one context of this process; pages and routes share it."""
    return AppContext()

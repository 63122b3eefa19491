"""Home: what one server holds: its store, its model and the tickets for live answers."""

import os
from functools import cache
from threading import Lock

from components.core.folder import data_folder
from components.models.source import Source
from components.models.transformers import Transformers
from components.server.tickets import Tickets
from components.store import Store


class Home:
    """Opened piece by piece: a store that cannot be opened now is tried again at the next need."""

    def __init__(self) -> None:
        self.tickets = Tickets()
        self._opening, self._naming = Lock(), Lock()  # a store that keeps us waiting must not hold up the model
        self._stores: dict[str, Store] = {}
        self._model: Transformers | None = None

    @property
    def store(self) -> Store:
        """The store in the data folder. Explained where it cannot be opened."""
        place = os.environ.get("PARALLAX_DATABASE_URL", "") or str(data_folder())
        with self._opening:
            if place not in self._stores:
                self._stores[place] = Store.open()
            return self._stores[place]

    @property
    def model(self) -> Transformers:
        """The model that answers live. Explained where PARALLAX_MODEL names none."""
        with self._naming:
            if self._model is None:
                self._model = Transformers(source(os.environ.get("PARALLAX_MODEL", "").strip()))
            return self._model

    @property
    def model_name(self) -> str:
        """The live model's name for a page. Explained where there is none to ask."""
        return f"{self.model.card.name}, on this computer"

    def close(self) -> None:
        """End the model's process and let go of the store."""
        if self._model is not None:
            self._model.close()
        for store in self._stores.values():
            store.close()


def source(named: str) -> Source:
    """The model that PARALLAX_MODEL names: nothing for the bundled one, a folder, or a hub's name."""
    if not named:
        return Source()
    folder = os.path.sep in named and (named.startswith((".", "~", os.path.sep)) or os.path.isdir(named))
    return Source("folder" if folder else "hub", named)


@cache
def home() -> Home:
    """The one home of this process; pages and routes share it."""
    return Home()

"""Batches: those that this server has begun or resumed, at most one at work for each model."""

from collections.abc import Callable
from threading import Lock

from components.core.explained import Explained
from components.models.model import Model
from components.server.batch import Batch, Items
from components.store import Begun, Store

GONE = Explained("This batch is not known here.", "What it recorded is kept.", "Begin a new one.")
BUSY = Explained(
    "Another batch is at work with this model.", "It goes on.", "Wait until it is done, or pause it, then try again."
)


class Batches:
    """Kept in the store, so that a batch goes on after a restart where it was; nothing goes on by itself then."""

    def __init__(self, store: Callable[[], Store], wired: Callable[[str], Model]) -> None:
        self.store, self.wired = store, wired
        self._lock = Lock()
        self._open: dict[str, Batch] = {}

    def begin(self, model: str, pack: str, items: Items, attempts: int = 1, at_once: int = 1) -> Batch:
        """Record a pack's prompts, (item id, prompt), each so many times, with the model of this id in the store.

        Explained where the model cannot be asked, or another batch is at work with it.
        """
        with self._lock:
            self._one_at_a_time(model)
            wired, store = self.wired(model), self.store()
            wired.check()
            id = store.keep_batch(model, wired.card, pack, attempts, attempts * len(items))
            return self._go_on(known(store, id), items, at_once)

    def resume(self, id: str, items: Items, at_once: int = 1, retry: bool = False) -> Batch:
        """Go on with a batch, also one that was begun before a restart; with `retry`, only with what failed.

        Explained as in `begin`, and where the model is not the one it was begun with.
        """
        with self._lock:
            begun = known(self.store(), id)
            self._one_at_a_time(begun.model, id)
            return self._go_on(begun, items, at_once, retry)

    def of(self, id: str) -> Batch | None:
        """The batch with this id, where this server has begun or resumed it: for its progress, and to pause it."""
        return self._open.get(id)

    def close(self) -> None:
        """Stop all of them; they can be resumed."""
        for batch in tuple(self._open.values()):
            batch.close()

    def _one_at_a_time(self, model: str, besides: str = "") -> None:
        """Explained where another batch than the one named is at work with this model."""
        if any(one.at_work and one.begun.model == model for id, one in self._open.items() if id != besides):
            raise BUSY

    def _go_on(self, begun: Begun, items: Items, at_once: int, retry: bool = False) -> Batch:
        """Open it unless it is at work."""
        batch = self._open.get(begun.id)
        if batch is None or not batch.at_work:
            batch = Batch(begun, items, self.wired(begun.model), self.store(), at_once)
        batch.go_on(retry)
        self._open[begun.id] = batch
        return batch


def known(store: Store, id: str) -> Begun:
    """What the store knows of a batch. Explained where it knows none."""
    begun = store.batch(id)
    if begun is None:
        raise GONE
    return begun

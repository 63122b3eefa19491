"""Served studies: the frozen studies that people take part in now, read once, and what is worked out from them."""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from components.layers import ALL_PATTERNS
from components.store import Store
from components.study.frozen_study import FrozenStudy

MAX_STUDIES = 20
MAX_TIMELINE_BYTES = 64_000_000


class ServedStudies:
    """Keeps what does not change: studies by id, and timelines as they are sent."""

    def __init__(self, find_store: Callable[[], Store]) -> None:
        self._find_store = find_store
        self._lock = Lock()
        self._studies: OrderedDict[str, FrozenStudy] = OrderedDict()
        self._timelines: OrderedDict[str, bytes] = OrderedDict()
        self._timeline_bytes = 0
        self.step_ids = lru_cache(maxsize=20_000)(self._step_ids)

    def known_study(self, id: str) -> FrozenStudy | None:
        """A study that was read before; None where it was not."""
        return self._studies.get(id)

    def served_study(self, id: str) -> FrozenStudy | None:
        """The study with this id; None where there is none. Explained where it cannot be read."""
        with self._lock:
            if id not in self._studies:
                record = self._find_store().study(id)
                if record is None:
                    return None
                self._studies[id] = FrozenStudy.from_content(record.content, ALL_PATTERNS)
                if len(self._studies) > MAX_STUDIES:
                    self._studies.popitem(last=False)
            self._studies.move_to_end(id)
            return self._studies[id]

    def _step_ids(self, study: str, slot: int) -> frozenset[str]:
        served = self.served_study(study)
        return frozenset(step.id for step in served.steps(slot)) if served else frozenset()

    def known_timeline(self, id: str) -> bytes | None:
        """A timeline that was sent before; None where it was not."""
        return self._timelines.get(id)

    def served_timeline(self, id: str) -> bytes | None:
        """The JSON of a timeline, compressed with gzip; None where there is none. Explained where it cannot be read."""
        if id in self._timelines:
            return self._timelines[id]
        content = self._find_store().timeline(id)
        if content is not None:
            with self._lock:
                self._timeline_bytes += 0 if id in self._timelines else len(content)
                self._timelines[id] = content
                while self._timeline_bytes > MAX_TIMELINE_BYTES and len(self._timelines) > 1:
                    self._timeline_bytes -= len(self._timelines.popitem(last=False)[1])
        return content

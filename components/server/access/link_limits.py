"""Link limits: how many requests one link may bring, whatever addresses they come from: a classroom is one address."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MAX_BUCKETS = 20_000  # of keys that are remembered; who was not heard of for longest is forgotten


class LinkLimits:
    """A bucket of tokens for each key: `burst` at once, then `rate` a second."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self._clock = rate, burst, clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take_token(self, key: str) -> bool:
        """Whether one more request may pass; it then has."""
        with self._lock:
            now = self._clock()
            left, since = self._buckets.pop(key, (float(self.burst), now))
            left = min(float(self.burst), left + (now - since) * self.rate)
            passes = left >= 1
            self._buckets[key] = (left - 1 if passes else left, now)
            if len(self._buckets) > MAX_BUCKETS:
                self._buckets.popitem(last=False)
            return passes

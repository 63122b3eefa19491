"""Attempts: how often a prompt went wrong for clients of the proxy, so that asking again is the next attempt."""

from threading import Lock

MAX_COUNTED_PROMPTS = 1_000
PromptKey = tuple[str, str]  # a prototype's id and a prompt's


class AttemptCounts:
    """How often a prompt went wrong in a prototype's weather, in a row; those that went wrong last are remembered."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._broken: dict[PromptKey, int] = {}

    def next_attempt(self, key: PromptKey) -> int:
        """The number of the attempt that asking now would be; 0 where nothing went wrong before."""
        return self._broken.get(key, 0)

    def note_outcome(self, key: PromptKey, broke: bool) -> None:
        """Count an answer that went wrong; forget the prompt where it went well."""
        with self._lock:
            before = self._broken.pop(key, 0)
            if broke:
                self._broken[key] = before + 1
            while len(self._broken) > MAX_COUNTED_PROMPTS:
                del self._broken[next(iter(self._broken))]

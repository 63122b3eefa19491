"""Tickets: who may start a live answer, and into which prototypes it is played."""

import secrets
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from threading import Lock

from components.core.prototype import Prototype

TICKET_LIFETIME_S = 3600.0  # seconds a page may stay open before it fetches a new one


@dataclass(frozen=True)
class Ticket:
    """What one live answer is played through: pane key -> prototype, weather included; and the id of who is asked.

    `others` are the ids of the models that are asked for one pane each, by the pane's key.
    """

    panes: tuple[tuple[str, Prototype], ...]
    model: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def model_of(self, pane: str) -> str:
        """The id of the model that is asked for a pane."""
        return dict(self.others).get(pane, self.model)

    @property
    def models(self) -> tuple[str, ...]:
        """The ids of all models that are asked, each once, in the order of the panes."""
        return tuple(dict.fromkeys(self.model_of(pane) for pane, _ in self.panes))

    def with_panes(self, keys: Collection[str]) -> "Ticket":
        """The ticket with only these panes; with all of them where none is named."""
        return replace(self, panes=tuple(pane for pane in self.panes if not keys or pane[0] in keys))


class Tickets:
    """Unguessable, used once, short-lived: minted while a page is drawn, taken when its player asks."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._open: dict[str, tuple[float, Ticket]] = {}

    def mint(self, ticket: Ticket) -> str:
        """A new token for this ticket, good for TICKET_LIFETIME_S."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            now = self._clock()
            self._open = {key: held for key, held in self._open.items() if held[0] > now}
            self._open[token] = (now + TICKET_LIFETIME_S, ticket)
        return token

    def is_valid(self, token: str) -> bool:
        """Whether the token exists, was not used and has not expired."""
        with self._lock:
            return token in self._open and self._open[token][0] > self._clock()

    def peek(self, token: str) -> Ticket | None:
        """The ticket behind a token, which stays open; None where there is none."""
        with self._lock:
            return self._open[token][1] if token in self._open else None

    def take(self, token: str) -> Ticket | None:
        """The ticket behind a token, once; None where there is none any more."""
        with self._lock:
            expires, ticket = self._open.pop(token, (0.0, None))
            return ticket if expires > self._clock() else None

"""Served decks: the decks that are shown now, read once, and how their rooms stand, read a few times a second."""

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from components.deck.shown_deck import ShownDeck
from components.layers import ALL_PATTERNS
from components.store import Store
from components.store.room_records import Room, RoomCounts

MAX_DECKS, MAX_ROOMS = 20, 200
FRESH_S = 0.2  # seconds for which what was read of a room holds, whatever votes come meanwhile
CODE_FRESH_S = 5.0  # the same for the room that a code leads to
HOST_LOST_S = 15.0  # seconds without a sign of life from the stage
PHONES_A_SECOND = 250.0  # that one server answers with ease: more phones ask less often
MIN_POLL_S = 1.2


@dataclass(frozen=True)
class ServedState:
    """How a room stands, as JSON for its phones and for its stage, each with the tag that a browser asks with."""

    counts: RoomCounts
    phone: bytes
    phone_tag: str
    stage: bytes
    stage_tag: str
    read_at: float


class ServedDecks:
    """Keeps decks by id, which do not change, and the last look at each room."""

    def __init__(self, find_store: Callable[[], Store], clock: Callable[[], float] = time.monotonic) -> None:
        self._find_store, self._clock = find_store, clock
        self._lock = Lock()
        self._decks: OrderedDict[str, ShownDeck] = OrderedDict()
        self._states: OrderedDict[str, ServedState] = OrderedDict()
        self._reading: dict[str, Lock] = {}
        self._coded: OrderedDict[str, tuple[float, Room]] = OrderedDict()

    def served_deck(self, id: str) -> ShownDeck | None:
        """The deck with this id; None where there is none. Explained where it cannot be read."""
        with self._lock:
            if id not in self._decks:
                record = self._find_store().kept_deck(id)
                if record is None:
                    return None
                self._decks[id] = ShownDeck.from_content(record.content, ALL_PATTERNS)
                if len(self._decks) > MAX_DECKS:
                    self._decks.popitem(last=False)
            self._decks.move_to_end(id)
            return self._decks[id]

    def known_deck(self, id: str) -> ShownDeck | None:
        """A deck that was read before; None where it was not."""
        return self._decks.get(id)

    def fresh_state(self, room: str) -> ServedState | None:
        """How a room stood a moment ago; None where that has to be read."""
        found = self._states.get(room)
        return found if found and self._clock() - found.read_at < FRESH_S else None

    def served_state(self, room: str) -> ServedState | None:
        """How a room stands; None where there is none. Of many who ask at once one reads, and the others get what was
        read last.
        """
        with self._lock:
            turn, last = self._reading.setdefault(room, Lock()), self._states.get(room)
        if last is not None and turn.locked():
            return last
        with turn:
            found = self.fresh_state(room)
            if found is not None:
                return found
            counts = self._find_store().room_counts(room)
            if counts is None:
                self._reading.pop(room, None)
                return None
            state = served_state_of(counts, self._find_store().clock(), self._clock())
            with self._lock:
                self._states[room] = state
                self._states.move_to_end(room)
                while len(self._states) > MAX_ROOMS:
                    old, _ = self._states.popitem(last=False)
                    self._reading.pop(old, None)
            return state

    def forget_state(self, room: str) -> None:
        """A presenter went on or closed a room: it is read anew for whoever asks next."""
        with self._lock:
            self._states.pop(room, None)
            for code in [code for code, (_, found) in self._coded.items() if found.id == room]:
                del self._coded[code]

    def known_room(self, code: str) -> Room | None:
        """The open room that this code led to a moment ago; None where that has to be read."""
        read_at, room = self._coded.get(code, (0.0, None))
        return room if room and self._clock() - read_at < CODE_FRESH_S else None

    def coded_room(self, code: str) -> Room | None:
        """The open room that this code leads to; None where there is none."""
        room = self._find_store().room_with_code(code)
        if room is not None:
            with self._lock:
                self._coded[code] = (self._clock(), room)
                self._coded.move_to_end(code)
                if len(self._coded) > MAX_ROOMS:
                    self._coded.popitem(last=False)
        return room


def served_state_of(counts: RoomCounts, now: str, read_at: float) -> ServedState:
    """How a room stands, as its pages get it."""
    room, move = counts.room, counts.move
    silent_s = (datetime.fromisoformat(now) - datetime.fromisoformat(room.seen)).total_seconds()
    here = {"scene": move.scene, "beat": move.beat, "asks": move.asks, "ended": bool(room.ended)}
    phone, phone_tag = tagged_json({
        **here, "host": silent_s < HOST_LOST_S, "poll_s": round(max(MIN_POLL_S, counts.joined / PHONES_A_SECOND), 1),
    })  # fmt: skip
    told = {"joined": counts.joined, "votes": dict(counts.votes), "late": dict(counts.late), "code": room.code}
    stage, stage_tag = tagged_json({**here, **told})
    return ServedState(counts, phone, phone_tag, stage, stage_tag, read_at)


def tagged_json(values: Mapping[str, Any]) -> tuple[bytes, str]:
    """JSON and the tag by which a browser knows it again."""
    body = json.dumps(values, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'

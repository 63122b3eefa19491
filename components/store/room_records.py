"""Room records: decks that were shown, the rooms that saw them, who joined and what they answered."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, bindparam, func, insert, select, update

from components.core.explained import Explained
from components.store.played_records import PlayedRecord, PlayedRecords
from components.store.room_entries import RoomEntry, RoomEntryResult, write_room_entries
from components.store.tables import decks, room_moves, room_people, room_votes, rooms

ROOM_ID_BYTES = 12  # of randomness
CODE_LETTERS = "ABCDEFHJKMPRTWXY"  # no two of which look alike or are heard for each other
CODE_CHARS = 5
ROOM_HOURS = 12  # for which a code lets people in
CODE_TRIES = 20
FIND_ROOM = select(rooms).where(rooms.c.id == bindparam("id"))
LAST_MOVE = (
    select(room_moves).where(room_moves.c.room == bindparam("room")).order_by(room_moves.c.number.desc()).limit(1)
)
COUNT_PEOPLE = select(func.count()).select_from(room_people).where(room_people.c.room == bindparam("room"))
COUNT_VOTES = (
    select(room_votes.c.step, room_votes.c.late, func.count().label("people"))
    .where(room_votes.c.room == bindparam("room"))
    .group_by(room_votes.c.step, room_votes.c.late)
)
DONE_STEPS = select(room_votes.c.step).where(room_votes.c.person == bindparam("person"))


@dataclass(frozen=True)
class DeckRecord(PlayedRecord):
    """A deck as it was shown, and the work that it was made from."""


@dataclass(frozen=True)
class Room:
    """A room. Moments are ISO, UTC; `seen` is when its stage was heard of last, `ended` "" while it is open."""

    id: str
    deck: str
    code: str
    at: str
    seen: str
    ended: str


@dataclass(frozen=True)
class RoomMove:
    """Where a presenter went: the scene's key, the beat's number, the step that is asked and the one that ended."""

    scene: str = ""
    beat: int = 0
    asks: str = ""
    closes: str = ""
    at: str = ""


@dataclass(frozen=True)
class RoomCounts:
    """How a room stands: where its presenter is, who joined, and by step how many answered in time and late."""

    room: Room
    move: RoomMove
    joined: int
    votes: Mapping[str, int]
    late: Mapping[str, int]


@dataclass(frozen=True)
class RoomVote:
    """What one person answered to one step; `late`: after the reveal."""

    person: str
    step: str
    late: bool
    at: str
    content: Mapping[str, Any]


class RoomRecords(PlayedRecords):
    """Decks, moves, people and votes never change. Of a room only its last sign of life and its end do."""

    def keep_deck(self, deck: DeckRecord, played: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep a deck and its timelines by their ids; one that is known already stays as it was first kept."""
        self.keep_played(decks, deck, played)

    def kept_deck(self, id: str) -> DeckRecord | None:
        """The deck with this id; None where there is none."""
        found = self.played_record(decks, id)
        return None if found is None else DeckRecord(**found)

    def open_room(self, deck: str) -> Room:
        """A new room for a deck, with a code that no open room has. Explained where none can be found."""
        at = self.clock()
        with self.writing() as connection:
            taken = set(connection.scalars(select(rooms.c.code).where(rooms.c.ended == "")))
            tries = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_CHARS)) for _ in range(CODE_TRIES))
            code = next((code for code in tries if code not in taken), None)
            if code is None:
                raise Explained("Too many rooms are open.", do="Close those that nobody is in, then open this one.")
            room = Room(secrets.token_urlsafe(ROOM_ID_BYTES), deck, code, at, at, "")
            connection.execute(insert(rooms).values(vars(room)))
        return room

    def room(self, id: str) -> Room | None:
        """The room with this id, also one that has ended; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(FIND_ROOM, {"id": id}).mappings().first()
        return None if row is None else Room(**row)

    def room_with_code(self, code: str) -> Room | None:
        """The open room with this code; None where there is none, or it was opened ROOM_HOURS ago."""
        since = datetime.fromisoformat(self.clock()) - timedelta(hours=ROOM_HOURS)
        recent = rooms.c.at >= since.isoformat(timespec="milliseconds")
        query = select(rooms).where(rooms.c.code == code, rooms.c.ended == "", recent)
        with self.reading() as connection:
            row = connection.execute(query.order_by(rooms.c.at.desc()).limit(1)).mappings().first()
        return None if row is None else Room(**row)

    def rooms_of_work(self, work: str) -> tuple[Room, ...]:
        """Every room that saw a deck of this work, the newest first."""
        query = select(rooms).join(decks, decks.c.id == rooms.c.deck).where(decks.c.work == work)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(rooms.c.at.desc(), rooms.c.id)).mappings()
            return tuple(Room(**row) for row in rows)

    def end_room(self, id: str) -> None:
        """Let nobody else into a room."""
        with self.writing() as connection:
            connection.execute(update(rooms).where(rooms.c.id == id, rooms.c.ended == "").values(ended=self.clock()))

    def touch_room(self, id: str) -> None:
        """The room's stage was heard of."""
        with self.writing() as connection:
            connection.execute(update(rooms).where(rooms.c.id == id).values(seen=self.clock()))

    def move_room(self, id: str, move: RoomMove) -> None:
        """The presenter went somewhere."""
        at = self.clock()
        row = {"room": id, "scene": move.scene, "beat": move.beat, "asks": move.asks, "closes": move.closes, "at": at}
        with self.writing() as connection:
            connection.execute(insert(room_moves).values(row))
            connection.execute(update(rooms).where(rooms.c.id == id).values(seen=at))

    def room_counts(self, id: str) -> RoomCounts | None:
        """How a room stands; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(FIND_ROOM, {"id": id}).mappings().first()
            if row is None:
                return None
            named = {"room": id}
            move = connection.execute(LAST_MOVE, named).mappings().first()
            joined = connection.scalar(COUNT_PEOPLE, named) or 0
            counted = connection.execute(COUNT_VOTES, named).all()
        here = move_from_row(move) if move else RoomMove()
        by_time = {late: {row.step: row.people for row in counted if row.late == late} for late in (False, True)}
        return RoomCounts(Room(**row), here, joined, by_time[False], by_time[True])

    def room_votes(self, id: str, step: str = "") -> tuple[RoomVote, ...]:
        """What was answered in a room, in the order in which it came; to one step alone where it is named."""
        c = room_votes.c
        query = select(c.person, c.step, c.late, c.at, c.content).where(c.room == id).order_by(c.at, c.id)
        with self.reading() as connection:
            rows = connection.execute(query.where(c.step == step) if step else query).mappings()
            return tuple(RoomVote(**{**row, "content": json.loads(row["content"])}) for row in rows)

    def steps_voted(self, person: str) -> tuple[str, ...]:
        """The steps that somebody in a room has answered."""
        with self.reading() as connection:
            return tuple(connection.scalars(DONE_STEPS, {"person": person}))

    def keep_room_entries(self, entries: Sequence[RoomEntry]) -> list[RoomEntryResult]:
        """Keep joins and votes in one transaction; what came of each, in order, once it is on the disk."""
        with self.writing() as connection:
            return write_room_entries(connection, entries, self.clock())


def move_from_row(row: RowMapping) -> RoomMove:
    """A row read back."""
    return RoomMove(**{name: row[name] for name in ("scene", "beat", "asks", "closes", "at")})

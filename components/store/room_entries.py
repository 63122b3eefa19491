"""Room entries: what phones ask the store to keep, written together, and what comes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from components.core.explained import Explained
from components.store.database import dialect_insert
from components.store.tables import room_moves, room_people, room_votes, rooms

GRACE_S = 120.0  # seconds after the reveal in which a vote is still taken, and marked as late
AMONG_ROOMS: BindParameter[Any] = bindparam("rooms", expanding=True)
AMONG_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
FIND_OPEN = select(rooms.c.id).where(rooms.c.id.in_(AMONG_ROOMS), rooms.c.ended == "")
FIND_PEOPLE = select(room_people.c.id, room_people.c.room).where(room_people.c.id.in_(AMONG_IDS))
FIND_VOTES = select(room_votes.c.id, room_votes.c.person, room_votes.c.step, room_votes.c.digest).where(
    room_votes.c.person.in_(AMONG_IDS)
)
FIND_ASKED = select(room_moves.c.room, room_moves.c.asks).where(room_moves.c.room.in_(AMONG_ROOMS)).distinct()
FIND_CLOSED = (
    select(room_moves.c.room, room_moves.c.closes, func.min(room_moves.c.at).label("at"))
    .where(room_moves.c.room.in_(AMONG_ROOMS), room_moves.c.closes != "")
    .group_by(room_moves.c.room, room_moves.c.closes)
)


@dataclass(frozen=True)
class RoomJoin:
    """A phone joins a room under an id that it made."""

    id: str
    room: str


@dataclass(frozen=True)
class PostedVote:
    """What one person answered to one step, as JSON; `digest` is the same for the same content."""

    id: str
    person: str
    room: str
    step: str
    digest: str
    content: str


@dataclass(frozen=True)
class RoomResult:
    """`code` is "" where it is kept, else "ended", "unknown", "differs", "answered", "early" or "closed".

    `again` says of a join whether this phone was in before.
    """

    code: str = ""
    late: bool = False
    again: bool = False


KEPT = (RoomResult(), RoomResult(late=True))
RoomEntry = RoomJoin | PostedVote
RoomEntryResult = RoomResult | Explained


@dataclass(frozen=True)
class RoomStanding:
    """What is known of the rooms that a batch is about."""

    open_rooms: frozenset[str]
    asked: frozenset[tuple[str, str]]
    closed: Mapping[tuple[str, str], str]


def write_room_entries(connection: Connection, entries: Sequence[RoomEntry], at: str) -> list[RoomEntryResult]:
    """Keep joins and votes in one transaction; what came of each, in order."""
    standing = read_standing(connection, sorted({entry.room for entry in entries}))
    people_ids = sorted({entry.id if isinstance(entry, RoomJoin) else entry.person for entry in entries})
    people = {row.id: row.room for row in connection.execute(FIND_PEOPLE, {"ids": people_ids})}
    votes = {
        (row.person, row.step): (row.id, row.digest) for row in connection.execute(FIND_VOTES, {"ids": people_ids})
    }
    joins: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    results: list[RoomEntryResult] = []
    for entry in entries:
        if isinstance(entry, RoomJoin):
            result = judge_join(entry, people, standing)
            if not result.code and entry.id not in people:
                people[entry.id] = entry.room
                joins.append({"id": entry.id, "room": entry.room, "at": at})
        else:
            result, is_new = judge_vote(entry, people, votes, standing, at)
            if is_new:
                votes[entry.person, entry.step] = (entry.id, entry.digest)
                rows.append({**vars(entry), "late": result.late, "at": at})
        results.append(result)
    if joins:  # another server may write the same now: in one order, neither waits for the other
        joins.sort(key=itemgetter("id"))
        connection.execute(dialect_insert(connection)(room_people).on_conflict_do_nothing(), joins)
    if rows:
        rows.sort(key=itemgetter("person", "step"))
        written = connection.execute(dialect_insert(connection)(room_votes).on_conflict_do_nothing(), rows).rowcount
        if written != len(rows):
            results = settled_results(connection, entries, results)
    return results


def settled_results(
    connection: Connection, entries: Sequence[RoomEntry], results: Sequence[RoomEntryResult]
) -> list[RoomEntryResult]:
    """What came of each entry where another server wrote other votes of the same people a moment before."""
    people = sorted({entry.person for entry in entries if isinstance(entry, PostedVote)})
    found = connection.execute(FIND_VOTES, {"ids": people})
    votes = {(row.person, row.step): (row.id, row.digest) for row in found}
    return [
        RoomResult("answered")
        if isinstance(entry, PostedVote) and result in KEPT
        and votes.get((entry.person, entry.step)) != (entry.id, entry.digest)
        else result
        for entry, result in zip(entries, results, strict=True)
    ]  # fmt: skip


def read_standing(connection: Connection, ids: Sequence[str]) -> RoomStanding:
    """Which of these rooms are open, which steps they were asked, and when each was closed."""
    named = {"rooms": list(ids)}
    return RoomStanding(
        frozenset(connection.scalars(FIND_OPEN, named)),
        frozenset((row.room, row.asks) for row in connection.execute(FIND_ASKED, named)),
        {(row.room, row.closes): row.at for row in connection.execute(FIND_CLOSED, named)},
    )


def judge_join(entry: RoomJoin, people: Mapping[str, str], standing: RoomStanding) -> RoomResult:
    """What comes of a join; the same id again is the same person."""
    if entry.id in people:
        return RoomResult("" if people[entry.id] == entry.room else "unknown", again=True)
    return RoomResult("" if entry.room in standing.open_rooms else "ended")


def judge_vote(
    entry: PostedVote, people: Mapping[str, str], votes: Mapping[tuple[str, str], tuple[str, str]],
    standing: RoomStanding, at: str,
) -> tuple[RoomResult, bool]:  # fmt: skip
    """What comes of a vote, and whether it is to be written."""
    if people.get(entry.person) != entry.room:
        return RoomResult("unknown"), False
    kept = votes.get((entry.person, entry.step))
    if kept is not None:
        return RoomResult("" if kept == (entry.id, entry.digest) else "answered"), False
    if (entry.room, entry.step) not in standing.asked:
        return RoomResult("early"), False
    closed = standing.closed.get((entry.room, entry.step), "")
    if closed and datetime.fromisoformat(at) - datetime.fromisoformat(closed) > timedelta(seconds=GRACE_S):
        return RoomResult("closed", late=True), False
    return RoomResult("", late=bool(closed)), True

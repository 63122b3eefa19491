"""Rooms on both databases: joined, voted in once each, late after the reveal, and the same through any server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from components.store import Store
from components.store.database import utc_now
from components.store.room_entries import GRACE_S, PostedVote, RoomEntry, RoomJoin, RoomResult
from components.store.room_records import DeckRecord, Room, RoomMove

PHONES = 24


@pytest.fixture
def servers(location: str) -> Iterator[tuple[Store, Store]]:
    """Two servers on one database, which keeps a deck."""
    both = Store.open(location), Store.open(location)
    both[0].keep_deck(DeckRecord("deck", "work", "Deck", {}), {"line": {"events": []}})
    yield both
    for store in both:
        store.close()


def vote(room: Room, person: str, content: str = "{}", step: str = "b", id: str = "") -> PostedVote:
    return PostedVote(id or f"{person}-{step}", person, room.id, step, content, content)


def kept(store: Store, *entries: RoomEntry) -> list[RoomResult]:
    results = store.keep_room_entries(entries)
    assert all(isinstance(result, RoomResult) for result in results)
    return results  # type: ignore[return-value]


def test_what_one_server_opens_and_moves_the_other_knows(servers: tuple[Store, Store]) -> None:
    one, two = servers
    room = one.open_room("deck")
    assert two.room_with_code(room.code) == room and two.kept_deck("deck") is not None
    assert kept(two, RoomJoin("ada", room.id)) == [RoomResult()]
    assert kept(one, RoomJoin("ada", room.id)) == [RoomResult(again=True)]
    assert kept(two, vote(room, "ada"))[0].code == "early"
    one.move_room(room.id, RoomMove("b", 0, asks="b"))
    one.move_room(room.id, RoomMove("b", 1, asks="b"))
    assert kept(two, vote(room, "ada"), vote(room, "ada"), vote(room, "ada", "other", id="x")) == [
        RoomResult(), RoomResult(), RoomResult("answered"),
    ]  # fmt: skip
    counts = one.room_counts(room.id)
    assert counts is not None and (counts.joined, counts.votes, counts.late) == (1, {"b": 1}, {})
    assert (counts.move.beat, counts.move.asks) == (1, "b")
    two.end_room(room.id)
    assert one.room_with_code(room.code) is None
    assert kept(one, RoomJoin("ben", room.id))[0].code == "ended"


def test_a_vote_after_the_reveal_is_marked_and_one_after_the_grace_is_not_taken(servers: tuple[Store, Store]) -> None:
    one, two = servers
    room = one.open_room("deck")
    kept(one, RoomJoin("ada", room.id), RoomJoin("ben", room.id))
    one.move_room(room.id, RoomMove("b", 0, asks="b"))
    one.move_room(room.id, RoomMove("b", 2, closes="b"))
    assert kept(two, vote(room, "ada")) == [RoomResult(late=True)]
    moment = datetime.fromisoformat(utc_now()) + timedelta(seconds=GRACE_S + 1)
    later = Store(two.engine, two.location, lambda: moment.isoformat(timespec="milliseconds"))
    assert kept(later, vote(room, "ben")) == [RoomResult("closed", late=True)]
    assert [(one.person, one.late) for one in one.room_votes(room.id)] == [("ada", True)]


def test_phones_that_send_the_same_through_two_servers_at_once_count_once(servers: tuple[Store, Store]) -> None:
    room = servers[0].open_room("deck")
    servers[0].move_room(room.id, RoomMove("b", 0, asks="b"))
    people = [f"p{number}" for number in range(PHONES)]

    def send(store: Store) -> list[str]:
        codes = []
        for person in people:
            kept(store, RoomJoin(person, room.id))
            codes.append(kept(store, vote(room, person))[0].code)
        return codes

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(send, servers))
    assert told == [[""] * PHONES] * 2
    counts = servers[1].room_counts(room.id)
    assert counts is not None and (counts.joined, counts.votes) == (PHONES, {"b": PHONES})


def test_of_two_answers_of_one_person_through_two_servers_one_is_kept_and_the_other_told_so(
    servers: tuple[Store, Store],
) -> None:
    room = servers[0].open_room("deck")
    servers[0].move_room(room.id, RoomMove("b", 0, asks="b"))
    people = [f"p{number}" for number in range(PHONES)]
    kept(servers[0], *(RoomJoin(person, room.id) for person in people))

    def send(which: int) -> list[str]:
        sent = (vote(room, person, f"answer {which}", id=f"{person}-{which}") for person in people)
        return [kept(servers[which], one)[0].code for one in sent]

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(send, (0, 1)))
    assert [sorted(pair) for pair in zip(*told, strict=True)] == [["", "answered"]] * PHONES

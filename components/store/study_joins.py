"""Study joins: people are let into a study, each to the lowest slot that nobody completed or is in."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, func, insert, select, text

from components.store.arm_records import closed_arms, read_arm_changes
from components.store.database import ascii_json
from components.store.participation import COMPLETE, ArmAt, JoinRequest, JoinResult, Participant, Presence
from components.store.tables import participants, study_states
from components.study.block_restarts import read_restarts, restarts_text

C = participants.c
HELD = (C.study == bindparam("study")) & (C.simulated == bindparam("simulated"))
HELD &= (C.end == COMPLETE) | ((C.ended == "") & (C.seen > bindparam("since")))
COUNT_TAKEN = select(func.count(C.slot.distinct()), func.coalesce(func.max(C.slot), -1)).where(HELD)
FIND_TAKEN = select(C.slot).where(HELD)
COUNT_BELOW = select(func.count(C.slot.distinct())).where(HELD, C.slot < bindparam("wanted"))
LAST_STATE = (
    select(*(study_states.c[name] for name in ("state", "slots", "note", "at")))
    .where(study_states.c.study == bindparam("study"))
    .order_by(study_states.c.number.desc())
    .limit(1)
)


def let_people_in(connection: Connection, requests: Sequence[JoinRequest], at: str) -> list[JoinResult]:
    """Let people in, each to the lowest free slot; who is in already stays who they are."""
    studies = sorted({request.study for request in requests})
    lock_studies(connection, studies)
    known = find_known(connection, requests)
    states = {study: recruit_state(connection, study) for study in studies}
    taken: dict[Presence, set[int]] = {}
    closed = {study: find_closed(connection, study) for study in {one.study for one in requests if one.arm_at}}
    results, rows = [], []
    for request in requests:
        found = known.get(("id", request.id))
        result = JoinResult(found) if found and found.link == request.link else None
        result = result or known_person(request, known)
        if result is None:
            presence = Presence(request.study, request.simulated, request.stale_s)
            if presence not in taken:
                taken[presence] = set(taken_slots(connection, presence, at))
            open_slots = open_places(request, states[request.study][1], closed.get(request.study, frozenset()))
            result = give_slot(request, states[request.study][0], open_slots, taken[presence], at)
        if result.participant and ("id", result.participant.id) not in known:
            rows.append(participant_row(result.participant))
            known |= dict.fromkeys(keys_of(result.participant), result.participant)
        results.append(result)
    if rows:
        connection.execute(insert(participants), rows)
    return results


def known_person(request: JoinRequest, known: Mapping[tuple[str, str], Participant]) -> JoinResult | None:
    """What somebody gets whose id is another's, whose link is used up or who is in already; None for who is new."""
    if ("id", request.id) in known:
        return JoinResult(None, "used")
    if request.simulated:
        return None
    before = known.get(("link", request.link)) if request.once else None
    if before is not None:
        return JoinResult(before) if request.returns else JoinResult(None, "used")
    before = known.get((request.study, request.person)) if request.person else None
    return JoinResult(before) if before else None


def open_places(request: JoinRequest, wanted: int, closed: frozenset[str]) -> Iterable[int]:
    """The slots below `wanted` that a person may be given: not those of a closed arm, unless they are simulated."""
    arm_at = request.arm_at
    if arm_at is None or not closed or request.simulated:
        return range(wanted)
    return (slot for slot in range(wanted) if arm_at(slot) not in closed)


def find_closed(connection: Connection, study: str) -> frozenset[str]:
    """The keys of a study's arms that are given to nobody more."""
    return closed_arms(read_arm_changes(connection, study))


def give_slot(request: JoinRequest, kind: str, places: Iterable[int], taken: set[int], at: str) -> JoinResult:
    """The lowest of these places that is free; `taken` has it afterwards. Simulated people are let in whatever the
    study's state (`kind`) is.
    """
    if kind != "open" and not request.simulated:
        return JoinResult(None, kind)
    slot = next((slot for slot in places if slot not in taken), None)
    if slot is None:
        if not request.simulated:
            return JoinResult(None, "full")
        slot = next(slot for slot in range(len(taken) + 1) if slot not in taken)
    taken.add(slot)
    same = {name: getattr(request, name) for name in ("id", "study", "link", "person", "simulated", "entry", "browser")}
    return JoinResult(Participant(slot=slot, joined=at, seen=at, ended="", end="", tab="", **same), is_new=True)


def lock_studies(connection: Connection, studies: Iterable[str]) -> None:
    """Let no other server give slots of these studies until this transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        for study in studies:
            connection.execute(text("SELECT pg_advisory_xact_lock(7051985, :key)"), {"key": lock_key(study)})


def lock_key(study: str) -> int:
    """A number of 31 bits for a study."""
    return zlib.crc32(study.encode()) >> 1


def find_known(connection: Connection, requests: Sequence[JoinRequest]) -> dict[tuple[str, str], Participant]:
    """Those who are in already, by their id, by a link that is for one person, and by study and person."""
    c = participants.c
    once = [request.link for request in requests if request.once]
    persons = [request.person for request in requests if request.person]
    conditions: list[ColumnElement[bool]] = [c.id.in_([request.id for request in requests])]
    conditions += [c.link.in_(once)] if once else []
    conditions += [c.study.in_({request.study for request in requests}) & c.person.in_(persons)] if persons else []
    found: dict[tuple[str, str], Participant] = {}
    for condition in conditions:  # one at a time, so that each is read from its own index
        query = select(participants).where(condition).order_by(c.joined.desc(), c.id.desc())
        for row in connection.execute(query).mappings():
            found |= {key: participant_from_row(row) for key in keys_of(participant_from_row(row))}
    return found


def keys_of(person: Participant) -> list[tuple[str, str]]:
    """What a participant is known by again; a simulated one only by the id."""
    own = [("id", person.id)]
    if person.simulated:
        return own
    return [*own, ("link", person.link), *([(person.study, person.person)] if person.person else [])]


def recruit_state(connection: Connection, study: str) -> tuple[str, int]:
    """The state of a study and how many slots are wanted; one that was never opened is paused."""
    row = connection.execute(LAST_STATE, {"study": study}).one_or_none()
    return (row.state, row.slots) if row else ("paused", 0)


def taken_slots(connection: Connection, presence: Presence, at: str) -> frozenset[int]:
    """The slots that somebody completed, or is in and was seen since `at` less the seconds after which one is stale."""
    about = held_since(presence, at)
    count, last = connection.execute(COUNT_TAKEN, about).one()
    if count == last + 1:  # no gaps, as nearly always: then there is no need to read them one by one
        return frozenset(range(count))
    return frozenset(connection.scalars(FIND_TAKEN, about))


def is_study_full(
    connection: Connection, presence: Presence, wanted: int, at: str, arm_at: ArmAt | None = None
) -> bool:
    """Whether each of the first `wanted` slots is taken, or belongs to an arm that is given to nobody more."""
    closed = find_closed(connection, presence.study) if arm_at else frozenset()
    if arm_at and closed:
        held = taken_slots(connection, presence, at)
        return all(slot in held or arm_at(slot) in closed for slot in range(wanted))
    taken = connection.scalar(COUNT_BELOW, {**held_since(presence, at), "wanted": wanted})
    return (taken or 0) >= wanted


def held_since(presence: Presence, at: str) -> dict[str, object]:
    """What is asked of the database to find taken slots."""
    since = (datetime.fromisoformat(at) - timedelta(seconds=presence.stale_s)).isoformat(timespec="milliseconds")
    return {"study": presence.study, "simulated": presence.simulated, "since": since}


def participant_row(person: Participant) -> dict[str, object]:
    """A participant as a row."""
    told = {"entry": ascii_json(person.entry), "browser": ascii_json(person.browser)}
    return {**vars(person), **told, "restarts": restarts_text(person.restarts)}


def participant_from_row(row: RowMapping) -> Participant:
    """A row read back."""
    told = {"entry": json.loads(row["entry"]), "browser": json.loads(row["browser"])}
    return Participant(**{**row, **told, "restarts": read_restarts(row["restarts"])})

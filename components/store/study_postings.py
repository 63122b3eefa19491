"""Study postings: what participants answer is kept once, and deleted where they withdraw."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from components.store.participation import (
    COMPLETE,
    WITHDREW,
    AnswerResult,
    Participant,
    PostedAnswer,
    RestartRequest,
    RestartResult,
    Withdrawal,
    WithdrawalResult,
)
from components.store.study_joins import participant_from_row
from components.store.tables import participants, study_answers
from components.study.block_restarts import (
    BlockRestart,
    attempt_parts,
    current_attempts,
    current_ids,
    restarts_text,
)

Kept = dict[str, tuple[str, str, str]]  # of each answer, by its id: the participant, the step and the digest
# Statements that every batch runs are made once: to make one takes longer than to run it.
AMONG_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
PRESENCE_COLUMNS = ("seen", "tab", "ended", "end")
LOCK_PEOPLE = select(participants).where(participants.c.id.in_(AMONG_IDS)).order_by(participants.c.id).with_for_update()
C = study_answers.c
FIND_KEPT = select(C.id, C.participant, C.step, C.digest).where(C.id.in_(AMONG_IDS))
FIND_DONE = select(C.participant, C.step).where(C.participant.in_(AMONG_IDS))
FIND_CONTENTS = select(C.step, C.content).where(C.participant == bindparam("id"))
INSERT_ANSWERS = insert(study_answers)
WRITE_PRESENCE = (
    update(participants)
    .where(participants.c.id == bindparam("of"))
    .values({name: bindparam(f"now_{name}") for name in PRESENCE_COLUMNS})
)


def keep_answers(connection: Connection, answers: Sequence[PostedAnswer], at: str) -> list[AnswerResult]:
    """Keep each answer once; what came of each, in order. One that is kept already stays as it was first kept."""
    people = lock_people(connection, {answer.participant for answer in answers})
    kept, done = find_kept(connection, answers), steps_done(connection, people)
    results, rows, changed = [], [], set()
    for answer in answers:
        person = people.get(answer.participant)
        refusal = refuse_answer(answer, person, kept, done)
        if person is None or refusal is not None:
            results.append(refusal or AnswerResult("unknown"))
            continue
        rows.append(answer_row(answer, at))
        kept[answer.id] = (answer.participant, answer.step, answer.digest)
        done[person.id].append(answer.step)
        end = person.end or answer.end or end_reached(connection, answer, person, done[person.id], rows)
        ended = person.ended or (at if end else "")
        people[person.id] = replace(person, seen=at, tab=answer.tab, end=end, ended=ended)
        changed.add(person.id)
        results.append(AnswerResult("", end))
    if rows:
        connection.execute(INSERT_ANSWERS, rows)
        write_presence(connection, [people[id] for id in sorted(changed)])
    return results


def refuse_answer(
    answer: PostedAnswer, person: Participant | None, kept: Kept, done: Mapping[str, Sequence[str]]
) -> AnswerResult | None:
    """What comes of an answer that is not to be written, because it is there or cannot be; None for one that is."""
    if person is None:
        return AnswerResult("unknown")
    steps = tuple(done[person.id])
    if answer.id in kept:
        same = kept[answer.id] == (answer.participant, answer.step, answer.digest)
        return AnswerResult("" if same else "differs", person.end, steps)
    if answer.step in steps:
        return AnswerResult("answered", person.end, steps)
    step, attempt = attempt_parts(answer.step)
    now = current_attempts(person.restarts).get(step, 1)
    if attempt > now:
        return AnswerResult("garbled", person.end, steps)
    is_late = attempt < now and person.end != WITHDREW  # of a block that was begun anew: kept, and never counted
    return AnswerResult("ended", person.end, steps) if person.end and not is_late else None


def end_reached(
    connection: Connection, answer: PostedAnswer, person: Participant, done: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
) -> str:  # fmt: skip
    """How a participation ended where all answers are there, "" where some are missing; `rows` are those that are not
    written yet.
    """
    ids = current_ids(answer.steps, person.restarts)
    if not set(ids.values()).issubset(done):
        return ""
    if answer.judge is None:
        return COMPLETE
    found = connection.execute(FIND_CONTENTS, {"id": answer.participant})
    kept = {row.step: row.content for row in found}
    kept |= {row["step"]: row["content"] for row in rows if row["participant"] == answer.participant}
    return answer.judge({step: json.loads(kept[id]) for step, id in ids.items()})


def lock_people(connection: Connection, ids: set[str]) -> dict[str, Participant]:
    """These participants by their ids; no other server writes about them until this transaction ends."""
    rows = connection.execute(LOCK_PEOPLE, {"ids": sorted(ids)}).mappings()
    return {row["id"]: participant_from_row(row) for row in rows}


def find_kept(connection: Connection, answers: Sequence[PostedAnswer]) -> Kept:
    """Those of these answers that are kept already."""
    rows = connection.execute(FIND_KEPT, {"ids": [answer.id for answer in answers]})
    return {id: (participant, step, digest) for id, participant, step, digest in rows}


def steps_done(connection: Connection, people: Mapping[str, Participant]) -> dict[str, list[str]]:
    """The steps that each of these people answered."""
    found: dict[str, list[str]] = {id: [] for id in people}
    for participant, step in connection.execute(FIND_DONE, {"ids": list(people)}):
        found[participant].append(step)
    return found


def answer_row(answer: PostedAnswer, at: str) -> dict[str, object]:
    """An answer as a row."""
    same = ("id", "participant", "study", "step", "digest", "content")
    return {name: getattr(answer, name) for name in same} | {"at": at}


def write_presence(connection: Connection, people: Sequence[Participant]) -> None:
    """Write when people were seen last, in which tab, and whether they came to an end."""
    rows = [{"of": person.id, **{f"now_{n}": getattr(person, n) for n in PRESENCE_COLUMNS}} for person in people]
    connection.execute(WRITE_PRESENCE, rows)


def withdraw_people(connection: Connection, withdrawals: Sequence[Withdrawal], at: str) -> list[WithdrawalResult]:
    """Delete what people sent and what is known of them; their rows say only that they withdrew."""
    people = lock_people(connection, {withdrawal.participant for withdrawal in withdrawals})
    leaving = sorted(id for id, person in people.items() if person.end != WITHDREW)
    if leaving:
        c = participants.c
        gone = {"end": WITHDREW, "ended": at, "person": "", "tab": "", "entry": "{}", "browser": "{}",
                "restarts": "[]"}  # fmt: skip
        connection.execute(update(participants).where(c.id.in_(leaving)).values(gone))
        connection.execute(delete(study_answers).where(study_answers.c.participant.in_(leaving)))
    return [WithdrawalResult(people.get(withdrawal.participant)) for withdrawal in withdrawals]


def restart_blocks(connection: Connection, requests: Sequence[RestartRequest], at: str) -> list[RestartResult]:
    """Begin blocks anew that are still broken off; what was answered in them stays kept, under the ids that it has."""
    people = lock_people(connection, {request.participant for request in requests})
    done, results = steps_done(connection, people), []
    for request in requests:
        person = people.get(request.participant)
        wanted = person is not None and not person.end and len(person.restarts) == request.before
        ids = current_ids(request.steps, person.restarts).values() if person else ()
        answered = [id in done[request.participant] for id in ids]
        if person is None or not wanted or all(answered) or not any(answered):
            results.append(RestartResult(False))
            continue
        restarts = (*person.restarts, BlockRestart(request.block, request.steps, at))
        people[person.id] = replace(person, restarts=restarts)
        values = {"restarts": restarts_text(restarts), "seen": at}
        connection.execute(update(participants).where(participants.c.id == person.id).values(values))
        results.append(RestartResult(True))
    return results

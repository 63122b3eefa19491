"""Study erasures: the answers of one person, or those that were kept long enough, deleted; that it was done stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from components.store.database import Database
from components.store.participation import WITHDREW, Withdrawal
from components.store.study_postings import lock_people, withdraw_people
from components.store.tables import participants, study_answers, study_erasures, study_links

ErasureReason = Literal["asked", "expired"]
MAX_ERASED_AT_ONCE = 200  # people in one transaction, so that nobody who answers waits for long


@dataclass(frozen=True)
class StudyErasure:
    """That a person's data was deleted: because somebody asked, or because it was kept long enough.

    `end` is how the participation had ended, `answers` how many screens were deleted, `at` when (ISO, UTC).
    """

    study: str
    participant: str
    reason: ErasureReason
    end: str
    answers: int
    at: str


class ErasureRecords(Database):
    """What a person gave is deleted whole; their row stays, without what it said of them."""

    def erase_participant(self, participant: str, reason: ErasureReason = "asked") -> StudyErasure | None:
        """Delete what somebody gave and what is known of them; None where nothing of them is kept."""
        with self.writing() as connection:
            made = erase_people(connection, [participant], reason, self.clock())
        return made[0] if made else None

    def erase_expired(self, study: str, days: int) -> int:
        """Delete what people gave whose last sign is more than so many days ago; how many people that were."""
        before, count = moment_before(self.clock(), days), 0
        while True:
            with self.writing() as connection:
                c = participants.c
                old = select(c.id).where(c.study == study, c.end != WITHDREW, last_sign() < before)
                ids = connection.scalars(old.order_by(c.id).limit(MAX_ERASED_AT_ONCE)).all()
                made = erase_people(connection, ids, "expired", self.clock())
            count += len(made)
            if len(made) < MAX_ERASED_AT_ONCE:
                return count

    def studies_with_old_people(self, days: int = 1) -> tuple[str, ...]:
        """The studies in which something is kept of somebody whose last sign is more than so many days ago."""
        c = participants.c
        before = moment_before(self.clock(), days)
        old = select(c.study).where(c.end != WITHDREW, last_sign() < before).distinct()
        with self.reading() as connection:
            return tuple(connection.scalars(old))

    def erasures_of(self, study: str, simulated: bool | None = None) -> tuple[StudyErasure, ...]:
        """Every deletion in a study, the first one first: of simulated people or of all others, where that is said."""
        c = study_erasures.c
        query = select(*(column for column in c if column.name != "number")).where(c.study == study).order_by(c.number)
        if simulated is not None:
            kind = select(participants.c.id).where(participants.c.simulated == simulated)
            query = query.where(c.participant.in_(kind))
        with self.reading() as connection:
            return tuple(StudyErasure(**row) for row in connection.execute(query).mappings())


def last_sign() -> ColumnElement[str]:
    """When somebody ended, or was last heard of."""
    c = participants.c
    return case((c.ended != "", c.ended), else_=c.seen)


def moment_before(at: str, days: int) -> str:
    """The moment so many days before another one (ISO, UTC)."""
    return (datetime.fromisoformat(at) - timedelta(days=days)).isoformat(timespec="milliseconds")


def erase_people(connection: Connection, ids: Sequence[str], reason: ErasureReason, at: str) -> list[StudyErasure]:
    """Delete what these people gave; who has nothing left is passed over."""
    people = [person for person in lock_people(connection, set(ids)).values() if person.end != WITHDREW]
    if not people:
        return []
    here = [person.id for person in people]
    c = study_answers.c
    counted = select(c.participant, func.count()).where(c.participant.in_(here)).group_by(c.participant)
    counts: dict[str, int] = dict(connection.execute(counted).tuples().all())
    made = [StudyErasure(one.study, one.id, reason, one.end, counts.get(one.id, 0), at) for one in people]
    withdraw_people(connection, [Withdrawal(id) for id in here], at)
    named = {person.link for person in people}
    connection.execute(
        update(study_links).where(study_links.c.id.in_(named), study_links.c.kind == "personal").values(person="")
    )
    connection.execute(insert(study_erasures), [vars(erasure) for erasure in made])
    return made

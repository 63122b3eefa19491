"""Study records: frozen studies, the links that lead to them, who took part and what they answered."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from components.core.prompt import clean_text
from components.store.participation import ArmAt, BatchEntry, BatchResult, Participant, Presence
from components.store.played_records import PlayedRecord, PlayedRecords
from components.store.study_batches import keep_entries
from components.store.study_joins import LAST_STATE, is_study_full, participant_from_row, taken_slots
from components.store.tables import participants, studies, study_answers, study_links, study_states, timelines

FIND_LINK = select(study_links).where(study_links.c.id == bindparam("id"))
FIND_PERSON = select(participants).where(participants.c.id == bindparam("id"))
LINK_ID_BYTES = 9  # of randomness
LinkKind = Literal["once", "many", "personal"]
RecruitState = Literal["open", "paused", "closed"]


@dataclass(frozen=True)
class StudyRecord(PlayedRecord):
    """A frozen study as it is kept, and the work that it was frozen from."""


@dataclass(frozen=True)
class StudyState:
    """Whether people are taken in, how many slots are wanted, why, and since when (ISO, UTC)."""

    state: RecruitState = "paused"
    slots: int = 0
    note: str = ""
    at: str = ""


@dataclass(frozen=True)
class StudyLink:
    """A way into a study. `person` is whom a personal link is for; `revoked` is "" or a moment (ISO, UTC)."""

    id: str
    study: str
    kind: LinkKind
    person: str
    at: str
    revoked: str


@dataclass(frozen=True)
class StudyAnswer:
    """What one participant sent for one step; `at` is when it was kept (ISO, UTC)."""

    id: str
    participant: str
    study: str
    step: str
    digest: str
    at: str
    content: Mapping[str, Any]


class StudyRecords(PlayedRecords):
    """A frozen study, its timelines and its answers never change. Who withdraws leaves a row without content."""

    def keep_study(self, study: StudyRecord, played: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep a frozen study and its timelines by their ids; one that is known already stays as it was first kept."""
        self.keep_played(studies, study, played)

    def study(self, id: str) -> StudyRecord | None:
        """The frozen study with this id; None where there is none."""
        found = self.played_record(studies, id)
        return None if found is None else StudyRecord(**found)

    def studies_of(self, work: str) -> tuple[StudyRecord, ...]:
        """Every study that was frozen from a work, the newest first."""
        query = select(studies).where(studies.c.work == work).order_by(studies.c.at.desc(), studies.c.id)
        with self.reading() as connection:
            return tuple(study_from_row(row) for row in connection.execute(query).mappings())

    def timeline(self, id: str) -> bytes | None:
        """The JSON of a timeline, compressed with gzip; None where there is none."""
        with self.reading() as connection:
            return connection.scalar(select(timelines.c.content).where(timelines.c.id == id))

    def study_state(self, id: str) -> StudyState:
        """The state of a study; one that was never opened is paused."""
        with self.reading() as connection:
            return read_state(connection, id)

    def study_states(self, id: str) -> tuple[StudyState, ...]:
        """Every state that a study had, in their order."""
        c = study_states.c
        query = select(c.state, c.slots, c.note, c.at).where(c.study == id).order_by(c.number)
        with self.reading() as connection:
            return tuple(StudyState(**row) for row in connection.execute(query).mappings())

    def set_study_state(self, id: str, state: RecruitState, slots: int, note: str = "") -> None:
        """Open, pause or close a study, and say how many slots are wanted; what was set before is kept."""
        row = {"study": id, "state": state, "slots": slots, "note": clean_text(note), "at": self.clock()}
        with self.writing() as connection:
            connection.execute(insert(study_states).values(row))

    def keep_link(self, study: str, kind: LinkKind, person: str = "") -> StudyLink:
        """A new way into a study."""
        link = StudyLink(
            secrets.token_urlsafe(LINK_ID_BYTES), study, kind, clean_text(person), self.clock(), revoked=""
        )
        with self.writing() as connection:
            connection.execute(insert(study_links).values(vars(link)))
        return link

    def link(self, id: str) -> StudyLink | None:
        """The link with this id, also a revoked one; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(FIND_LINK, {"id": id}).mappings().first()
        return None if row is None else StudyLink(**row)

    def links_of(self, study: str) -> tuple[StudyLink, ...]:
        """Every link of a study, the newest first."""
        query = select(study_links).where(study_links.c.study == study)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(study_links.c.at.desc(), study_links.c.id)).mappings()
            return tuple(StudyLink(**row) for row in rows)

    def revoke_link(self, id: str) -> None:
        """Let nobody else in by a link; who came by it goes on."""
        with self.writing() as connection:
            connection.execute(update(study_links).where(study_links.c.id == id).values(revoked=self.clock()))

    def participant(self, id: str) -> Participant | None:
        """The participant with this id; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(FIND_PERSON, {"id": id}).mappings().first()
        return None if row is None else participant_from_row(row)

    def participant_behind(self, study: str, link: str = "", person: str = "") -> Participant | None:
        """The first participant who came by a link, or whom a recruiter sent; None where there is none."""
        c = participants.c
        same = c.link == link if link else (c.person == person) & (c.person != "")
        query = select(participants).where(c.study == study, same, ~c.simulated).order_by(c.joined, c.id).limit(1)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else participant_from_row(row)

    def participants(self, study: str, simulated: bool = False) -> tuple[Participant, ...]:
        """Everybody who took part in a study, in the order in which they came; real people, or simulated ones."""
        c = participants.c
        query = select(participants).where(c.study == study, c.simulated == simulated).order_by(c.joined, c.id)
        with self.reading() as connection:
            return tuple(participant_from_row(row) for row in connection.execute(query).mappings())

    def answered_steps(self, participant: str) -> tuple[str, ...]:
        """The ids of the steps that a participant answered, in the order in which they were kept."""
        c = study_answers.c
        query = select(c.step).where(c.participant == participant).order_by(c.at, c.id)
        with self.reading() as connection:
            return tuple(connection.scalars(query))

    def study_answers(self, study: str, simulated: bool = False) -> tuple[StudyAnswer, ...]:
        """Every answer of a study, in the order in which they were kept; of real people, or of simulated ones."""
        c = study_answers.c
        joined = select(study_answers).join(participants, participants.c.id == c.participant)
        query = joined.where(c.study == study, participants.c.simulated == simulated).order_by(c.at, c.id)
        with self.reading() as connection:
            return tuple(answer_from_row(row) for row in connection.execute(query).mappings())

    def study_mark(self, study: str) -> tuple[Any, ...]:
        """What is another whenever somebody joined, answered, began a block anew or left; what was worked out for the
        same one holds.
        """
        a, p = study_answers.c, participants.c
        counts = (
            select(func.count(), func.max(a.at)).where(a.study == study),
            select(func.count(), func.max(p.joined), func.max(p.ended), func.sum(func.length(p.restarts))).where(
                p.study == study
            ),
        )
        with self.reading() as connection:
            return (study, *(value for query in counts for value in connection.execute(query).one()))

    def answers_of(self, participant: str) -> tuple[StudyAnswer, ...]:
        """Every answer of one participant, in the order in which they were kept."""
        c = study_answers.c
        query = select(study_answers).where(c.participant == participant).order_by(c.at, c.id)
        with self.reading() as connection:
            return tuple(answer_from_row(row) for row in connection.execute(query).mappings())

    def standing_for(self, link: StudyLink, stale_s: float, arm_at: ArmAt | None = None) -> tuple[StudyState, bool]:
        """The state of a link's study, and whether all of its slots are taken, unless it takes nobody in anyway.

        `arm_at` names the arm of a slot where each person gets one, so that closed ones do not count as free.
        """
        with self.reading() as connection:
            state = read_state(connection, link.study)
            presence = Presence(link.study, False, stale_s)
            is_full = state.state == "open" and is_study_full(connection, presence, state.slots, self.clock(), arm_at)
            return state, is_full

    def slots_in_use(self, study: str, stale_s: float, simulated: bool = False) -> frozenset[int]:
        """The slots that somebody completed, or is in and was seen in the last `stale_s` seconds."""
        with self.reading() as connection:
            return taken_slots(connection, Presence(study, simulated, stale_s), self.clock())

    def keep_participation(self, entries: Sequence[BatchEntry]) -> list[BatchResult]:
        """Keep joins, answers and withdrawals in one transaction; what came of each, in order, once it is on the disk.

        An entry that the database refuses spoils no other. Where the database fails, each result is the problem.
        """
        return keep_entries(self, entries)


def read_state(connection: Connection, study: str) -> StudyState:
    """The last state of a study; one that was never opened is paused."""
    row = connection.execute(LAST_STATE, {"study": study}).mappings().first()
    return StudyState() if row is None else StudyState(**row)


def study_from_row(row: RowMapping) -> StudyRecord:
    """A row read back."""
    return StudyRecord(**{**row, "content": json.loads(row["content"])})


def answer_from_row(row: RowMapping) -> StudyAnswer:
    """A row read back."""
    return StudyAnswer(**{**row, "content": json.loads(row["content"])})

"""Work sharing: several people in one work at once: who is there, what one changed under the other, what they say."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from components.core.prompt import clean_text
from components.design.work_talk import NoteDraft, WorkNote
from components.store.database import Database, dialect_insert
from components.store.tables import names, work_notes, work_steps, work_visits, works
from components.store.works import WorkState, set_step, write_step

PRESENT_S = 12.0  # seconds after which who was not heard of counts as gone
NOTE_ID_BYTES = 9
MAX_NOTE_CHARS, MAX_LISTED_NOTES = 2000, 500


@dataclass(frozen=True)
class WorkMark:
    """Where a work stands: the state that it is in, and the last rows of its states and of its notes."""

    step: int
    number: int
    note: int

    def same_state(self, other: "WorkMark") -> bool:
        """Whether nobody changed the work in between, whatever was said of it."""
        return (self.step, self.number) == (other.step, other.number)


@dataclass(frozen=True)
class WorkVisit:
    """Somebody who has a work on screen: their tab, who they are, and what they are called ("" where not known)."""

    tab: str
    rater: str
    name: str


class WorkSharing(Database):
    """A change says what it was made on; where somebody else was quicker, nothing is written and that is said."""

    def work_mark(self, id: str) -> WorkMark | None:
        """Where a work stands; None where there is none."""
        with self.reading() as connection:
            return read_mark(connection, id)

    def add_step_onto(
        self, id: str, change: WorkState, rater: str, before: int, same: int, mark: WorkMark
    ) -> WorkMark | None:
        """Add a state as `add_step` does, where the work still stands at `mark`; None where somebody changed it."""
        at = self.clock()
        with self.writing() as connection:
            found = lock_mark(connection, id)
            if found is None or not found.same_state(mark):
                return None
            last = connection.scalar(select(func.max(work_steps.c.step)).where(work_steps.c.work == id)) or 0
            step = same or last + 1
            write_step(connection, id, step, before, change, rater, at)
            set_step(connection, id, step, change.preview, at)
            return read_mark(connection, id)

    def go_to_step_from(self, id: str, change: WorkState, step: int, mark: WorkMark) -> WorkMark | None:
        """Let a work be in a state that it had, where it still stands at `mark`; None where somebody changed it."""
        with self.writing() as connection:
            found = lock_mark(connection, id)
            if found is None or not found.same_state(mark):
                return None
            set_step(connection, id, step, change.preview, self.clock())
            return read_mark(connection, id)

    def last_own_step(self, id: str, rater: str) -> int:
        """The number of the state of a work that this person made last; 0 where they made none."""
        c = work_steps.c
        query = select(c.step).where(c.work == id, c.rater == rater).order_by(c.number.desc()).limit(1)
        with self.reading() as connection:
            return connection.scalar(query) or 0

    def visit_work(self, id: str, tab: str, rater: str) -> None:
        """Say that a tab has a work on screen."""
        row = {"rater": rater, "at": self.clock()}
        with self.writing() as connection:
            made = dialect_insert(connection)(work_visits).values(work=id, tab=tab, **row)
            connection.execute(made.on_conflict_do_update(index_elements=["work", "tab"], set_=row))

    def work_visits(self, id: str) -> tuple[WorkVisit, ...]:
        """Who has a work on screen just now, in the order of their tabs."""
        since = datetime.fromisoformat(self.clock()) - timedelta(seconds=PRESENT_S)
        c = work_visits.c
        query = (
            select(c.tab, c.rater, func.coalesce(names.c.name, ""))
            .outerjoin_from(work_visits, names, names.c.id == c.rater)
            .where(c.work == id, c.at > since.isoformat(timespec="milliseconds"))
            .order_by(c.tab)
        )
        with self.reading() as connection:
            return tuple(WorkVisit(*row) for row in connection.execute(query))

    def keep_note(self, id: str, note: NoteDraft, rater: str, step: int) -> str:
        """Keep what somebody says of a state of a work; return the note's id."""
        row = {name: clean_text(getattr(note, name)) for name in ("kind", "about", "pane", "prototype", "pattern")}
        key, said = secrets.token_urlsafe(NOTE_ID_BYTES), clean_text(note.text)[:MAX_NOTE_CHARS]
        row |= {"id": key, "work": id, "text": said, "rater": rater, "at": self.clock()}
        with self.writing() as connection:
            connection.execute(insert(work_notes).values(moment=note.moment, step=step, **row))
        return key

    def work_notes(self, id: str, after: int = 0) -> tuple[WorkNote, ...]:
        """What was said of a work after a note's number, in order: the latest, where there is very much of it."""
        c = work_notes.c
        listed = [column for column in c if column.name != "work"]
        query = (
            select(*listed, func.coalesce(names.c.name, "").label("rater_name"))
            .outerjoin_from(work_notes, names, names.c.id == c.rater)
            .where(c.work == id, c.number > after)
            .order_by(c.number.desc())
            .limit(MAX_LISTED_NOTES)
        )
        with self.reading() as connection:
            return tuple(WorkNote(**row) for row in connection.execute(query).mappings())[::-1]


def lock_mark(connection: Connection, id: str) -> WorkMark | None:
    """Where a work stands, which nobody else changes until this change is written."""
    connection.execute(select(works.c.id).where(works.c.id == id).with_for_update())
    return read_mark(connection, id)


def read_mark(connection: Connection, id: str) -> WorkMark | None:
    """Where a work stands; None where there is none."""
    number = select(func.max(work_steps.c.number)).where(work_steps.c.work == id).scalar_subquery()
    note = select(func.max(work_notes.c.number)).where(work_notes.c.work == id).scalar_subquery()
    query = select(works.c.step, func.coalesce(number, 0), func.coalesce(note, 0)).where(works.c.id == id)
    row = connection.execute(query).one_or_none()
    return None if row is None else WorkMark(*row)

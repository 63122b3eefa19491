"""Work mentions: who was called by name in what was said of a work, and has not seen it yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, union, update

from components.store.database import Database, dialect_insert
from components.store.tables import names, work_mentions, work_notes, work_visits, works

MAX_MENTIONS = 10  # that are listed at once


@dataclass(frozen=True)
class OpenMention:
    """Somebody was called by name: in which note of which work, by whom ("" where not known), in which words, when."""

    note: str
    work: str
    work_name: str
    by: str
    text: str
    at: str


class WorkMentions(Database):
    """A mention stays until who was called has seen it."""

    def people_at(self, work: str) -> Mapping[str, str]:
        """Those who had a work on screen or said something of it, and who owns it, by id: the names that they gave."""
        there = union(
            select(work_visits.c.rater).where(work_visits.c.work == work),
            select(work_notes.c.rater).where(work_notes.c.work == work),
            select(works.c.owner).where(works.c.id == work),
        ).subquery()
        query = select(names.c.id, names.c.name).join(there, names.c.id == there.c.rater).where(names.c.name != "")
        with self.reading() as connection:
            return {row.id: row.name for row in connection.execute(query)}

    def mention_people(self, note: str, raters: Iterable[str]) -> None:
        """Let these people see that they were called in a note."""
        with self.writing() as connection:
            for rater in raters:
                row = dialect_insert(connection)(work_mentions).values(note=note, rater=rater, seen="")
                connection.execute(row.on_conflict_do_nothing(index_elements=["note", "rater"]))

    def open_mentions(self, rater: str) -> tuple[OpenMention, ...]:
        """Where somebody was called and has not seen it yet, the last first; nothing of a work that was deleted."""
        n, m = work_notes.c, work_mentions.c
        query = (
            select(n.id, n.work, works.c.name, func.coalesce(names.c.name, ""), n.text, n.at)
            .join_from(work_mentions, work_notes, n.id == m.note)
            .join(works, works.c.id == n.work)
            .outerjoin(names, names.c.id == n.rater)
            .where(m.rater == rater, m.seen == "", works.c.deleted == "")
            .order_by(n.number.desc())
            .limit(MAX_MENTIONS)
        )
        with self.reading() as connection:
            return tuple(OpenMention(*row) for row in connection.execute(query))

    def see_mentions(self, work: str, rater: str) -> None:
        """Somebody has seen all that calls them in what was said of a work."""
        said = select(work_notes.c.id).where(work_notes.c.work == work)
        c = work_mentions.c
        with self.writing() as connection:
            change = update(work_mentions).where(c.rater == rater, c.seen == "", c.note.in_(said))
            connection.execute(change.values(seen=self.clock()))

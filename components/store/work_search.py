"""Work search: which works a person is looking for, a page at a time, and what they can be sorted out by."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select

from components.core.text_folding import fold_text
from components.design.work_talk import COMMENT, DECISION
from components.store.database import Database
from components.store.tables import names, work_notes, work_steps, works
from components.store.works import TEAM, Work, listed_query, work_from_row

Shelf = Literal["current", "archived", "deleted"]
MAX_WORDS_CHARS = 200  # characters of a search that are looked at


@dataclass(frozen=True)
class WorkQuery:
    """What is looked for: words, kind, project and owner ("" for any), and where; `viewer` is who looks."""

    viewer: str
    words: str = ""
    kind: str = ""
    project: str = ""
    owner: str = ""
    shelf: Shelf = "current"
    limit: int = 60


@dataclass(frozen=True)
class WorkPage:
    """The works that changed last, how many there are in all, and every kind and project that there is to choose."""

    works: tuple[Work, ...]
    total: int
    kinds: tuple[str, ...]
    projects: tuple[str, ...]


class WorkSearch(Database):
    """Finds works; what is another person's alone is not found."""

    def find_works(self, query: WorkQuery) -> WorkPage:
        """The works that are meant, the last changed first."""
        meant = meant_works(query)
        rows = listed_query().where(*meant).order_by(works.c.changed.desc(), works.c.id).limit(query.limit)
        source = works.outerjoin(names, names.c.id == works.c.owner) if query.words.split() else works
        here = (works.c.deleted == "", visible_works(query.viewer))
        choices = select(works.c.kind, works.c.project).distinct().where(*here)
        with self.reading() as connection:
            listed = tuple(work_from_row(row) for row in connection.execute(rows).mappings())
            total = len(listed)
            if total == query.limit:
                total = connection.scalar(select(func.count()).select_from(source).where(*meant)) or 0
            pairs = connection.execute(choices).all()
        kinds, projects = (tuple(sorted({pair[at] for pair in pairs} - {""})) for at in (0, 1))
        return WorkPage(listed, total, kinds, projects)

    def has_own_works(self, rater: str) -> bool:
        """Whether this person ever made a work, deleted ones too."""
        with self.reading() as connection:
            return connection.execute(select(works.c.id).where(works.c.owner == rater).limit(1)).first() is not None

    def works_about(self, viewer: str, subjects: Collection[str] = (), recordings: Collection[str] = ()) -> list[Work]:
        """The works that ever were one of these subjects or played one of these answers, the last changed first."""
        c = work_steps.c
        found = select(c.work).where(or_(c.subject.in_(subjects), c.recording.in_(recordings)))
        meant = (works.c.id.in_(found), works.c.deleted == "", visible_works(viewer))
        with self.reading() as connection:
            rows: Any = connection.execute(listed_query().where(*meant).order_by(works.c.changed.desc())).mappings()
            return [work_from_row(row) for row in rows]

    def works_talked_of(self, viewer: str, limit: int) -> list[Work]:
        """The works of which somebody said or decided something, the last changed first."""
        said = select(work_notes.c.work).where(work_notes.c.kind.in_((COMMENT, DECISION)))
        meant = (works.c.id.in_(said), works.c.deleted == "", visible_works(viewer))
        query = listed_query().where(*meant).order_by(works.c.changed.desc(), works.c.id).limit(limit)
        with self.reading() as connection:
            return [work_from_row(row) for row in connection.execute(query).mappings()]


def visible_works(viewer: str) -> ColumnElement[bool]:
    """The condition that a person may see a work."""
    return or_(works.c.visibility == TEAM, works.c.owner == viewer)


def meant_works(query: WorkQuery) -> list[ColumnElement[bool]]:
    """The conditions of every work that is looked for."""
    c = works.c
    meant = [visible_works(query.viewer)]
    if query.shelf == "deleted":
        meant.append(c.deleted != "")
    else:
        meant += [c.deleted == "", (c.archived != "") if query.shelf == "archived" else (c.archived == "")]
    for word in fold_text(query.words[:MAX_WORDS_CHARS]).split():
        meant.append(or_(c.folded.contains(word, autoescape=True), names.c.name.icontains(word, autoescape=True)))
    for column, value in ((c.kind, query.kind), (c.project, query.project), (c.owner, query.owner)):
        meant += [column == value] if value else []
    return meant

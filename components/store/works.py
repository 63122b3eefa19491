"""Works: what people made, under names of their own, with every state that it had."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from components.core.prompt import clean_text
from components.core.text_folding import fold_text
from components.store.database import Database, ascii_json
from components.store.tables import names, work_steps, works

WORK_ID_BYTES = 9  # of randomness, so that nobody guesses one
MAX_WORK_NAME_CHARS = 120
MAX_LISTED_STEPS = 200
# Kinds of works.
COMPARISON, PROTOTYPE, SCENARIO, STUDY, DECK = "comparison", "prototype", "scenario", "study", "deck"
TEAM, MINE = "team", "mine"  # who finds a work: everybody, or its owner alone
Preview = Sequence[Mapping[str, Any]]  # a few words for each of its parts, to draw it small


@dataclass(frozen=True)
class WorkState:
    """One state of a work: its content as JSON, and what it can be found by.

    `subject` is the id of the comparison or the prototype that it is, `recording` the id of the answer that it plays,
    "" where there is none.
    """

    content: Mapping[str, Any]
    subject: str = ""
    recording: str = ""
    preview: Preview = ()


@dataclass(frozen=True)
class Work:
    """A work as it is listed. `owner` and `marked_by` are raters' ids, `owner_name` what the owner is called, or "".

    Moments are ISO, UTC; `archived` and `deleted` are "" where it is neither. `step` is the state that it is in.
    """

    id: str
    kind: str
    name: str
    owner: str
    owner_name: str
    project: str
    visibility: str
    created: str
    changed: str
    archived: str
    deleted: str
    marked_by: str
    step: int
    preview: Preview


@dataclass(frozen=True)
class WorkStep:
    """One state of a work: its number, that of the state that it was made from, its content, who made it and when."""

    step: int
    before: int
    content: Mapping[str, Any]
    rater: str
    rater_name: str
    at: str


class Works(Database):
    """A state is added and never changed. Names, projects and marks of a work can be changed by whoever may see it."""

    def keep_work(
        self, kind: str, name: str, owner: str, *states: WorkState, project: str = "", visibility: str = TEAM
    ) -> Work:
        """Keep a new work that went through these states, the last of which it is in; return it."""
        at, called, preview = self.clock(), clean_work_name(name), states[-1].preview
        row = {
            "id": secrets.token_urlsafe(WORK_ID_BYTES), "kind": kind, "name": called, "owner": owner,
            "project": clean_work_name(project, ""), "visibility": visibility, "created": at, "changed": at,
            "archived": "", "deleted": "", "marked_by": "", "step": len(states),
            "preview": ascii_json(list(preview)), "folded": work_search_words(called, project, preview),
        }  # fmt: skip
        with self.writing() as connection:
            connection.execute(insert(works).values(row))
            for step, work_state in enumerate(states, start=1):
                write_step(connection, str(row["id"]), step, step - 1, work_state, owner, at)
            return read_work(connection, str(row["id"]))

    def work(self, id: str, viewer: str = "") -> Work | None:
        """The work with this id, also a deleted one; None where there is none that the viewer may see."""
        with self.reading() as connection:
            row = connection.execute(listed_query().where(works.c.id == id)).mappings().first()
        found = None if row is None else work_from_row(row)
        return found if found and (found.visibility == TEAM or found.owner == viewer) else None

    def add_step(self, id: str, change: WorkState, rater: str, before: int, same: int = 0) -> int:
        """Add a state and let the work be in it; return its number. `same`: the number of a state that it belongs to.

        `before` is the number of the state that was changed.
        """
        at = self.clock()
        with self.writing() as connection:
            last = connection.scalar(select(func.max(work_steps.c.step)).where(work_steps.c.work == id)) or 0
            step = same or last + 1
            write_step(connection, id, step, before, change, rater, at)
            set_step(connection, id, step, change.preview, at)
        return step

    def go_to_step(self, id: str, step: int, preview: Preview) -> None:
        """Let a work be in a state that it had before."""
        with self.writing() as connection:
            set_step(connection, id, step, preview, self.clock())

    def work_step(self, id: str, step: int) -> WorkStep | None:
        """One state of a work; None where it had no such state."""
        c = work_steps.c
        query = step_query().where(c.work == id, c.step == step).order_by(c.number.desc()).limit(1)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else step_from_row(row)

    def work_steps(self, id: str) -> tuple[WorkStep, ...]:
        """The latest states of a work, the newest first."""
        c = work_steps.c
        last = select(func.max(c.number)).where(c.work == id).group_by(c.step)
        query = step_query().where(c.number.in_(last)).order_by(c.number.desc()).limit(MAX_LISTED_STEPS)
        with self.reading() as connection:
            return tuple(step_from_row(row) for row in connection.execute(query).mappings())

    def rename_work(self, id: str, name: str) -> None:
        """Give a work another name; an empty one changes nothing."""
        if called := clean_work_name(name, ""):
            self.change_listing(id, name=called)

    def move_work(self, id: str, project: str) -> None:
        """Put a work into a project; "" takes it out of any."""
        self.change_listing(id, project=clean_work_name(project, ""))

    def show_work_to(self, id: str, rater: str, visibility: str) -> None:
        """Let a work be found by the team, or by its owner alone; only the owner can say so."""
        work = self.work(id, rater)
        if work and work.owner == rater and visibility in (TEAM, MINE):
            self.change_listing(id, visibility=visibility)

    def change_listing(self, id: str, **values: str) -> None:
        """Change the name, the project or the visibility of a work, and the words by which it is found."""
        with self.writing() as connection:
            found = connection.execute(listed_query().where(works.c.id == id)).mappings().first()
            if found is None:
                return
            work = replace(work_from_row(found), **values)  # type: ignore[arg-type]
            folded = work_search_words(work.name, work.project, work.preview)
            connection.execute(update(works).where(works.c.id == id).values(folded=folded, **values))

    def archive_work(self, id: str, rater: str, archived: bool = True) -> None:
        """Put a work out of the way, or back."""
        self.mark_work(id, "archived", rater, archived)

    def delete_work(self, id: str, rater: str, deleted: bool = True) -> None:
        """Mark a work as deleted, or take the mark off; nothing of it is lost."""
        self.mark_work(id, "deleted", rater, deleted)

    def restore_work(self, id: str) -> None:
        """Put a work back into the list: take off the mark of a deleted one, else that of an archived one."""
        with self.writing() as connection:
            deleted = connection.scalar(select(works.c.deleted).where(works.c.id == id))
            mark = {"deleted": ""} if deleted else {"archived": ""}
            connection.execute(update(works).where(works.c.id == id).values(marked_by="", **mark))

    def mark_work(self, id: str, mark: str, rater: str, on: bool) -> None:
        """Set one of the two marks to this moment, or take it off."""
        values = {mark: self.clock() if on else "", "marked_by": rater if on else ""}
        with self.writing() as connection:
            connection.execute(update(works).where(works.c.id == id).values(values))

    def last_marked_work(self, rater: str, since: str) -> Work | None:
        """The work that this person archived or deleted last, after a moment (ISO, UTC); None where there is none."""
        when = func.coalesce(func.nullif(works.c.deleted, ""), works.c.archived)
        query = listed_query().where(works.c.marked_by == rater, when > since).order_by(when.desc()).limit(1)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else work_from_row(row)

    def duplicate_work(self, id: str, owner: str) -> Work | None:
        """A copy of a work as it is now, which belongs to `owner`; None where there is none to copy."""
        work = self.work(id, owner)
        last = self.work_step(id, work.step) if work else None
        if work is None or last is None:
            return None
        with self.reading() as connection:
            c = work_steps.c
            query = select(c.subject, c.recording).where(c.work == id, c.step == work.step).order_by(c.number.desc())
            subject, recording = connection.execute(query.limit(1)).one()
        copied = WorkState(last.content, subject, recording, work.preview)
        return self.keep_work(
            work.kind, copy_name(work.name), owner, copied,
            project=work.project, visibility=work.visibility,
        )  # fmt: skip


def copy_name(name: str) -> str:
    """What a copy of something with this name is called."""
    return f"Copy of {name}"[:MAX_WORK_NAME_CHARS].rstrip()


def clean_work_name(name: str, otherwise: str = "Untitled") -> str:
    """A name in one line, not too long; `otherwise` where nothing is left of it."""
    return " ".join(clean_text(name).split())[:MAX_WORK_NAME_CHARS].strip() or otherwise


def work_search_words(name: str, project: str, preview: Preview) -> str:
    """What a work is searched by: its name, its project, and the names and words of its parts."""
    parts = [str(part.get(key, "")) for part in preview for key in ("name", "question", "text")]
    return fold_text("\n".join((name, project, *parts)))[:4000]


def write_step(connection: Connection, id: str, step: int, before: int, change: WorkState, rater: str, at: str) -> None:
    """One more row of a work's states."""
    row = {
        "work": id, "step": step, "before": before, "content": ascii_json(change.content), "subject": change.subject,
        "recording": change.recording, "rater": rater, "at": at,
    }  # fmt: skip
    connection.execute(insert(work_steps).values(row))


def set_step(connection: Connection, id: str, step: int, preview: Preview, at: str) -> None:
    """Let a work be in a state from now on."""
    row = connection.execute(select(works.c.name, works.c.project).where(works.c.id == id)).one_or_none()
    if row is not None:
        values = {"preview": ascii_json(list(preview)), "folded": work_search_words(row.name, row.project, preview)}
        connection.execute(update(works).where(works.c.id == id).values(step=step, changed=at, **values))


def listed_query() -> Any:
    """Every work as it is listed, with its owner's name."""
    c = works.c
    listed = [column for column in c if column.name != "folded"]
    return select(*listed, func.coalesce(names.c.name, "").label("owner_name")).outerjoin_from(
        works, names, names.c.id == c.owner
    )


def step_query() -> Any:
    """Every row of every work's states, with the name of who made it."""
    c = work_steps.c
    listed = [c.step, c.before, c.content, c.rater, c.at, func.coalesce(names.c.name, "").label("rater_name")]
    return select(*listed).outerjoin_from(work_steps, names, names.c.id == c.rater)


def read_work(connection: Connection, id: str) -> Work:
    """The work with this id, which is there."""
    return work_from_row(connection.execute(listed_query().where(works.c.id == id)).mappings().one())


def work_from_row(row: RowMapping) -> Work:
    """A row read back."""
    return Work(**{**row, "preview": tuple(json.loads(row["preview"]))})


def step_from_row(row: RowMapping) -> WorkStep:
    """A row read back."""
    return WorkStep(**{**row, "content": json.loads(row["content"])})

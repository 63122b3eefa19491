"""Person desks: questions that wait for a colleague who is taken for the model, and what they send, for any server."""

import json
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from components.core.prompt import Prompt, clean_text
from components.models.written.person_desk import MAX_PHRASE_CHARS, DeskLine, DeskQuestion, DeskView, LineKind
from components.store.database import Database, ascii_json, dialect_insert
from components.store.tables import desk_lines, desk_questions, desk_visits, models

ATTENDED_S = 8.0  # seconds after which a desk counts as left whose page was not heard of
LEASE_S, RENEW_S = 8.0, 4.0  # seconds that a question stays open after a look, and until that is put off again
KEPT_HOURS = 24  # that a question and what was sent to it are kept: the answer is a recording by then
DESK_ID_BYTES = 9
MAX_DRAFT_CHARS = 20_000
MAX_OPEN_QUESTIONS = 20


class PersonDesks(Database):
    """What who waits and who types have in common, whichever server each of them is at."""

    def ask_desk(self, desk: str, prompt: Prompt) -> str:
        """Lay down a question; its id."""
        id, c = secrets.token_urlsafe(DESK_ID_BYTES), desk_questions.c
        row = {"id": id, "desk": desk, "prompt": ascii_json(prompt.to_json()), "draft": "", "at": self.clock()}
        with self.writing() as connection:
            old = select(c.id).where(c.until < self._moment(-3600.0 * KEPT_HOURS))
            connection.execute(delete(desk_lines).where(desk_lines.c.question.in_(old)))
            connection.execute(delete(desk_questions).where(c.until < self._moment(-3600.0 * KEPT_HOURS)))
            connection.execute(insert(desk_questions).values(until=self._moment(LEASE_S), **row))
        return id

    def view_question(self, id: str, after: int) -> DeskView:
        """How a question stands, with what was sent after a line's number; this says too that it is still waited for.

        A question that is not there any more has place 0.
        """
        c = desk_questions.c
        with self.reading() as connection:
            row = connection.execute(select(c.desk, c.number, c.until).where(c.id == id)).one_or_none()
            if row is None:
                return DeskView(0, False)
            before = select(func.count()).where(c.desk == row.desk, c.until > self.clock(), c.number < row.number)
            place = 1 + (connection.scalar(before) or 0)
            seen = connection.scalar(select(desk_visits.c.at).where(desk_visits.c.desk == row.desk)) or ""
            view = DeskView(place, seen > self._moment(-ATTENDED_S), read_lines(connection, id, after))
        if row.until < self._moment(LEASE_S - RENEW_S):
            with self.writing() as connection:
                connection.execute(update(desk_questions).where(c.id == id).values(until=self._moment(LEASE_S)))
        return view

    def keep_draft(self, id: str, text: str) -> None:
        """Show who sits there what another model would say."""
        with self.writing() as connection:
            change = update(desk_questions).where(desk_questions.c.id == id)
            connection.execute(change.values(draft=clean_text(text)[:MAX_DRAFT_CHARS]))

    def close_question(self, id: str) -> None:
        """Nobody waits for this answer any more."""
        with self.writing() as connection:
            change = update(desk_questions).where(desk_questions.c.id == id)
            connection.execute(change.values(until=self._moment(-LEASE_S)))

    def sit_at_desk(self, desk: str, rater: str) -> None:
        """Say that somebody has the page of a desk open."""
        row = {"rater": rater, "at": self.clock()}
        with self.writing() as connection:
            made = dialect_insert(connection)(desk_visits).values(desk=desk, **row)
            connection.execute(made.on_conflict_do_update(index_elements=["desk"], set_=row))

    def is_desk_attended(self, desk: str) -> bool:
        """Whether somebody has the page of a desk open."""
        with self.reading() as connection:
            seen = connection.scalar(select(desk_visits.c.at).where(desk_visits.c.desk == desk))
        return (seen or "") > self._moment(-ATTENDED_S)

    def is_desk_known(self, desk: str) -> bool:
        """Whether there is a model whose questions come to this desk."""
        pattern = json.dumps({"kind": "person", "where": desk}, separators=(",", ":"))[1:-1]
        query = select(models.c.id).where(models.c.content.contains(pattern, autoescape=True)).limit(1)
        with self.reading() as connection:
            return connection.scalar(query) is not None

    def open_questions(self, desk: str) -> tuple[DeskQuestion, ...]:
        """What is asked at a desk and still waited for, the first one first, with what was sent already."""
        c = desk_questions.c
        query = select(c.id, c.prompt, c.draft).where(c.desk == desk, c.until > self.clock())
        with self.reading() as connection:
            rows = connection.execute(query.order_by(c.number).limit(MAX_OPEN_QUESTIONS)).all()
            return tuple(
                DeskQuestion(id, Prompt.from_json(json.loads(prompt)), draft, read_lines(connection, id))
                for id, prompt, draft in rows
            )

    def send_line(self, question: str, kind: LineKind, text: str, rater: str) -> bool:
        """Send words to who waits, or say that these were all; False where nobody waits for it any more."""
        c, row = desk_questions.c, {"kind": kind, "text": clean_text(text)[:MAX_PHRASE_CHARS], "rater": rater}
        with self.writing() as connection:
            waits = connection.scalar(select(c.id).where(c.id == question, c.until > self.clock()))
            if waits is not None:
                connection.execute(insert(desk_lines).values(question=question, at=self.clock(), **row))
        return waits is not None

    def _moment(self, seconds: float) -> str:
        """So many seconds from now (ISO, UTC)."""
        return (datetime.fromisoformat(self.clock()) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def read_lines(connection: Connection, question: str, after: int = 0) -> tuple[DeskLine, ...]:
    """What was sent to a question after a line's number, in order."""
    c = desk_lines.c
    query = select(c.number, c.kind, c.text).where(c.question == question, c.number > after).order_by(c.number)
    return tuple(DeskLine(*row) for row in connection.execute(query))

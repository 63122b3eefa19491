"""Version 3: wired models and what was found out about them, marks and words of recordings, and batches."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from components.core.prompt import clean_text
from components.core.text_folding import fold_text

revision = "0003"
down_revision = "0002"

GUARDED_TABLES = ("words", "marks", "models", "findings", "batches", "batch_results")
READ_CHUNK = 500  # recordings, so that a large library does not fill the memory


def upgrade() -> None:
    """Make the tables with their guards, and fill in the words of the recordings that are there."""
    listed = ["at", "id", "model", "root", "scripted", "whole", "tokens", "seconds"]
    op.create_index("recordings_library", "recordings", listed)
    op.create_table("words", recording_column("id", primary_key=True), not_null_v3("folded"), not_null_v3("answer"))
    op.create_table(
        "marks",
        number_column(),
        recording_column("recording"),
        not_null_v3("kind"),
        not_null_v3("value"),
        not_null_v3("at"),
    )
    op.create_index("marks_kind", "marks", ["kind", "recording", "number"])
    op.create_index("marks_recording", "marks", ["recording", "kind", "number"])
    op.create_table("models", sa.Column("id", sa.Text, primary_key=True), not_null_v3("content"), not_null_v3("at"))
    op.create_table(
        "findings",
        number_column(),
        not_null_v3("model"),
        not_null_v3("kind"),
        not_null_v3("content"),
        not_null_v3("at"),
    )
    op.create_index("findings_model", "findings", ["model", "kind", "number"])
    op.create_table(
        "batches", sa.Column("id", sa.Text, primary_key=True), not_null_v3("model"), not_null_v3("card"),
        not_null_v3("pack"),
        not_null_v3("attempts", sa.Integer), not_null_v3("total", sa.Integer), not_null_v3("at"),
    )  # fmt: skip
    op.create_table(
        "batch_results", number_column(), sa.Column("batch", sa.Text, sa.ForeignKey("batches.id"), nullable=False),
        not_null_v3("item"), not_null_v3("attempt", sa.Integer), recording_column("recording", nullable=True),
        not_null_v3("trouble"),
        not_null_v3("at"),
    )  # fmt: skip
    op.create_index("batch_results_item", "batch_results", ["batch", "item", "attempt", "number"])
    fill_words(op.get_bind())
    guard_tables(op.get_bind().dialect.name)


def fill_words(connection: sa.Connection) -> None:
    """The words of every recording; one that cannot be read has those of its question only."""
    words = sa.table("words", sa.column("id"), sa.column("folded"), sa.column("answer"))
    query = sa.text("SELECT id, text, content FROM recordings WHERE id > :last ORDER BY id LIMIT :count")
    last = ""
    while rows := connection.execute(query, {"last": last, "count": READ_CHUNK}).all():
        answers = [(row.id, row.text, answer_words(row.content)) for row in rows]
        filled = [{"id": id, "folded": fold_text(f"{asked}\n{said}"), "answer": said} for id, asked, said in answers]
        connection.execute(sa.insert(words), filled)
        last = rows[-1].id


def answer_words(content: str) -> str:
    """The words of an answer in a recording's JSON."""
    try:
        said = [event.get("text", "") for event in json.loads(content)["events"] if event["kind"] == "token"]
        return clean_text("".join(said))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def guard_tables(dialect: str) -> None:
    """Make every table append-only."""
    for table in GUARDED_TABLES:
        if dialect == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def number_column() -> sa.Column[Any]:
    """The primary key that counts rows in the order in which they came."""
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def recording_column(name: str, primary_key: bool = False, nullable: bool = False) -> sa.Column[Any]:
    """A foreign key to a recording."""
    return sa.Column(name, sa.Text, sa.ForeignKey("recordings.id"), primary_key=primary_key, nullable=nullable)


def not_null_v3(name: str, kind: type[TypeEngine[Any]] = sa.Text) -> sa.Column[Any]:
    """A column that is not nullable."""
    return sa.Column(name, kind, nullable=False)

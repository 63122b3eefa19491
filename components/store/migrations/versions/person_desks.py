"""Version 12: where colleagues sit who are taken for the model; who is called by name in what is said of a work."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables and their indexes."""
    op.create_table("desk_visits", sa.Column("desk", sa.Text, primary_key=True), *text_columns("rater", "at"))
    op.create_table(
        "desk_questions", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True), *text_columns("desk", "prompt", "draft", "until", "at"),
    )  # fmt: skip
    op.create_index("desk_questions_desk", "desk_questions", ["desk", "until"])
    op.create_table(
        "desk_lines", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *text_columns("question", "kind", "text", "rater", "at"),
    )  # fmt: skip
    op.create_index("desk_lines_question", "desk_lines", ["question", "number"])
    op.create_table(
        "work_mentions", sa.Column("note", sa.Text, primary_key=True), sa.Column("rater", sa.Text, primary_key=True),
        *text_columns("seen"),
    )  # fmt: skip
    op.create_index("work_mentions_rater", "work_mentions", ["rater", "seen"])


def text_columns(*names: str) -> list[sa.Column[str]]:
    """Columns of text that are not nullable."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]

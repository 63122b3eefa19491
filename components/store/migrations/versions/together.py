"""Version 10: who looks at a work at the same time, and what they say of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables and the index."""
    op.create_table(
        "work_visits", work_column(primary_key=True), sa.Column("tab", sa.Text, primary_key=True),
        *text_columns("rater", "at"),
    )  # fmt: skip
    op.create_table(
        "work_notes", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True), work_column(nullable=False),
        *text_columns("kind", "about", "pane", "prototype", "pattern"), sa.Column("moment", sa.Double),
        sa.Column("step", sa.Integer, nullable=False), *text_columns("text", "rater", "at"),
    )  # fmt: skip
    op.create_index("work_notes_work", "work_notes", ["work", "number"])


def work_column(**how: bool) -> sa.Column[str]:
    """The work that a row belongs to."""
    return sa.Column("work", sa.Text, sa.ForeignKey("works.id"), **how)  # type: ignore[arg-type]


def text_columns(*names: str) -> list[sa.Column[str]]:
    """Columns of text that are not nullable."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]

"""Version 8: whose data was deleted and why, and arms that are given to nobody more."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WRITTEN_ONCE = ("study_erasures", "arm_states")  # their rows are neither changed nor deleted


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    op.create_table(
        "study_erasures", number_column(), link_column("study", "studies.id"),
        link_column("participant", "participants.id"), *text_columns("reason", "end"),
        sa.Column("answers", sa.Integer, nullable=False), *text_columns("at"),
    )  # fmt: skip
    op.create_index("study_erasures_study", "study_erasures", ["study", "number"])
    op.create_table(
        "arm_states", number_column(), link_column("study", "studies.id"), *text_columns("arm", "state", "at")
    )
    op.create_index("arm_states_study", "arm_states", ["study", "arm", "number"])
    for table in WRITTEN_ONCE:
        guard_table(table, op.get_bind().dialect.name)


def number_column() -> sa.Column[int]:
    """The order in which rows came."""
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def link_column(name: str, target: str) -> sa.Column[str]:
    """A column that names a row of another table."""
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def text_columns(*names: str) -> list[sa.Column[str]]:
    """Columns of text that are never null."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def guard_table(table: str, dialect: str) -> None:
    """Refuse to change or delete a row."""
    if dialect == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )

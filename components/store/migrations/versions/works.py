"""Version 5: what people make, with every state that it had; versions of a prototype belong to one such work."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WORK_TEXTS = (
    "kind",
    "name",
    "owner",
    "project",
    "visibility",
    "created",
    "changed",
    "archived",
    "deleted",
    "marked_by",
)
LISTED = ["deleted", "archived", "changed", "id", "visibility", "owner", "kind", "project"]
STEP_TEXTS = ("content", "subject", "recording", "rater", "at")


def upgrade() -> None:
    """Make the two tables, the guard of the states, and the column of the versions."""
    op.add_column("versions", sa.Column("work", sa.Text, nullable=False, server_default=""))
    op.create_index("versions_work", "versions", ["work", "number"])
    op.create_table(
        "works", sa.Column("id", sa.Text, primary_key=True), *text_columns(WORK_TEXTS),
        sa.Column("step", sa.Integer, nullable=False), *text_columns(("preview", "folded")),
    )  # fmt: skip
    op.create_index("works_listed", "works", LISTED)
    op.create_index("works_marked", "works", ["marked_by"])
    op.create_table(
        "work_steps", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("work", sa.Text, sa.ForeignKey("works.id"), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("step", "before")), *text_columns(STEP_TEXTS),
    )  # fmt: skip
    op.create_index("work_steps_work", "work_steps", ["work", "step", "number"])
    op.create_index("work_steps_subject", "work_steps", ["subject", "work"])
    op.create_index("work_steps_recording", "work_steps", ["recording", "work"])
    guard_steps(op.get_bind().dialect.name)


def text_columns(names: tuple[str, ...]) -> list[sa.Column[str]]:
    """Columns of text that are never null."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def guard_steps(dialect: str) -> None:
    """Make the table of the states append-only."""
    if dialect == "postgresql":
        op.execute(
            "CREATE TRIGGER work_steps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON work_steps "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER work_steps_no_{verb.lower()} BEFORE {verb} ON work_steps "
            "BEGIN SELECT RAISE(ABORT, 'work_steps is append-only'); END"
        )

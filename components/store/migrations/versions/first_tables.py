"""Version 1: the tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the five tables."""
    op.create_table("names", sa.Column("id", sa.Text, primary_key=True), not_null_v1("name"), not_null_v1("at"))
    op.create_table("prototypes", sa.Column("id", sa.Text, primary_key=True), not_null_v1("layers"), not_null_v1("at"))
    op.create_table(
        "recordings",
        sa.Column("id", sa.Text, primary_key=True),
        *(not_null_v1(name) for name in ("prompt", "root", "text", "model")),
        *(not_null_v1(name, sa.Boolean) for name in ("scripted", "whole")),
        not_null_v1("tokens", sa.Integer),
        not_null_v1("seconds", sa.Double),
        *(not_null_v1(name) for name in ("made", "content", "at")),
    )
    op.create_table(
        "seen",
        sa.Column("id", sa.Text, primary_key=True),
        *(not_null_v1(name) for name in ("play", "comparison", "rater", "pane")),
        sa.Column("prototype", sa.Text, sa.ForeignKey("prototypes.id"), nullable=False),
        sa.Column("recording", sa.Text, sa.ForeignKey("recordings.id")),
        *(sa.Column(f"scheduled_{moment}", sa.Double) for moment in ("sign", "first", "complete")),
        *(sa.Column(f"painted_{moment}", sa.Double) for moment in ("sign", "first", "complete")),
        not_null_v1("weather"),
        not_null_v1("live", sa.Boolean),
        not_null_v1("freeze", sa.Double),
        *(not_null_v1(name, sa.Boolean) for name in ("hidden", "resized", "stopped", "broke")),
        not_null_v1("at"),
    )
    op.create_table(
        "ratings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(not_null_v1(name) for name in ("play", "rater", "item")),
        sa.Column("seen", sa.Text, sa.ForeignKey("seen.id")),
        sa.Column("value", sa.Double),
        not_null_v1("choice"),
        not_null_v1("blind", sa.Boolean),
        not_null_v1("at"),
    )


def not_null_v1(name: str, kind: type[TypeEngine[Any]] = sa.Text) -> sa.Column[Any]:
    """A column that is not nullable."""
    return sa.Column(name, kind, nullable=False)

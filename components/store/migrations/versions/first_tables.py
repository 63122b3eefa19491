"""Version 1: the tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the five tables."""
    op.create_table("names", sa.Column("id", sa.Text, primary_key=True), needed("name"), needed("at"))
    op.create_table("prototypes", sa.Column("id", sa.Text, primary_key=True), needed("layers"), needed("at"))
    op.create_table(
        "recordings",
        sa.Column("id", sa.Text, primary_key=True),
        *(needed(name) for name in ("prompt", "root", "text", "model")),
        *(needed(name, sa.Boolean) for name in ("scripted", "whole")),
        needed("tokens", sa.Integer),
        needed("seconds", sa.Double),
        *(needed(name) for name in ("made", "content", "at")),
    )
    op.create_table(
        "seen",
        sa.Column("id", sa.Text, primary_key=True),
        *(needed(name) for name in ("play", "comparison", "rater", "pane")),
        sa.Column("prototype", sa.Text, sa.ForeignKey("prototypes.id"), nullable=False),
        sa.Column("recording", sa.Text, sa.ForeignKey("recordings.id")),
        *(sa.Column(f"scheduled_{moment}", sa.Double) for moment in ("sign", "first", "complete")),
        *(sa.Column(f"painted_{moment}", sa.Double) for moment in ("sign", "first", "complete")),
        needed("weather"),
        needed("live", sa.Boolean),
        needed("freeze", sa.Double),
        *(needed(name, sa.Boolean) for name in ("hidden", "resized", "stopped", "broke")),
        needed("at"),
    )
    op.create_table(
        "ratings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(needed(name) for name in ("play", "rater", "item")),
        sa.Column("seen", sa.Text, sa.ForeignKey("seen.id")),
        sa.Column("value", sa.Double),
        needed("choice"),
        needed("blind", sa.Boolean),
        needed("at"),
    )


def needed(name: str, kind: type[TypeEngine[Any]] = sa.Text) -> sa.Column[Any]:
    """A column that is always filled."""
    return sa.Column(name, kind, nullable=False)

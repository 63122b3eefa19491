"""Version 9: decks that were shown, the rooms that saw them, and what the people in them answered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WRITTEN_ONCE = ("decks", "room_moves", "room_people", "room_votes")  # their rows are neither changed nor deleted


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    op.create_table("decks", key_column(), *text_columns("work", "name", "content", "at"))
    op.create_index("decks_work", "decks", ["work"])
    op.create_table(
        "rooms", key_column(), link_column("deck", "decks.id"), *text_columns("code", "at", "seen", "ended")
    )
    op.create_index("rooms_code", "rooms", ["code", "ended"])
    op.create_index("rooms_deck", "rooms", ["deck"])
    op.create_table(
        "room_moves", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        link_column("room", "rooms.id"), *text_columns("scene"), sa.Column("beat", sa.Integer, nullable=False),
        *text_columns("asks", "closes", "at"),
    )  # fmt: skip
    op.create_index("room_moves_room", "room_moves", ["room", "number"])
    op.create_table("room_people", key_column(), link_column("room", "rooms.id"), *text_columns("at"))
    op.create_index("room_people_room", "room_people", ["room"])
    op.create_table(
        "room_votes", key_column(), link_column("person", "room_people.id"), *text_columns("room", "step", "digest"),
        sa.Column("late", sa.Boolean, nullable=False), *text_columns("at", "content"),
        sa.UniqueConstraint("person", "step", name="room_votes_step"),
    )  # fmt: skip
    op.create_index("room_votes_room", "room_votes", ["room", "step", "late"])
    guard_tables(op.get_bind().dialect.name)


def key_column() -> sa.Column[str]:
    """The id of a row."""
    return sa.Column("id", sa.Text, primary_key=True)


def link_column(name: str, target: str) -> sa.Column[str]:
    """A column that names a row of another table."""
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def text_columns(*names: str) -> list[sa.Column[str]]:
    """Columns of text that are never null."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def guard_tables(dialect: str) -> None:
    """What is written once stays."""
    for table in WRITTEN_ONCE:
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

"""Version 2: what was kept is never changed or deleted, whoever asks; and the indexes that reading needs."""

from alembic import op

revision = "0002"
down_revision = "0001"

GUARDED_TABLES = ("prototypes", "recordings", "seen", "ratings")
INDEXES = (
    ("recordings_root", "recordings", ["root"]),
    ("recordings_prompt", "recordings", ["prompt"]),
    ("seen_play", "seen", ["play"]),
    ("seen_comparison", "seen", ["comparison", "rater"]),
    ("ratings_seen", "ratings", ["seen"]),
    ("ratings_play", "ratings", ["play"]),
)


def upgrade() -> None:
    """Put a guard on every table but the names, and make the indexes."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in GUARDED_TABLES:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
        return
    for table in GUARDED_TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )

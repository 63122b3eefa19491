"""Version 8: whose data was deleted and why, arms that take nobody more, and answers of blocks that began anew."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WRITTEN_ONCE = ("study_erasures", "arm_states")  # their rows are neither changed nor deleted
WITHDREW = '(SELECT "end" FROM participants WHERE id = OLD.participant)'
SET_ASIDE = "EXISTS (SELECT 1 FROM earlier_answers WHERE id = OLD.id)"


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
    op.create_table(
        "earlier_answers", sa.Column("id", sa.Text, primary_key=True), link_column("participant", "participants.id"),
        *text_columns("study", "step", "digest", "at", "content"), sa.Column("attempt", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_index("earlier_answers_participant", "earlier_answers", ["participant", "attempt"])
    op.create_index("earlier_answers_study", "earlier_answers", ["study"])
    if op.get_bind().dialect.name == "postgresql":
        guard_in_postgresql()
    else:
        guard_in_sqlite()


def number_column() -> sa.Column[int]:
    """The order in which rows came."""
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def link_column(name: str, target: str) -> sa.Column[str]:
    """A column that names a row of another table."""
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False)


def text_columns(*names: str) -> list[sa.Column[str]]:
    """Columns of text that are never null."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def guard_in_sqlite() -> None:
    """What is written once stays; an answer leaves its table only where it was deleted or is kept as an earlier one."""
    for table in WRITTEN_ONCE:
        for verb in ("UPDATE", "DELETE"):
            guard_rows(table, verb)
    guard_rows("earlier_answers", "UPDATE")
    guard_rows("earlier_answers", "DELETE", f"WHEN NOT {WITHDREW} IS 'withdrew' ")
    op.execute("DROP TRIGGER study_answers_no_delete")
    guard_rows("study_answers", "DELETE", f"WHEN NOT ({WITHDREW} IS 'withdrew' OR {SET_ASIDE}) ")


def guard_rows(table: str, verb: str, when: str = "") -> None:
    """Refuse this verb on each row of a SQLite table."""
    op.execute(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def guard_in_postgresql() -> None:
    """The same in PostgreSQL."""
    for table, verbs in (*((table, "UPDATE OR DELETE") for table in WRITTEN_ONCE), ("earlier_answers", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE {verbs} OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
    op.execute(
        "CREATE TRIGGER earlier_answers_no_delete BEFORE DELETE ON earlier_answers "
        "FOR EACH ROW EXECUTE FUNCTION only_withdrawn()"
    )
    op.execute(
        "CREATE FUNCTION only_withdrawn_or_set_aside() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {WITHDREW} IS DISTINCT FROM 'withdrew' AND NOT {SET_ASIDE} THEN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF; RETURN OLD; END $$"
    )
    op.execute("DROP TRIGGER study_answers_no_delete ON study_answers")
    op.execute(
        "CREATE TRIGGER study_answers_no_delete BEFORE DELETE ON study_answers "
        "FOR EACH ROW EXECUTE FUNCTION only_withdrawn_or_set_aside()"
    )

"""Version 7: frozen studies, who takes part in them, and what each participant answered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WRITTEN_ONCE = ("studies", "timelines", "study_states")  # their rows are neither changed nor deleted
SLOT_COLUMNS = ["study", "simulated", "slot", "ended", "end", "seen"]


def upgrade() -> None:
    """Make the tables, their indexes and their guards."""
    op.create_table("studies", key_column(), *text_columns("work", "name", "content", "at"))
    op.create_index("studies_work", "studies", ["work"])
    op.create_table("timelines", key_column(), sa.Column("content", sa.LargeBinary, nullable=False))
    op.create_table(
        "study_states", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        link_column("study", "studies.id"), *text_columns("state"), sa.Column("slots", sa.Integer, nullable=False),
        *text_columns("note", "at"),
    )  # fmt: skip
    op.create_index("study_states_study", "study_states", ["study", "number"])
    op.create_table(
        "study_links",
        key_column(),
        link_column("study", "studies.id"),
        *text_columns("kind", "person", "at", "revoked"),
    )
    op.create_index("study_links_study", "study_links", ["study"])
    make_people()
    guard_tables(op.get_bind().dialect.name)


def make_people() -> None:
    """The participants and their answers."""
    op.create_table(
        "participants", key_column(), link_column("study", "studies.id"), sa.Column("slot", sa.Integer, nullable=False),
        link_column("link", "study_links.id"), *text_columns("person", "joined", "seen", "ended", "end", "tab"),
        sa.Column("simulated", sa.Boolean, nullable=False), *text_columns("entry", "browser"),
    )  # fmt: skip
    op.create_index("participants_slots", "participants", SLOT_COLUMNS)
    op.create_index("participants_link", "participants", ["link"])
    op.create_index("participants_person", "participants", ["study", "person"])
    op.create_table(
        "study_answers", key_column(), link_column("participant", "participants.id"),
        *text_columns("study", "step", "digest", "at", "content"),
        sa.UniqueConstraint("participant", "step", name="study_answers_step"),
    )  # fmt: skip
    op.create_index("study_answers_study", "study_answers", ["study", "participant"])


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
    """What is written once stays; an answer is never changed, and deleted only where its participant withdrew."""
    if dialect == "postgresql":
        for table in WRITTEN_ONCE:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
        op.execute(
            "CREATE TRIGGER study_answers_no_update BEFORE UPDATE OR TRUNCATE ON study_answers "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
        op.execute(
            "CREATE FUNCTION only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF (SELECT \"end\" FROM participants WHERE id = OLD.participant) IS DISTINCT FROM 'withdrew' THEN "
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF; RETURN OLD; END $$"
        )
        op.execute(
            "CREATE TRIGGER study_answers_no_delete BEFORE DELETE ON study_answers "
            "FOR EACH ROW EXECUTE FUNCTION only_withdrawn()"
        )
        return
    for table in WRITTEN_ONCE:
        for verb in ("UPDATE", "DELETE"):
            guard_rows(table, verb)
    guard_rows("study_answers", "UPDATE")
    withdrew = "(SELECT \"end\" FROM participants WHERE id = OLD.participant) IS 'withdrew'"
    guard_rows("study_answers", "DELETE", f"WHEN NOT {withdrew} ")


def guard_rows(table: str, verb: str, when: str = "") -> None:
    """Refuse this verb on each row of a SQLite table."""
    op.execute(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )

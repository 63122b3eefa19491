"""Version 4: descriptions of prototypes, and the versions that designers chose to remember."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column and the table, with its guard."""
    op.add_column("names", sa.Column("about", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "versions", sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("prototype", sa.Text, sa.ForeignKey("prototypes.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "about", "note", "at")),
    )  # fmt: skip
    op.create_index("versions_name", "versions", ["name", "number"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON versions "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER versions_no_{verb.lower()} BEFORE {verb} ON versions "
            "BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END"
        )

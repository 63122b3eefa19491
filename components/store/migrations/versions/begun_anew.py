"""Version 11: the blocks of a study that a participant began anew."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; nobody of before began a block anew."""
    op.add_column("participants", sa.Column("restarts", sa.Text, nullable=False, server_default="[]"))

"""What was lawfully deleted is known, so that nothing brings it back."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the table of what was deleted."""
    op.create_table(
        "tombstone",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
    )

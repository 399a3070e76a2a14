"""An office says what it hands in, from which day on it follows duties, and on which days it works."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables, empty: everything stays as in every office."""
    op.create_table(
        "office_setting",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("tracked_since", sa.Date()),
        sa.CheckConstraint("id = 1", name="one"),
        sa.CheckConstraint("purpose IN ('daily', 'archive')", name="purpose"),
    )
    op.create_table(
        "office_day",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )

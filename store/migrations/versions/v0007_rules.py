"""Each document tells by which rules it was understood, so that only those of other rules are understood again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Give each document room for the mark; of those that are held nothing is known."""
    op.add_column("document", sa.Column("rules", sa.Text()))

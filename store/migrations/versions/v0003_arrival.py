"""An incoming paper has a number and a day in the office's own register, which its arrival stamp shows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give each document room for them; nothing is known of those that are held, until they are read again or a person says it."""
    for column in (sa.Column("arrived_as", sa.Text()), sa.Column("arrived_on", sa.Date()), sa.Column("forwarded_to", sa.Text())):
        op.add_column("document", column)
    for name in ("arrived_as", "arrived_on"):
        op.create_index(f"ix_document_{name}", "document", [name])

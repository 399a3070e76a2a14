"""What a person adds to what was read, or takes out of it, is kept; a correction tells where on the page it was taken from."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table of such acts, and room for who added a row and for a correction's place; nothing that is kept changes."""
    op.create_table(
        "by_hand",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("read", sa.JSON()),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", sa.Text()),
        sa.Column("undone_at", sa.DateTime()),
        sa.CheckConstraint("kind IN ('reference', 'duty')", name="kind"),
        sa.CheckConstraint("verb IN ('add', 'remove')", name="verb"),
    )
    op.create_index("ix_by_hand_document_id", "by_hand", ["document_id"])
    op.add_column("reference", sa.Column("added_by", sa.Text()))
    op.add_column("duty", sa.Column("added_by", sa.Text()))
    op.add_column("correction", sa.Column("place", sa.JSON()))

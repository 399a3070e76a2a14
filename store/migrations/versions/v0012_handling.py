"""What is done with a paper that came in is kept step by step: entered, submitted, instructed, forwarded."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables; nothing that is kept changes."""
    op.create_table(
        "handling",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), sa.ForeignKey("handling.id", ondelete="CASCADE")),
        sa.CheckConstraint("kind IN ('enter', 'submit', 'instruct', 'forward', 'undo')", name="kind"),
    )
    op.create_table(
        "paper",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("last", sa.Text(), index=True),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
    )

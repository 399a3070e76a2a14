"""The office keeps registers: numbers without gaps or doubles, for documents that are held and for paper alone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; nothing that is kept changes."""
    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("type_key", sa.Text()),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.UniqueConstraint("way", "folded", "period"),
        sa.CheckConstraint("way IN ('in', 'out')", name="way"),
        sa.CheckConstraint("next >= first AND first > 0", name="numbers"),
    )
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("register_id", sa.Integer(), sa.ForeignKey("register.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="SET NULL"), index=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date()),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("forwarded_to", sa.Text(), nullable=False),
        sa.Column("forwarded_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("register_id", "serial", "suffix"),
        sa.CheckConstraint("state IN ('used', 'held', 'cancelled')", name="state"),
    )
    op.create_index("uq_register_entry_document", "register_entry", ["register_id", "document_id"], unique=True)

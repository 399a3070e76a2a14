"""An office keeps case files, and says which documents lie in each."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the two tables, empty; nothing that is kept changes."""
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("keeper", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("year", "mark", name="uq_dossier_year"),
        sa.CheckConstraint("years > 0", name="years"),
    )
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("dossier_id", sa.Integer(), sa.ForeignKey("dossier.id", ondelete="CASCADE"), nullable=False),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("dossier_id", "document_id", name="uq_dossier_item_dossier_id"),
    )
    op.create_index("ix_dossier_item_document_id", "dossier_item", ["document_id"])

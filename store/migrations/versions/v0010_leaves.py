"""A person arranges the pages of documents: which page of which file stands where, what was done, what was joined to what."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables; every document that is kept has the pages of its file, as before."""
    op.create_table(
        "leaf",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("turn IN (0, 90, 180, 270)", name="turn"),
        sa.CheckConstraint("kind IN ('page', 'annex', 'set aside')", name="kind"),
    )
    op.create_table(
        "closed_document",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("into_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_table(
        "page_step",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("other_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), index=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), sa.ForeignKey("page_step.id", ondelete="CASCADE")),
    )

"""What bears a mark of secrecy is set apart, and that it was is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the table of what was set apart."""
    op.create_table(
        "quarantine",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("original.sha256", name="fk_quarantine_sha256_original"), primary_key=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), sa.ForeignKey("receipt.id", name="fk_quarantine_receipt_id_receipt"), nullable=False),
        sa.Column("transcript_id", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
    )

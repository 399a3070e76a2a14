"""What was made for a duty is handed over with its report: files that are kept, documents that are held."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table; nothing that is kept changes."""
    op.create_table(
        "duty_product",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("step_id", sa.Integer(), sa.ForeignKey("duty_step.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("original.sha256"), index=True),
        sa.Column("size", sa.Integer()),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="SET NULL"), index=True),
        sa.CheckConstraint("sha256 IS NULL OR document_id IS NULL", name="one"),
    )

"""A file that waits can be called off, searches are kept, and the pages that hold a word lead to their documents at once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let a job be cancelled, make the table of searches, and index which document a page is of; nothing that is kept changes."""
    with op.batch_alter_table("job") as table:
        table.drop_constraint(op.f("ck_job_state"), type_="check")
        table.create_check_constraint("state", "state IN ('waiting', 'reading', 'done', 'failed', 'dead', 'cancelled')")
    op.create_table(
        "saved_query",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("by", "asked"),
    )
    op.create_index("ix_page_text_id_document_id", "page_text", ["id", "document_id"])
    op.create_index("ix_receipt_received_at", "receipt", ["received_at"])

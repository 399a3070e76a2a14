"""Lists of duties and figures about them are read from indexes, and the last words on documents found by what they say."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Widen two indexes and add two; nothing that is kept changes."""
    op.drop_index("ix_duty_kind_due_on", "duty")
    op.create_index("ix_duty_kind_due_on", "duty", ["kind", "due_on", "due_at", "document_id", "is_group"])
    op.create_index("ix_duty_counted", "duty", ["document_id", "kind", "due_on", "is_group"])  # last: of two that serve, SQLite takes it
    op.drop_index("ix_duty_work_state", "duty_work")
    op.create_index("ix_duty_work_state", "duty_work", ["state", "done_on"])
    op.create_index("ix_review_kind_at", "review", ["kind", "at"])

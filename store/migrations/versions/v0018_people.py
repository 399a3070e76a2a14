"""Everyone that the log names is found without going through it."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Index the log by person; nothing that is kept changes."""
    op.create_index("ix_audit_who", "audit", ["who"])

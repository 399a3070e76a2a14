"""People who wait go before the load, and those who hand in take turns."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
JOBS = sa.table("job", sa.column("receipt_id"), sa.column("bulk", sa.Boolean()), sa.column("sender"))
RECEIPTS = sa.table("receipt", sa.column("id"), sa.column("purpose"), sa.column("received_by"))


def upgrade() -> None:
    """Add to each job in whose line it waits, and when it was last taken; what waits already waits in the line of who handed it in."""
    op.add_column("job", sa.Column("bulk", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("job", sa.Column("sender", sa.Text(), nullable=False, server_default=""))
    op.add_column("job", sa.Column("taken_at", sa.DateTime()))
    of_job = sa.select(RECEIPTS.c.received_by).where(RECEIPTS.c.id == JOBS.c.receipt_id).scalar_subquery()
    load = sa.select(RECEIPTS.c.id).where(RECEIPTS.c.id == JOBS.c.receipt_id, RECEIPTS.c.purpose == "archive")
    op.execute(JOBS.update().values(sender=of_job, bulk=sa.exists(load)))
    op.create_index("ix_job_line", "job", ["state", "bulk", "sender", "id"])
    op.create_index("ix_job_served", "job", ["sender", "bulk", "taken_at"])

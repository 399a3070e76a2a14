"""People may say that two documents, or two agencies, are one, and part them again."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the two tables of what is one; nothing that is kept changes."""
    for kind in ("document", "agency"):
        gone = "CASCADE" if kind == "document" else None
        op.create_table(
            f"same_{kind}",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column(f"{kind}_id", sa.Integer(), sa.ForeignKey(f"{kind}.id", ondelete=gone), nullable=False),
            sa.Column("same_as_id", sa.Integer(), sa.ForeignKey(f"{kind}.id", ondelete=gone), nullable=False),
            sa.Column("by", sa.Text(), nullable=False),
            sa.Column("at", sa.DateTime(), nullable=False),
            sa.Column("split_by", sa.Text()),
            sa.Column("split_at", sa.DateTime()),
            sa.CheckConstraint(f"{kind}_id != same_as_id", name="not_itself"),
        )
        stands = sa.text("split_at IS NULL")
        op.create_index(f"uq_same_{kind}_stands", f"same_{kind}", [f"{kind}_id"], unique=True, sqlite_where=stands, postgresql_where=stands)
        op.create_index(f"ix_same_{kind}_same_as_id", f"same_{kind}", ["same_as_id"])

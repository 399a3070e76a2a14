"""People work on what was read: units and groups of the office, the steps of duties, reviews of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; nothing that is kept changes."""
    _units()
    _duties()
    _reviews()


def _units() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False, unique=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.CheckConstraint("kind IN ('own', 'under')", name="kind"),
    )
    op.create_table(
        "unit_group",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False, unique=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
    )
    op.create_table(
        "unit_group_member",
        sa.Column("group_id", sa.Integer(), sa.ForeignKey("unit_group.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, index=True),
    )


def _duties() -> None:
    op.create_table(
        "duty_step",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("duty_id", sa.Integer(), sa.ForeignKey("duty.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), sa.ForeignKey("duty_step.id", ondelete="CASCADE")),
    )
    op.create_table(
        "duty_work",
        sa.Column("duty_id", sa.Integer(), sa.ForeignKey("duty.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text()),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id", ondelete="SET NULL"), index=True),
        sa.Column("extended_to", sa.Date()),
        sa.Column("leader_limit", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("ticked", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), sa.ForeignKey("duty.id", ondelete="SET NULL"), index=True),
        sa.Column("proposal", sa.JSON()),
        sa.CheckConstraint("follows_id != duty_id", name="not_itself"),
    )
    op.create_index("ix_duty_work_state", "duty_work", ["state"])


def _reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Integer()),
        sa.CheckConstraint("kind IN ('confirm', 'put off', 'reopen')", name="kind"),
    )
    op.create_table(
        "review_lock",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
    )

"""Which tables hold what people do: units and groups of the office, the steps of duties, reviews of documents, searches they keep?"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class UnitRow(Base):
    """A unit of the office (`own`), or a body below it that reports to it (`under`)."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("folded"), CheckConstraint("kind IN ('own', 'under')", name="kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]


class GroupRow(Base):
    """A named set of units (`các chi, đảng bộ trực thuộc`), with the other names that documents use for it."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("folded"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    aliases: Mapped[list[Any]] = mapped_column(default=list)


class MemberRow(Base):
    """One unit of a group."""

    __tablename__ = "unit_group_member"
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, index=True)


class StepRow(Base):
    """One thing that somebody did about a duty (store/progress.py). Rows are only added."""

    __tablename__ = "duty_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None]
    units: Mapped[list[Any]] = mapped_column(default=list)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("duty_step.id", ondelete="CASCADE"))


class ProductRow(Base):
    """What was handed over with a step: a file that is kept (its name, hash and bytes), or a document that is held (its number)."""

    __tablename__ = "duty_product"
    __table_args__ = (CheckConstraint("sha256 IS NULL OR document_id IS NULL", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("duty_step.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("original.sha256"), index=True)
    size: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"), index=True)


class WorkRow(Base):
    """Where a duty stands after its steps, kept for lists; worked out anew with each step.

    follows_id is the earlier duty that this one urges or dates anew; proposal what a later reading would have made of a duty that a
    person had touched.
    """

    __tablename__ = "duty_work"
    __table_args__ = (Index("ix_duty_work_state", "state", "done_on"), CheckConstraint("follows_id != duty_id", name="not_itself"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(default="Chưa thực hiện")
    accepted_by: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="SET NULL"), index=True)
    extended_to: Mapped[date | None] = mapped_column(index=True)
    leader_limit: Mapped[date | None]
    done_on: Mapped[date | None]
    members: Mapped[int] = mapped_column(default=0)
    ticked: Mapped[int] = mapped_column(default=0)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id", ondelete="SET NULL"), index=True)
    proposal: Mapped[dict[str, Any] | None]


class ReviewRow(Base):
    """A person's word on a document: confirmed (with the values that stood), put off with a reason, opened again. The last one stands."""

    __tablename__ = "review"
    __table_args__ = (CheckConstraint("kind IN ('confirm', 'put off', 'reopen')", name="kind"), Index("ix_review_kind_at", "kind", "at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seconds: Mapped[int | None]


class HandRow(Base):
    """What a person added to what was read of a document's body, or took out of it; the act stands until somebody undoes it.

    key names the row (of kind) as the tables do; said is the row that was added or taken out; read what the last reading has in its
    place, None where it has nothing there: undoing the act lets that stand.
    """

    __tablename__ = "by_hand"
    __table_args__ = (
        CheckConstraint("kind IN ('reference', 'duty')", name="kind"),
        CheckConstraint("verb IN ('add', 'remove')", name="verb"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    verb: Mapped[str]
    key: Mapped[str]
    said: Mapped[dict[str, Any]]
    read: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str]
    at: Mapped[datetime]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]


class LockRow(Base):
    """Who has a document open for review, until when."""

    __tablename__ = "review_lock"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    by: Mapped[str]
    until: Mapped[datetime]


class SavedQueryRow(Base):
    """A search that somebody keeps: what the address asks (`tu=báo+cáo&nam=2026`), and the name it was given."""

    __tablename__ = "saved_query"
    __table_args__ = (UniqueConstraint("by", "asked"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[str]
    name: Mapped[str]
    asked: Mapped[str]
    at: Mapped[datetime]

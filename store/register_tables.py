"""Which tables hold the office's registers of incoming and outgoing documents, and what was done with a paper that came in?"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class RegisterRow(Base):
    """One register: its way (in, out), its name, its period (`2026`, `nhiệm kỳ 2025-2030`), the kind of document it is kept for, if one.

    first is the number with which it began, next the number that comes: one row that a writer changes, so that two clerks never
    take the same.
    """

    __tablename__ = "register"
    __table_args__ = (
        UniqueConstraint("way", "folded", "period"),
        CheckConstraint("way IN ('in', 'out')", name="way"),
        CheckConstraint("next >= first AND first > 0", name="numbers"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[str]
    name: Mapped[str]
    folded: Mapped[str]
    period: Mapped[str]
    type_key: Mapped[str | None]
    first: Mapped[int]
    next: Mapped[int]
    closed_on: Mapped[date | None]


class EntryRow(Base):
    """One line of a register. suffix is the letter of a number put in between (15a); a document may have no entry, an entry no document."""

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("register_id", "serial", "suffix"),
        CheckConstraint("state IN ('used', 'held', 'cancelled')", name="state"),
        Index("uq_register_entry_document", "register_id", "document_id", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id", ondelete="RESTRICT"))
    serial: Mapped[int]
    suffix: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"), index=True)
    state: Mapped[str]
    on: Mapped[date]
    author: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(default="")
    forwarded_to: Mapped[str] = mapped_column(default="")
    forwarded_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]


class HandlingRow(Base):
    """One thing that was done with a paper that came in (store/handling.py). Rows are only added.

    to is to whom it was submitted, or who instructed; units who got it: the lead, those who help, those who are informed, by id;
    day the limit that the leader set; made what an undo puts back.
    """

    __tablename__ = "handling"
    __table_args__ = (CheckConstraint("kind IN ('enter', 'submit', 'instruct', 'forward', 'undo')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    to: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None]
    units: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("handling.id", ondelete="CASCADE"))


class PaperRow(Base):
    """How far a paper is after its steps, kept for lists and worked out anew with each step: the last one, and who has the paper.

    folded is holder as it is searched; day the limit that a leader set.
    """

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_last", "last"),)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    last: Mapped[str | None]
    holder: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None]

"""Which tables hold the office's registers of incoming and outgoing documents?"""

from datetime import date, datetime

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

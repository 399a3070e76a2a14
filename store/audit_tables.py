"""Which tables hold the log of what people and the program did?"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class AuditRow(Base):
    """One act. Rows are only added (triggers refuse the rest); ids run on without a gap, and each row carries the hash of the one before.

    `said` holds ids and names of fields, never what a document says. document_id is no foreign key: the log outlives what it tells of.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_document_id", "document_id"), Index("ix_audit_at", "at"), Index("ix_audit_who", "who"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    act: Mapped[str]
    kind: Mapped[str]
    of_id: Mapped[int]
    document_id: Mapped[int | None]
    said: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """How many rows the log has, and the hash of the last; a trigger moves it. Without it a log that lost its end would look whole."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))

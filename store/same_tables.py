"""Which tables hold what people say of two documents, or of two agencies: that they are one?"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base

_STANDS = text("split_at IS NULL")


class _Said:
    """Who said it and when, and who parted the two again, if anybody did. Rows are only added and ended."""

    by: Mapped[str]
    at: Mapped[datetime]
    split_by: Mapped[str | None]
    split_at: Mapped[datetime | None]


class SameDocumentRow(_Said, Base):
    """A document is another one."""

    __tablename__ = "same_document"
    __table_args__ = (
        CheckConstraint("document_id != same_as_id", name="not_itself"),
        Index("uq_same_document_stands", "document_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    same_as_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)


class SameAgencyRow(_Said, Base):
    """An agency is another one: another name of it, or its successor under the same series."""

    __tablename__ = "same_agency"
    __table_args__ = (
        CheckConstraint("agency_id != same_as_id", name="not_itself"),
        Index("uq_same_agency_stands", "agency_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    same_as_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)

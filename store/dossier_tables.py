"""Which tables hold the office's case files (hồ sơ), and the documents in each?"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base, to_document


class DossierRow(Base):
    """One case file: its mark in the year's list of files (`01.TH`), its title, who keeps it, how many years it is retained.

    years is None where it is kept for ever (vĩnh viễn); closed_on the day its work ended.
    """

    __tablename__ = "dossier"
    __table_args__ = (UniqueConstraint("year", "mark"), CheckConstraint("years > 0", name="years"))
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    mark: Mapped[str]
    title: Mapped[str]
    keeper: Mapped[str] = mapped_column(default="")
    years: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    by: Mapped[str]
    at: Mapped[datetime]


class DossierItemRow(Base):
    """One document in a case file; it may lie in several."""

    __tablename__ = "dossier_item"
    __table_args__ = (UniqueConstraint("dossier_id", "document_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    document_id: Mapped[int] = to_document()
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]

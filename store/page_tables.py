"""Which tables hold what people decide about pages: arrangements, their steps, documents that were joined to others?"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class LeafRow(Base):
    """One page of a document whose pages a person arranged; a document without such rows has the pages of its file, first to last.

    page counts in the file; turn is in degrees, clockwise; reading is the id of the transcript in which the page was read as it lies
    in the file.
    """

    __tablename__ = "leaf"
    __table_args__ = (
        CheckConstraint("turn IN (0, 90, 180, 270)", name="turn"),
        CheckConstraint("kind IN ('page', 'annex', 'set aside')", name="kind"),
    )
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    page: Mapped[int]
    reading: Mapped[str]
    turn: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default="page")


class ClosedRow(Base):
    """A document all of whose pages went to another, into_id; sha256 is the file that it had, for the day it is opened again."""

    __tablename__ = "closed_document"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))


class PageStepRow(Base):
    """One thing that somebody did to the pages of a document, or of two. Rows are only added; undoes names the step taken back.

    before: for each document (by id) the pages that it had, null where they were those of its file, none where it was not there;
    places: of what people said, the document and the place that the step changed, as they were (by table and id).
    """

    __tablename__ = "page_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    told: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]]
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("page_step.id", ondelete="CASCADE"))

"""Which table holds what was set apart because it is secret?"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class QuarantineRow(Base):
    """Bytes that bear a mark of secrecy: which, in which receipt they were found, what was read of them (it is dropped)."""

    __tablename__ = "quarantine"
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("original.sha256"), primary_key=True)
    mark: Mapped[str]
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    transcript_id: Mapped[str]
    since: Mapped[datetime]

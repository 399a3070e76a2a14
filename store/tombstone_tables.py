"""Which table holds what was lawfully deleted?"""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class TombstoneRow(Base):
    """Bytes that were deleted for good: by whom, when, on what ground; readings names what was read of them, which goes too."""

    __tablename__ = "tombstone"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    by: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]
    readings: Mapped[list[Any]] = mapped_column(default=list)

"""Which tables hold what the office sets for its own work?"""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Base


class SettingRow(Base):
    """What the office set: one row. tracked_since is the day from which documents' duties are followed, None for all of them."""

    __tablename__ = "office_setting"
    __table_args__ = (CheckConstraint("id = 1", name="one"), CheckConstraint("purpose IN ('daily', 'archive')", name="purpose"))
    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    purpose: Mapped[str] = mapped_column(default="daily")
    tracked_since: Mapped[date | None]


class OwnDayRow(Base):
    """A day on which the office does not work though others do, or works though others do not."""

    __tablename__ = "office_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")

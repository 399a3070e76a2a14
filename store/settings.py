"""What has the office set for its own work: what it hands in, from when duties are followed, on which days it works?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from store.answers import Purpose
from store.calendar import OwnDays
from store.errors import NotAllowed
from store.setting_tables import OwnDayRow, SettingRow

MOST = 1_000  # days of its own that an office may name


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day on which the office does (works) or does not work, other than the calendar says; note: why."""

    day: date
    works: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What is handed in unless somebody says otherwise, from which day on documents' duties are followed, and the office's own days."""

    purpose: Purpose = "daily"
    tracked_since: date | None = None
    days: tuple[OwnDay, ...] = ()


def office_settings(session: Session) -> OfficeSettings:
    """Give what the office has set; what it has not is as in every office."""
    row = session.get(SettingRow, 1)
    days = tuple(OwnDay(one.day, one.works, one.note) for one in session.scalars(select(OwnDayRow).order_by(OwnDayRow.day)))
    return OfficeSettings(cast("Purpose", row.purpose), row.tracked_since, days) if row else OfficeSettings(days=days)


def set_office_settings(session: Session, said: OfficeSettings) -> None:
    """Set everything at once; what stays the same is not touched. Raises NotAllowed for a day named twice, or too many."""
    wanted = {one.day: one for one in said.days}
    if len(wanted) < len(said.days):
        raise NotAllowed("Có ngày được ghi hai lần.")
    if len(wanted) > MOST:
        raise NotAllowed(f"Danh sách có hơn {MOST} ngày.")
    row = session.get(SettingRow, 1) or SettingRow(id=1)
    row.purpose, row.tracked_since = said.purpose, said.tracked_since
    session.add(row)
    known = {one.day: one for one in session.scalars(select(OwnDayRow))}
    for gone in known.keys() - wanted.keys():
        session.delete(known[gone])
    for day, one in wanted.items():
        kept = known.get(day) or OwnDayRow(day=day)
        kept.works, kept.note = one.works, one.note
        session.add(kept)
    session.flush()


def own_days(session: Session) -> OwnDays:
    """Give the office's own days as the calendar takes them."""
    rows: Iterable[tuple[date, bool]] = session.execute(select(OwnDayRow.day, OwnDayRow.works)).all()
    said = dict(rows)
    return OwnDays(frozenset(day for day, works in said.items() if not works), frozenset(day for day, works in said.items() if works))


def tracked_since() -> ScalarSelect[date | None]:
    """Ask, within another question, for the day from which duties are followed; nothing where none is set."""
    return select(SettingRow.tracked_since).where(SettingRow.id == 1).scalar_subquery()

"""What falls due on each day of a month?"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from store.answers import DutyLine
from store.calendar import AS_OTHERS, OwnDays, is_working_day

SHOWN = 4  # duties of one day that are named; the others are one link away


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table: what is due on it; rest says `Nghỉ` on a holiday, `Làm bù` on a worked Saturday."""

    on: date
    within: bool
    lines: tuple[DutyLine, ...]
    more: int
    """How many more are due on it than are named."""
    rest: str
    works: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday, with the months beside it as `2026-01`."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str

    @property
    def title(self) -> str:
        """Write the month: `Tháng 1 năm 2026`."""
        return f"Tháng {self.first.month} năm {self.first.year}"


def month_of(text: str, as_of: date) -> date:
    """Read `2026-01`; anything else is the month of the day that is asked for."""
    year, _, month = text.partition("-")
    if year.isascii() and year.isdigit() and month.isascii() and month.isdigit() and 1900 <= int(year) <= 2200 and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return as_of.replace(day=1)


def days_of(first: date) -> tuple[date, date]:
    """Give the first and the last day of the table of a month: a Monday and a Sunday."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return weeks[0][0], weeks[-1][-1]


def month(first: date, lines: Iterable[DutyLine], by_day: Mapping[date, int], own: OwnDays = AS_OTHERS) -> Month:
    """Lay duties out by their days; by_day counts also those of which no line is given; own: days that only this office works or not."""
    named: dict[date, list[DutyLine]] = {}
    for line in lines:
        if line.due_on:
            named.setdefault(line.due_on, []).append(line)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    laid = tuple(tuple(_day(day, first, tuple(named.get(day, ())), by_day.get(day, 0), own) for day in week) for week in weeks)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Month(first, laid, f"{first - timedelta(1):%Y-%m}", f"{last + timedelta(1):%Y-%m}")


def _day(day: date, first: date, lines: tuple[DutyLine, ...], count: int, own: OwnDays) -> Day:
    works, weekend = is_working_day(day, own), day.weekday() > 4
    rest = "Làm bù" if works and weekend else "Nghỉ" if not works and not weekend else ""
    return Day(day, day.month == first.month, lines, count - len(lines), rest, works)

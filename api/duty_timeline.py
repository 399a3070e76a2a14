"""Which duties run side by side over the coming weeks, and for whom?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from store.answers import DutyLine

WEEKS = 8
SHOWN = 200  # duties that are drawn; the list has the others
_BEFORE = 1  # weeks before that of the day asked for: what is just late stands beside what comes
_FIRST, _LAST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A duty from the day it was given to its limit, in days of the drawing.

    start is 0 where it was given earlier, and the limit's own day where no day is known; late is how many days of the drawing went by
    since the limit.
    """

    line: DutyLine
    start: int
    days: int
    late: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The duties of one unit, the nearest limit first."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Weeks from left to right (each by its Monday), units from top to bottom; now is the day asked for, None where it is not drawn."""

    weeks: tuple[date, ...]
    lanes: tuple[Lane, ...]
    now: int | None

    @property
    def days(self) -> int:
        """Give the breadth of the drawing in days."""
        return 7 * len(self.weeks)

    @property
    def before(self) -> date:
        """Give the Monday with which the earlier drawing begins."""
        return self.weeks[0] - timedelta(weeks=WEEKS - _BEFORE)

    @property
    def after(self) -> date:
        """Give the Monday with which the later drawing begins."""
        return self.weeks[-1]


def first_week(since: date | None, as_of: date) -> date:
    """Give the Monday with which a drawing begins: that of a day, else the one a week before the day asked for."""
    day = since or as_of - timedelta(weeks=_BEFORE)
    day = day if _FIRST < day < _LAST else _FIRST
    return day - timedelta(day.weekday())


def days_of(first: date) -> tuple[date, date]:
    """Give the first and the last day of a drawing: a Monday and a Sunday."""
    return first, first + timedelta(weeks=WEEKS, days=-1)


def timeline(first: date, lines: Iterable[DutyLine], as_of: date) -> Timeline:
    """Draw the duties that are due in the weeks from a Monday on, parted by the unit that does them."""
    units: dict[str, list[Bar]] = {}
    for line in lines:
        if line.due_on:
            units.setdefault(line.unit or line.assignee or "Chưa rõ đơn vị chủ trì", []).append(_bar(line, line.due_on, first, as_of))
    lanes = tuple(Lane(name, tuple(bars)) for name, bars in units.items())
    now = (as_of - first).days
    return Timeline(tuple(first + timedelta(weeks=at) for at in range(WEEKS)), lanes, now if 0 <= now < 7 * WEEKS else None)


def _bar(line: DutyLine, due_on: date, first: date, as_of: date) -> Bar:
    end = (due_on - first).days + 1
    start = max(0, min(end - 1, (line.issued_on - first).days)) if line.issued_on else end - 1
    late = min(7 * WEEKS, (as_of - first).days) - end
    return Bar(line, start, end - start, max(0, late) if line.done_on is None else 0)

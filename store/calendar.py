"""Which days are working days?

The office's own days win over everything; the public holidays come from the holidays package; dated additions and working Saturdays of the
Government's yearly decision that it does not know are in lexicon/days.toml. A day that a document names is never moved (users.md 3.4).
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_ADDITIONS = Path(__file__).parent / "lexicon" / "days.toml"
_FAR = 60


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Days on which an office does not work though others do (off), or works though others do not."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


AS_OTHERS = OwnDays()


@cache
def _additions() -> tuple[frozenset[date], frozenset[date]]:
    days = tomllib.loads(_ADDITIONS.read_text("utf-8"))
    return frozenset(days["days_off"]), frozenset(days["working_days"])


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: date, own: OwnDays = AS_OTHERS) -> bool:
    """Say whether offices work on a day, or one with days of its own."""
    if day in own.off or day in own.working:
        return day in own.working
    off, working = _additions()
    if day in working:
        return True
    return day.weekday() < 5 and day not in off and day not in _holidays(day.year)


def working_days_between(after: date, last: date, *, up_to: int, own: OwnDays = AS_OTHERS) -> int:
    """Count the working days after one day, up to and with another; counting stops at up_to."""
    count, day = 0, after
    while day < last and count < up_to and (day - after).days < _FAR:
        day += timedelta(days=1)
        count += is_working_day(day, own)
    return count

"""Which days are working days?

The public holidays come from the holidays package; dated additions and working Saturdays of the Government's yearly decision that it
does not know are in lexicon/days.toml. A day that a document names is never moved (users.md 3.4).
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_ADDITIONS = Path(__file__).parent / "lexicon" / "days.toml"
_FAR = 60


@cache
def _additions() -> tuple[frozenset[date], frozenset[date]]:
    days = tomllib.loads(_ADDITIONS.read_text("utf-8"))
    return frozenset(days["days_off"]), frozenset(days["working_days"])


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: date) -> bool:
    """Say whether offices work on a day."""
    off, working = _additions()
    if day in working:
        return True
    return day.weekday() < 5 and day not in off and day not in _holidays(day.year)


def working_days_between(after: date, last: date, *, up_to: int) -> int:
    """Count the working days after one day, up to and with another; counting stops at up_to."""
    count, day = 0, after
    while day < last and count < up_to and (day - after).days < _FAR:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count

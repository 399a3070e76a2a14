"""On which day does a recurring limit fall next?"""

from datetime import date, datetime, time
from functools import lru_cache

_PARTS = {
    "YEARLY": {"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY"},
    "MONTHLY": {"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY"},
    "WEEKLY": {"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYDAY"},
}
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=4096)
def next_day(rule: str, on_or_after: date) -> date | None:
    """Give the next day of an RFC 5545 RRULE; None where the rule names no day (`hằng năm`), has ended or cannot be read.

    A month without a day (`trong tháng 01 hằng năm`) means its last day; every third month is that which ends a quarter.
    """
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").upper().split(";") if "=" in part)
    if parts == {"FREQ": "DAILY"}:
        return on_or_after
    if not parts or parts.keys() - _PARTS.get(parts.get("FREQ", ""), set()):
        return None
    if not parts.keys() & {"BYMONTHDAY", "BYDAY"}:
        if "BYMONTH" not in parts:
            return None
        parts["BYMONTHDAY"] = "-1"
    try:
        return _next(parts, on_or_after) if _can_fall(parts) else None
    except (ValueError, OverflowError):
        return None


def _can_fall(parts: dict[str, str]) -> bool:
    """Say whether the days are in the months at all: dateutil looks for a 30 February until the year 9999."""
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    return any(1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1] for month in months for day in days)


def _next(parts: dict[str, str], on_or_after: date) -> date | None:
    from dateutil.rrule import rrulestr

    day = datetime.combine(on_or_after, time())
    interval = int(parts.get("INTERVAL", "1"))
    month = interval if parts["FREQ"] == "MONTHLY" and interval in (2, 3, 4, 6) else 1
    start = day.replace(year=day.year - 1, month=month, day=1)
    found = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start).after(day, inc=True)
    return found.date() if found else None

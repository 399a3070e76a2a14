"""On which day does a recurring limit fall next?"""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

_DAYS = ("BYMONTHDAY", "BYDAY", "BYYEARDAY")
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_HORIZON = timedelta(days=366 * 12)


def next_day(rule: str, on_or_after: date) -> date | None:
    """Give the next day of an RFC 5545 RRULE; None where the rule names no day (`hằng năm`), has ended or cannot be read.

    A month without a day (`trong tháng 01 hằng năm`) means its last day; every third month is that which ends a quarter.
    """
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").upper().split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES:
        return None
    if not any(name in parts for name in _DAYS):
        if "BYMONTH" in parts:
            parts["BYMONTHDAY"] = "-1"
        elif parts["FREQ"] != "DAILY":
            return None
    try:
        return _next(parts, on_or_after)
    except (ValueError, OverflowError):
        return None


def _next(parts: dict[str, str], on_or_after: date) -> date | None:
    day = datetime.combine(on_or_after, time())
    if "COUNT" not in parts and "UNTIL" not in parts:
        parts = parts | {"UNTIL": (day + _HORIZON).strftime("%Y%m%d")}
    interval = int(parts.get("INTERVAL", "1"))
    month = interval if parts["FREQ"] == "MONTHLY" and interval in (2, 3, 4, 6) else 1
    start = day.replace(year=day.year - 1, month=month, day=1)
    found = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start).after(day, inc=True)
    return found.date() if found else None

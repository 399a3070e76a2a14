"""How does a duty stand on a given day, in the words of the screen (users.md 4)?"""

from datetime import date

from store.calendar import AS_OTHERS, OwnDays, working_days_between
from store.recurrence import next_day

SOON = 3  # working days
_UNDATED = {
    "none": "Không nêu hạn",
    "elsewhere": "Hạn theo văn bản khác",
    "relative": "Chưa định ngày",
    "recurring": "Định kỳ, chưa định ngày",
    "date": "Chưa định ngày",
}


def due_day(kind: str, due_on: date | None, recurrence: str | None, *, as_of: date, not_before: date | None) -> date | None:
    """Give the day of a limit: for a recurring one the next, not before its document."""
    if kind != "recurring":
        return due_on
    return next_day(recurrence, max(as_of, not_before or as_of)) if recurrence else None


def standing(kind: str, day: date | None, bound: str, *, as_of: date, own: OwnDays = AS_OTHERS) -> str:
    """Say how a limit stands. It is overdue only after the named day, also when it says `trước` (users.md 3.4)."""
    if day is None:
        return _UNDATED[kind]
    if day < as_of:
        return f"Quá hạn {(as_of - day).days} ngày"
    if day == as_of:
        return "Đến hạn hôm nay"
    return "Sắp đến hạn" if _working_days_left(day, bound, as_of, own) <= SOON else "Trong hạn"


def completion(done_on: date | None, limit: date | None) -> str:
    """Say how a duty was completed: in time, late, or simply done where it had no day."""
    if done_on is None or limit is None:
        return "Đã hoàn thành"
    return "Đã hoàn thành quá hạn" if done_on > limit else "Đã hoàn thành đúng hạn"


def _working_days_left(day: date, bound: str, as_of: date, own: OwnDays) -> int:
    """Count the working days left; `trước ngày X` does not count X itself."""
    last = date.fromordinal(day.toordinal() - 1) if bound == "before" else day
    return working_days_between(as_of, last, up_to=SOON + 1, own=own)

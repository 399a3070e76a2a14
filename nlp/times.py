"""Which stretches of a text say a time by which, or a rhythm in which, something may be due?

A time model after TIMEX3: a point or a period with an end (its last day), a set (RRULE), a span counted from something
else. Whether a time binds anybody is the question of nlp.limits. Patterns run over bare text (lower case, no
diacritics, same length), which is what OCR and bad text layers keep. Counting and the ends of periods follow
Bộ luật Dân sự 2015, articles 144 to 148.
"""

import calendar
import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nlp.cycles import is_one, joined, sets
from nlp.letters import bare
from nlp.lexicon import load
from nlp.timespans import spans
from nlp.timewords import MISREAD, QUARTERS, WINDOW, Time, bound_of, cue_before

_HOUR = (
    r"(?:(?P<h>[0-2l]?\d|[0-2l][sob](?=\s*gio))\s*(?:gio|[hg:]|\.(?=[0-5]\d,?\sngay))\s*(?P<min>[0-5]\d)?\s*(?:phut|['’\"”″´]{1,2})?\s*,?\s*(?:cung\s)?"
    r"(?:\(?(?:sang|chieu|toi)?\s*(?:thu\s(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\)?\s*,?\s*)?\s*)"
)
# The patterns of a day and a period begin with a letter or a class of letters: a search passes quickly over all others.
_DATE = re.compile(
    r"(?P<d>[0-9lo](?<!\w.)(?:(?<=[0-3])[0-9]|(?:(?<=[0-3])[lsob]|(?<=[lo])[0-9])(?=\s+thang\s|\s?[/.-]\s?[01]?\d\s?[/.-]\s?\d)|(?<=[0-9])))"
    r"(?:\s?[/.-]\s?(?P<m>[01]?\d)(?:\s?[/.-]\s?(?P<y>20\d\d|\d\d)\b|(?![/\d%]))"
    r"|\s+thang\s+(?P<mw>[01]?\d|gieng|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi(?:\s(?:mot|hai))?|chap)(?:\s*,?\s*nam\s*(?P<yw>20\d\d))?"
    r"|\s+thang\s+(?P<this>nay))"
)
_BEFORE_DATE = re.compile(
    _HOUR + r"?(?:(?:thu\s(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\s*,?\s*)?(?:(?P<word>ngay)\s*)?(?P<lunar>m[uo]ng\s*)?$"
)
_SAME_DAY = re.compile(r"cung\s+ngay\b")
_BEFORE_SAME = re.compile(_HOUR + r"$")
_PERIOD = re.compile(
    r"[tqn069](?:"
    r"(?<=t)hang\s*(?P<m>[01]?\d)(?![\d%])(?:\s*[/-]\s*(?P<my>20\d\d)|\s*,?\s*nam\s*(?P<myw>20\d\d))?"
    r"|(?<=q)u[yi]\s*(?P<q>iv|i{1,3}|[1-4]|l)\b(?:\s*[/-]\s*(?P<qy>20\d\d)|\s*,?\s*nam\s*(?P<qyw>20\d\d))?"
    r"|(?<=t)hang\s+(?P<mw>gieng|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi(?:\s(?:mot|hai))?|chap)\s+nam\s+(?P<mwy>20\d\d)\b"
    r"|(?<=q)(?<!\w.)(?P<short>[1-4])\s?/\s?(?P<sy>20\d\d)\b"
    r"|(?:(?<=0)(?P<months>[69])\s+thang|(?<=[69])\s+thang|(?<=n)ua)\s+(?P<half>dau|cuoi)\s+nam(?:\s+(?P<hy>20\d\d))?"
    r"|(?<=n)(?<!viet .)am\s+(?P<year>20\d\d)\b(?!\s?-\s?20\d\d\b)|(?<=n)am\s+(?P<thisyear>nay)\b|(?<=t)(?P<thismonth>hang nay)\b)"
)
_WEEKDAY = re.compile(r"\b(?:thu\s(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b\)?\s*,?\s*(?:ngay\s*)?$")
_WEEKDAY_BEHIND = re.compile(r"\s?\(\s?(?:thu\s(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_PART = re.compile(r"(dau|giua|cuoi|het|ca)\s+$")
_RANGE_LEFT = re.compile(
    r"(?:(?P<from>tu)\s*)?(?:ngay\s*)?\d{1,2}(?:\s?[/.-]\s?\d{1,2}){0,2}(?:\s?[/.-]\s?20\d\d)?\s*(?:-|den)\s*(?:het\s*)?$"
)
_REPORT_OF = re.compile(
    r"\b(?:nam|quy(?:\s+(?:iv|i{1,3}))?|[69]\s*thang(?:\s+dau\s+nam)?|0[69]\s*thang(?:\s+dau\s+nam)?)\s*\(\s*(?:gui\s+|nop\s+)?$"
)
_YEAR_AFTER = re.compile(r"\s+(?:cua\s+)?nam\s+(?:sau|ke tiep|tiep theo|lien ke|ke sau)\b")
_FAR = 60  # characters before a day in which its hour stands
_SAME_SENTENCES = 200  # characters after a day in which it is `cùng ngày`
_MONTHS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip


def find_times(text: str, issued_on: dt.date | None, low: str = "", *, is_day: bool = True) -> Iterator[Time]:
    """Yield the times of a text by their place; a day without a year is the first such day on or after issued_on.

    text has single spaces (nlp.compact), so that patterns stay linear; low is the same text bare, where it is known already.
    Impossible days (`30/02`) yield nothing, nor do days without a year where issued_on is None. is_day says that issued_on is
    the day of issue and not only the first of its month: from that nothing is counted.
    """
    low = low or bare(text)
    last: Time | None = None
    for time in sorted(
        [*sets(text, low), *spans(text, low, issued_on if is_day else None), *_points(low, issued_on)], key=lambda t: (t.start, -t.end)
    ):
        if last and time.core < last.end:
            continue
        if last and is_one(low, last, time):
            last = joined(low, last, time)
            continue
        if last:
            yield last
        last = time
    if last:
        yield last


def _points(low: str, issued_on: dt.date | None) -> Iterator[Time]:
    days = list(_days(low, issued_on))
    yield from days
    yield from _same_days(low, days)
    for match in _PERIOD.finditer(low):
        part = _PART.search(low, max(0, match.start() - _FAR), match.start())
        core = part.start() if part else match.start()
        cue, start = cue_before(low, core)
        last, assumed = _last_day(match, issued_on, part=part[1] if part else "", before="truoc" in cue)
        if last is not None:
            yield Time(start, match.end(), core, "period", cue, bound_of(cue), last, assumptions=assumed)


def _days(low: str, issued_on: dt.date | None) -> Iterator[Time]:
    after = 0
    for match in _DATE.finditer(low):
        before = _BEFORE_DATE.search(low, max(after, match.start() - _FAR), match.start())
        day, assumed = (None, ()) if before and before["lunar"] and match["mw"] else _day(match, issued_on)
        if day is None:
            continue
        after = match.end()
        core = before.start() if before else match.start()
        cue, start = cue_before(low, core)
        at = _hour(before) if before else None
        if not ((before and before["word"]) or cue or at or match["y"] or match["mw"]):
            continue
        following = _YEAR_AFTER.match(low, match.end()) if assumed else None
        if following:
            rule = f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
            yield Time(start, following.end(), core, "set", cue or "ngay", "every", recurrence=rule)
            continue
        if assumed and _REPORT_OF.search(low, max(0, start - 30), start):  # `báo cáo năm (trước ngày 15/12)`
            rule = f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
            yield Time(start, match.end(), core, "set", cue or "ngay", "every", recurrence=rule)
            continue
        yield _range(low, core, match.end(), (day, assumed)) or Time(
            start, match.end(), core, "day", cue, bound_of(cue), day, at, assumptions=(*assumed, *_weekday_doubt(low, match, day))
        )


def _same_days(low: str, days: Sequence[Time]) -> Iterator[Time]:
    """An hour of the day that was named last (`trước 16h00 cùng ngày`)."""
    for match in _SAME_DAY.finditer(low):
        before = _BEFORE_SAME.search(low, max(0, match.start() - _FAR), match.start())
        i = bisect_left(days, match.start(), key=lambda day: day.start) - 1
        if before is None or i < 0 or match.start() - days[i].end > _SAME_SENTENCES:
            continue
        cue, start = cue_before(low, before.start())
        yield Time(start, match.end(), before.start(), "day", cue, bound_of(cue), days[i].date, _hour(before))


def _weekday_doubt(low: str, match: re.Match[str], day: dt.date) -> tuple[str, ...]:
    """What to tell where the weekday that is printed beside a day is not that day's."""
    named = _WEEKDAY.search(low, max(0, match.start() - 24), match.start()) or _WEEKDAY_BEHIND.match(low, match.end())
    if not named:
        return ()
    word = named["day"]
    weekday = 6 if word is None else _WEEKDAYS[word] if word in _WEEKDAYS else int(word) - 2
    return () if weekday == day.weekday() else (str(load("times")["assumed"]["weekday"]),)


def _range(low: str, core: int, end: int, last: tuple[dt.date, tuple[str, ...]]) -> Time | None:
    """A stretch of days (`từ ngày 29/6/2026 đến hết ngày 09/7/2026`) ends with its last day."""
    left = _RANGE_LEFT.search(low, max(0, core - WINDOW), core)
    if not left:
        return None
    return Time(left.start(), end, left.start(), "range", "tu den" if left["from"] else "", "within", last[0], assumptions=last[1])


def _hour(match: re.Match[str]) -> dt.time | None:
    hour = int(match["h"].translate(MISREAD)) if match["h"] else 24
    return dt.time(hour, int(match["min"] or 0)) if hour < 24 else None


def _day(match: re.Match[str], issued_on: dt.date | None) -> tuple[dt.date | None, tuple[str, ...]]:
    day = int(match["d"].translate(MISREAD))
    if match["this"]:
        return (_made(issued_on.year, issued_on.month, day), ()) if issued_on else (None, ())
    month = _MONTHS.get(match["mw"] or "") or int(match["m"] or match["mw"])
    year = match["y"] or match["yw"]
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day), ()
    return _next(issued_on, month, day)


def _next(issued_on: dt.date | None, month: int, day: int) -> tuple[dt.date | None, tuple[str, ...]]:
    """The first such day on or after the document's own date."""
    if issued_on is None:
        return None, ()
    for year in range(issued_on.year, issued_on.year + 5):
        made = _made(year, month, day)
        if made and made >= issued_on:
            return made, (str(load("times")["assumed"]["year"]).format(year=year),)
    return None, ()


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _last_day(match: re.Match[str], issued_on: dt.date | None, *, part: str, before: bool) -> tuple[dt.date | None, tuple[str, ...]]:
    """The last day of a month, quarter, half-year or year; of its first or middle part where one is named; before it, the day before."""
    year = next((match[k] for k in ("my", "myw", "mwy", "qy", "qyw", "sy", "hy", "year") if match[k]), None)
    first, last = _months(match, issued_on)
    if not last or not 1 <= last <= 12:
        return None, ()
    assumed: tuple[str, ...] = ()
    if not year:
        if issued_on is None:
            return None, ()
        rolled = issued_on.year + (last < issued_on.month)
        year = str(rolled)
        if not (match["thisyear"] or match["thismonth"]):
            assumed = (str(load("times")["assumed"]["year"]).format(year=rolled),)
    if before and not part:
        return dt.date(int(year), first, 1) - dt.timedelta(days=1), assumed
    if part == "dau":
        return dt.date(int(year), first, 1), assumed
    if part == "giua":
        return (dt.date(int(year), last, 15) if first == last else dt.date(int(year), (first + last) // 2, 30)), assumed
    return dt.date(int(year), last, calendar.monthrange(int(year), last)[1]), assumed


def _months(match: re.Match[str], issued_on: dt.date | None) -> tuple[int, int]:
    if match["m"]:
        return int(match["m"]), int(match["m"])
    if match["mw"]:
        return _MONTHS[match["mw"]], _MONTHS[match["mw"]]
    if match["q"] or match["short"]:
        last = 3 * QUARTERS[match["q"] or match["short"]]
        return last - 2, last
    if match["half"]:
        nine = "9" in (match[0][0], match["months"])
        return (1, 9 if nine else 6) if match["half"] == "dau" else (7, 12)
    if match["thismonth"] and issued_on:
        return issued_on.month, issued_on.month
    return (1, 12) if match["year"] or match["thisyear"] else (0, 0)

"""Which stretches of a text say a time by which, or a rhythm in which, something may be due?

A time model after TIMEX3: a point or a period with an end (its last day), a set (RRULE), a span counted from something
else. Whether a time binds anybody is the question of nlp.limits. Patterns run over bare text (lower case, no
diacritics, same length), which is what OCR and bad text layers keep. Counting and the ends of periods follow
Bộ luật Dân sự 2015, articles 144 to 148.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from nlp.directive import Bound
from nlp.letters import bare
from nlp.lexicon import load

Shape = Literal["day", "period", "range", "set", "span"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time in the text from start to end: its shape, how it binds, its last day, hour, rule, what it counts from.

    core is the offset of the time itself, after its cue words; cue is the bare cue before it (`truoc`, `trong`), empty
    where there is none; anchor is what a span counts from, as printed.
    """

    start: int
    end: int
    core: int
    shape: Shape
    cue: str
    bound: Bound
    date: dt.date | None = None
    at: dt.time | None = None
    recurrence: str | None = None
    anchor: str | None = None
    own_date: bool = False
    assumptions: tuple[str, ...] = ()


_HOUR = (
    r"(?:(?P<h>[0-2l]?\d|[0-2l][sob](?=\s*gio))\s*(?:gio|[hg:])\s*(?P<min>[0-5]\d)?\s*(?:phut|['’\"”″´]{1,2})?\s*,?\s*(?:cung\s)?"
    r"(?:\(?(?:sang|chieu|toi)?\s*(?:thu\s(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\)?\s*,?\s*)?\s*)"
)
_DATE = re.compile(
    _HOUR + r"?(?:(?P<word>ngay)\s*)?(?P<lunar>mung\s*)?\b(?P<d>[0-3]?\d)"
    r"(?:\s?[/.-]\s?(?P<m>[01]?\d)(?:\s?[/.-]\s?(?P<y>20\d\d|\d\d)\b|(?![/\d%]))"
    r"|\s+thang\s+(?P<mw>[01]?\d|gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?:\s(?:mot|hai))?|chap)(?:\s*,?\s*nam\s*(?P<yw>20\d\d))?"
    r"|\s+thang\s+(?P<this>nay))"
)
_PERIOD = re.compile(
    r"(?:(?P<part>dau|giua|cuoi|het|ca)\s+)?(?:"
    r"thang\s*(?P<m>[01]?\d)(?![\d%])(?:\s*[/-]\s*(?P<my>20\d\d)|\s*,?\s*nam\s*(?P<myw>20\d\d))?"
    r"|qu[yi]\s*(?P<q>iv|i{1,3}|[1-4]|l)\b(?:\s*[/-]\s*(?P<qy>20\d\d)|\s*,?\s*nam\s*(?P<qyw>20\d\d))?"
    r"|(?:0?6\s+thang|nua)\s+(?P<half>dau|cuoi)\s+nam(?:\s+(?P<hy>20\d\d))?"
    r"|nam\s+(?P<year>20\d\d)\b|nam\s+(?P<thisyear>nay)\b|(?P<thismonth>thang nay)\b)"
)
_UNIT = r"(?:ngay|tuan|thang|quy|nam)"
_PERIODIC_ITEM = (
    r"(?:(?:hang|moi)\s+" + _UNIT + r"|(?:\d{1,2}|hai|ba|sau|chin)\s+(?:nam|thang|tuan|ngay)|quy(?!\s+(?:dinh|che|trinh))|nam|thang|tuan)\b"
)
_CYCLE = re.compile(
    r"dinh\s*ky\s*,?\s*(?:vao\s+)?(?:\(\s*)?(?P<items>"
    + _PERIODIC_ITEM
    + r"(?:\s*(?:,|/|va|hoac)\s*"
    + _PERIODIC_ITEM
    + r")*)(?:\s*\))?(?:\s*(?:,|va|hoac)\s*(?:khi\s+)?dot xuat(?:\s+theo yeu cau)?)?"
    r"|(?P<every>(?:moi|(?:\d{1,2}|hai|ba|sau)(?=\s+(?:nam|thang|tuan|quy)))\s*(?:nam|thang|tuan|quy))"
    r"\s*(?:[^\s.;,]+\s+){0,3}?(?:mot|hai|0?[1-4]|[il])\s+lan\b"
    r"|(?:it nhat\s+)?0?[1-4]\s+lan\s*/\s*(?P<per>nam|thang|tuan|quy|0?\d\s+thang)"
    r"|\b(?P<slash>0?\d\s+(?:nam|thang|tuan|quy))\s*/\s*(?:0?1\s+)?lan\b"
    r"|(?P<weekday>thu\s+(?:hai|ba|tu|nam|sau|bay))\s+(?:hang|moi)\s*tuan\b"
    r"|(?P<after>sau\s+0?\d\s+nam)(?=\s+(?:thi\s+)?(?:to chuc|so ket|tong ket|tien hanh))"
    r"|(?P<plain>(?:hang|moi)\s*(?:nam|thang|tuan|quy|ngay))\b"
)
_SPAN = re.compile(
    r"\b(?P<n>\d{1,3}|mot|hai|ba|nam|bay|muoi)(?:\s*\([^)\n]{1,16}\))?\s*"
    r"(?P<unit>ngay lam viec|ngay|gio|tuan|thang|nam)\b(?P<work>\s+lam viec)?"
)
_NEXT_DAY = re.compile(
    r"((?:cham nhat|muon nhat|ngay)(?:\s+(?:la|vao|trong))?|trong)"
    r"\s+(?:0?1\s+)?ngay\s+(?:lam viec\s+)?(?:tiep theo|hom sau|ke tiep|lien ke)\b"
)
_ANCHOR = re.compile(
    r"(?:\s*\([^)\n]{1,60}\))?\s*,?\s*(?:(?:ke|tinh)\s+(?:tu|sau)|tu|sau khi|ke khi|truoc)\s*(?:ngay|khi|thoi diem|luc)?\s+"
    r"(?P<what>[^,;.:()\n]{3,90})"
)
_SPAN_CUE = re.compile(
    r"(?:(?:trong|cham nhat|muon nhat|khong qua|khong cham hon|toi da|sau|truoc)\s*(?:la|sau|trong|truoc|khong qua|toi da)?\s*"
    r"(?:thoi han|vong|thoi gian)?\s*(?:khong qua|toi da|la|cham nhat|it nhat)?\s*)$"
)
_CUE = re.compile(
    r"(?:(?:cham nhat|muon nhat|khong qua|khong (?:cham|muon) hon|tu nay|(?:thoi )?han (?:cuoi|chot))\s*(?:cung\s+)?(?:la|:)?\s*)?"
    r"(?:(?:\b(?:la|vao|den|toi|het|ngay)|va trong|trong|truoc)\s*)*\(?\s*$"
)
_RANGE_LEFT = re.compile(
    r"(?:(?P<from>tu)\s*)?(?:ngay\s*)?\d{1,2}(?:\s?[/.-]\s?\d{1,2}){0,2}(?:\s?[/.-]\s?20\d\d)?\s*(?:-|den)\s*(?:het\s*)?$"
)
_DAY_OF = re.compile(
    r"(?:(?:ngay|mung)\s*|truoc\s*)(?P<d>[0-3]?\d)(?:(?:\s?[/.-]\s?|\s*thang\s*)(?P<m>[01]?\d)(?P<more>(?:\s*(?:,|va)\s*(?:ngay\s*)?[0-3]?\d/[01]?\d){0,3}))?"
    r"(?:\s*cua)?\s*,?\s*$"
)
_HOUR_OF = re.compile(r"\b(?P<h>[0-2]?\d)\s*(?:gio|[hg:])\s*(?P<min>[0-5]\d)?\s*(?:phut)?\s*,?\s*$")
_REPORT_OF = re.compile(
    r"\b(?:nam|quy(?:\s+(?:iv|i{1,3}))?|[69]\s*thang(?:\s+dau\s+nam)?|0[69]\s*thang(?:\s+dau\s+nam)?)\s*\(\s*(?:gui\s+|nop\s+)?$"
)
_MONTH_OF = re.compile(r"(?:(?P<part>dau|cuoi)\s+)?(?:thang\s*(?P<m>[01]?\d)|qu[yi]\s*(?P<q>iv|i{1,3}|[1-4]))(?:\s*(?:cua|,))?\s*$")
_IN_QUARTER = re.compile(
    r"(?:ngay|mung)\s*(?P<d>[0-3]?\d)\s*(?:cua\s+)?thang\s+(?:(?P<which>dau|cuoi|thu hai)\s*(?:tien\s*)?(?:cua\s+)?"
    r"(?:tung\s+|moi\s+|hang\s+)?quy|(?P<next>sau))\b"
    r"(?:\s+(?:sau|tiep theo|ke tiep|lien ke))?"
)
_OF_QUARTER = {"dau": "1,4,7,10", "thu hai": "2,5,8,11", "cuoi": "3,6,9,12"}
_AFTER_CYCLE = re.compile(
    r"\s*[,(]?\s*(?:(?:hoan thanh|xong|gui|bao cao|nop|vao dip|cham nhat|muon nhat|la|vao|trong|truoc|het)\s+){0,4}"
    r"(?:ngay\s*(?P<d>[0-3]?\d)(?:(?:\s?[/.-]\s?|\s*thang\s*)(?P<m>[01]?\d))?(?![/\d])|thang\s*(?P<mo>[01]?\d)(?![/\d])"
    r"|(?:tong ket nam|cuoi nam|cuoi thang|cuoi quy))\s*\)?"
)
_MONTHS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "nam": 5, "sau": 6, "bay": 7, "chin": 9, "muoi": 10}
_QUARTERS = {"i": 1, "l": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"}
_BETWEEN = re.compile(r"\s*(?:\(|,|/|va|hoac)?\s*\(?\s*")
_MISREAD = str.maketrans("lsob", "1508")  # digits as OCR reads them
_WINDOW = 70  # characters to the left in which cue words are looked for


def find_times(text: str, issued_on: dt.date | None, low: str = "") -> Iterator[Time]:
    """Yield the times of a text by their place; a day without a year is the first such day on or after issued_on.

    text has single spaces (nlp.compact), so that patterns stay linear; low is the same text bare, where it is known already.
    Impossible days (`30/02`) yield nothing, nor do days without a year where issued_on is None.
    """
    low = low or bare(text)
    last: Time | None = None
    for time in sorted([*_sets(text, low), *_spans(text, low, issued_on), *_points(low, issued_on)], key=lambda t: (t.start, -t.end)):
        if last and time.core < last.end:
            continue
        if last and last.shape == time.shape == "set" and _BETWEEN.fullmatch(low, last.end, time.start):
            last = _joined(low, last, time)
            continue
        if last:
            yield last
        last = time
    if last:
        yield last


def _joined(low: str, first: Time, second: Time) -> Time:
    """Several cycles for one report are one time (`định kỳ hằng tuần (trước 16 giờ thứ Sáu hằng tuần)`)."""
    end = second.end + (low[first.end : second.start].count("(") > 0 and low[second.end : second.end + 1] == ")")
    return replace(first, end=end, at=second.at or first.at, recurrence=second.recurrence or first.recurrence)


def _points(low: str, issued_on: dt.date | None) -> Iterator[Time]:
    for match in _DATE.finditer(low):
        day, assumed = _day(match, issued_on)
        if day is None:
            continue
        cue, start = _cue(low, match.start())
        at = _hour(match)
        if not (match["word"] or cue or at or match["y"] or match["mw"]):
            continue
        if assumed and _REPORT_OF.search(low, max(0, start - 30), start):  # `báo cáo năm (trước ngày 15/12)`
            rule = f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
            yield Time(start, match.end(), match.start(), "set", cue or "ngay", "every", recurrence=rule)
            continue
        yield _range(low, match, day, assumed) or Time(
            start, match.end(), match.start(), "day", cue, _bound(cue), day, at, assumptions=assumed
        )
    for match in _PERIOD.finditer(low):
        cue, start = _cue(low, match.start())
        last, assumed = _last_day(match, issued_on, before="truoc" in cue)
        if last is None:
            continue
        yield Time(start, match.end(), match.start(), "period", cue, _bound(cue), last, assumptions=assumed)


def _range(low: str, match: re.Match[str], last: dt.date, assumed: tuple[str, ...]) -> Time | None:
    """A stretch of days (`từ ngày 29/6/2026 đến hết ngày 09/7/2026`) ends with its last day."""
    left = _RANGE_LEFT.search(low, max(0, match.start() - _WINDOW), match.start())
    if not left:
        return None
    return Time(left.start(), match.end(), left.start(), "range", "tu den" if left["from"] else "", "within", last, assumptions=assumed)


def _cue(low: str, at: int) -> tuple[str, int]:
    """Give the cue words that lead up to at, and where they begin."""
    window = low[max(0, at - _WINDOW) : at]
    match = _CUE.search(window)
    if not match or not match[0].strip(" ("):
        return "", at
    lead = len(match[0]) - len(match[0].lstrip(" (\n\t"))
    return " ".join(match[0].strip(" (").split()), at - len(match[0]) + lead


def _bound(cue: str) -> Bound:
    if "truoc" in cue:
        return "before"
    if any(word in cue for word in ("nhat", "qua", "hon", "het", "han c", "tu nay")):
        return "at latest"
    if "trong" in cue:
        return "within"
    return "on" if "vao" in cue or not cue else "none"


def _hour(match: re.Match[str]) -> dt.time | None:
    hour = int(match["h"].translate(_MISREAD)) if match["h"] else 24
    return dt.time(hour, int(match["min"] or 0)) if hour < 24 else None


def _day(match: re.Match[str], issued_on: dt.date | None) -> tuple[dt.date | None, tuple[str, ...]]:
    day = int(match["d"])
    if match["this"]:
        return (_made(issued_on.year, issued_on.month, day), ()) if issued_on else (None, ())
    month = _MONTHS.get(match["mw"] or "") or int(match["m"] or match["mw"])
    year = match["y"] or match["yw"]
    if match["lunar"]:
        return None, ()
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


def _last_day(match: re.Match[str], issued_on: dt.date | None, *, before: bool) -> tuple[dt.date | None, tuple[str, ...]]:
    """The last day of a month, quarter, half-year or year; of its first or middle part where one is named; before it, the day before."""
    year = next((match[k] for k in ("my", "myw", "qy", "qyw", "hy", "year") if match[k]), None)
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
    part = match["part"]
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
    if match["q"]:
        last = 3 * _QUARTERS[match["q"]]
        return last - 2, last
    if match["half"]:
        return (1, 6) if match["half"] == "dau" else (7, 12)
    if match["thismonth"] and issued_on:
        return issued_on.month, issued_on.month
    return (1, 12) if match["year"] or match["thisyear"] else (0, 0)


def _sets(text: str, low: str) -> Iterator[Time]:
    """Times that come again and again."""
    for match in _IN_QUARTER.finditer(low):
        cue, start = _cue(low, match.start())
        months = f"YEARLY;BYMONTH={_OF_QUARTER[match['which']]}" if match["which"] else "MONTHLY"
        rule = f"FREQ={months};BYMONTHDAY={int(match['d'])}"
        yield Time(start, match.end(), match.start(), "set", cue or "ngay", "every", recurrence=rule)
    for match in _CYCLE.finditer(low):
        if match["plain"] and match["plain"].startswith("moi") and text[match.start() + 1] not in "ỗỖõÕ":
            continue  # `mới năm`, `mọi ngày`
        if match["every"] and match["every"].startswith("moi") and text[match.start() + 1] not in "ỗỖõÕ":
            continue
        yield _set(low, match)


def _set(low: str, match: re.Match[str]) -> Time:
    """One cycle with the day or month named before or after it."""
    words = match["items"] or match["every"] or match["per"] or match["slash"] or match["after"] or match["plain"] or "tuan"
    freq = _freq(words)
    start, end, core = match.start(), match.end(), match.start()
    window = low[max(0, start - _WINDOW) : start]
    left = _DAY_OF.search(window) or _MONTH_OF.search(window)
    right = None if left else _AFTER_CYCLE.match(low, end)
    cue, rule = "dinh ky" if match["items"] else "" if match["plain"] else "lan", None
    if match["weekday"]:
        rule = f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['weekday'].split()[1]]}"
    hour = _HOUR_OF.search(window) if match["plain"] or match["weekday"] else None
    if hour:
        core = start - len(window) + hour.start("h")
        cue, start = _cue(low, core)
        at = dt.time(int(hour["h"]), int(hour["min"] or 0)) if int(hour["h"]) < 24 else None
        return Time(start, end, core, "set", cue or "luc", "every", at=at, recurrence=rule or ("FREQ=DAILY" if freq == "DAILY" else None))
    if left:
        core = start - len(window) + (left.start("d") if "d" in left.re.groupindex else left.start())
        cue, start = _cue(low, core)
        cue = cue or "ngay"
        rule = _rule(freq, left)
    elif right:
        end, rule = right.end(), _rule(freq, right)
        cue = "trong" if rule else "dinh ky"
    else:
        word, begins = _cue(low, start)
        start = begins if word in ("vao", "trong") else start
    return Time(start, end, core, "set", cue, "every", recurrence=rule)


def _freq(words: str) -> str:
    for unit, freq in (("nam", "YEARLY"), ("quy", "QUARTERLY"), ("thang", "MONTHLY"), ("tuan", "WEEKLY"), ("ngay", "DAILY")):
        if unit in words:
            return freq
    return "YEARLY"


def _rule(freq: str, named: re.Match[str]) -> str | None:
    """An RRULE (RFC 5545) where a day or month is known, else None: a bare cycle has no day of its own."""
    found = named.groupdict()
    month = found.get("m") or found.get("mo")
    day = found.get("d")
    if found.get("q"):
        month = str(3 * _QUARTERS[found["q"]])
    if int(day or 1) > 31 or not 1 <= int(month or 1) <= 12:
        return None
    others = re.findall(r"(\d+)/(\d+)", found.get("more") or "")
    if others and all(int(other) == int(day or 0) for other, _ in others):
        return f"FREQ=YEARLY;BYMONTH={','.join(str(int(m)) for m in (month, *(m for _, m in others)))};BYMONTHDAY={int(day or 1)}"
    if month:
        return f"FREQ=YEARLY;BYMONTH={int(month)};BYMONTHDAY={int(day) if day else -1}"
    if day and freq == "MONTHLY":
        return f"FREQ=MONTHLY;BYMONTHDAY={int(day)}"
    return None


def _spans(text: str, low: str, issued_on: dt.date | None) -> Iterator[Time]:
    """Times counted from something else: `trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản`."""
    for match in _NEXT_DAY.finditer(low):
        yield Time(match.start(), match.end(), match.start(), "span", " ".join(match[1].split()), "after event")
    for match in _SPAN.finditer(low):
        window = low[max(0, match.start() - _WINDOW) : match.start()]
        cue = _SPAN_CUE.search(window)
        if not cue:
            continue
        words = " ".join(cue[0].split())
        anchor = _ANCHOR.match(low, match.end())
        firm = "thoi han" in words or "vong" in words or "nhat" in words or ("qua" in words and "lam viec" in match[0])
        if not (anchor or firm) or (words in ("sau", "truoc") and not anchor):
            continue
        start = match.start() - len(cue[0])
        end = _anchor_end(low, anchor) if anchor else match.end()
        printed = " ".join(text[anchor.start("what") : end].split()) if anchor else None
        from_own = bool(anchor and re.match(load("times")["own_date"], anchor["what"]))
        date, assumed = _counted(match, issued_on) if from_own and issued_on else (None, ())
        bound: Bound = "after event" if anchor else "within"
        yield Time(start, end, start, "span", words, bound, date, anchor=printed, own_date=from_own, assumptions=assumed)


def _anchor_end(low: str, anchor: re.Match[str]) -> int:
    """An anchor is a few words: it ends where somebody begins to act, and after ten words at the latest."""
    words = list(re.finditer(r"\S+", anchor["what"]))[:10]
    stop = re.search(load("times")["anchor_stop"], anchor["what"])
    end = min(words[-1].end(), stop.start() if stop else len(anchor["what"]))
    return anchor.start("what") + len(low[anchor.start("what") : anchor.start("what") + end].rstrip())


def _counted(match: re.Match[str], issued_on: dt.date) -> tuple[dt.date | None, tuple[str, ...]]:
    """Count from the document's own date; the first day is not counted (article 147)."""
    number = _NUMBERS.get(match["n"]) or int(match["n"])
    unit = match["unit"]
    if unit == "gio" or number == 0:
        return None, ()
    if "lam viec" in match[0]:
        day = issued_on
        while number:
            day += dt.timedelta(days=1)
            number -= day.weekday() < 5
        return day, (str(load("times")["assumed"]["working_days"]),)
    if unit in ("ngay", "tuan"):
        return issued_on + dt.timedelta(days=number * (7 if unit == "tuan" else 1)), ()
    months = issued_on.month - 1 + number * (12 if unit == "nam" else 1)
    year, month = issued_on.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(issued_on.day, calendar.monthrange(year, month)[1])), ()

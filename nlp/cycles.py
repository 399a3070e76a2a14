"""Which cycles does a text say (`định kỳ hằng quý`, `trước ngày 15 hằng tháng`), and what is each as a rule?

A cycle becomes an RRULE (RFC 5545) where its day or month is known; a bare one has no day of its own and gets none.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.timewords import QUARTERS, WINDOW, Time, cue_before

_UNIT = r"(?:ngay|tuan|thang|quy|nam)"
_PERIODIC_ITEM = (
    r"(?:(?:hang|moi)\s+" + _UNIT + r"|(?:\d{1,2}|hai|ba|sau|chin)\s+(?:nam|thang|tuan|ngay)|quy(?!\s+(?:dinh|che|trinh))|nam|thang|tuan)\b"
)
# Cycles of each kind. A pattern begins with a letter or a class of letters: a search passes quickly over all others.
_CYCLES = (
    re.compile(
        r"dinh\s*ky\s*,?\s*(?:vao\s+)?(?:\(\s*)?(?P<items>"
        + _PERIODIC_ITEM
        + r"(?:\s*(?:\([^()\n]{0,40}\)\s*)?(?:,|/|va|hoac)\s*"
        + _PERIODIC_ITEM
        + r")*)(?:\s*\))?(?:\s*(?:,|va|hoac)\s*(?:khi\s+)?dot xuat(?:\s+theo yeu cau)?)?"
    ),
    re.compile(r"(?P<weekday>thu\s+(?:hai|ba|tu|nam|sau|bay))\s+(?:hang|moi)\s*tuan\b"),
    re.compile(r"(?P<after>sau\s+0?\d\s+nam)(?=\s+(?:thi\s+)?(?:to chuc|so ket|tong ket|tien hanh))"),
    re.compile(r"(?P<plain>[hm](?<!\w.)(?:(?<=h)ang|(?<=m)oi)\s*(?:nam|thang|tuan|quy|ngay))\b"),
)
_COUNTED = re.compile(
    r"(?P<every>(?:moi|(?:\d{1,2}|hai|ba|sau)(?=\s+(?:nam|thang|tuan|quy)))\s*(?:nam|thang|tuan|quy))"
    r"\s*(?:[^\s.;,]+\s+){0,3}?(?:mot|hai|0?[1-4]|[il])\s+lan\b"
    r"|(?:it nhat\s+)?0?[1-4]\s+lan\s*/\s*(?P<per>nam|thang|tuan|quy|0?\d\s+thang)"
    r"|\b(?P<slash>0?\d\s+(?:nam|thang|tuan|quy))\s*/\s*(?:0?1\s+)?lan\b"
)
_LAN = re.compile(r"lan\b")
_DAY_OF = re.compile(
    r"(?:(?:ngay|mung)\s*|truoc\s*)(?P<d>[0-3]?\d)(?:(?:\s?[/.-]\s?|\s*thang\s*)(?P<m>[01]?\d)(?P<more>(?:\s*(?:,|va)\s*(?:ngay\s*)?[0-3]?\d(?:/|\s*thang\s*)[01]?\d){0,3}))?"
    r"(?:\s*cua)?\s*,?\s*$"
)
_HOUR_OF = re.compile(r"\b(?P<h>[0-2]?\d)\s*(?:gio|[hg:])\s*(?P<min>[0-5]\d)?\s*(?:phut)?\s*,?\s*$")
_MONTH_OF = re.compile(
    r"(?:(?P<part>dau|cuoi)\s+)?(?:thang\s*[01]?\d\s*(?:,|va)\s*){0,3}(?:thang\s*(?P<m>[01]?\d)|qu[yi]\s*(?P<q>iv|i{1,3}|[1-4]))(?:\s*(?:cua|,))?\s*$"
)
_IN_QUARTER = re.compile(
    r"(?:ngay|mung)\s*(?P<d>[0-3]?\d)\s*(?:cua\s+)?thang\s+(?:(?P<which>dau|cuoi|thu hai)\s*(?:tien\s*)?(?:cua\s+)?"
    r"(?:tung\s+|moi\s+|hang\s+)?quy|(?P<next>sau))\b"
    r"(?:\s+(?:sau|tiep theo|ke tiep|lien ke))?"
)
_OF_QUARTER = {"dau": "1,4,7,10", "thu hai": "2,5,8,11", "cuoi": "3,6,9,12"}
_AFTER_CYCLE = re.compile(
    r"\s*[,(]?\s*(?:(?:hoan thanh|xong|gui|bao cao|nop|vao dip|cham nhat|muon nhat|la|vao|trong|truoc|het)\s+){0,4}"
    r"(?:ngay\s*(?P<d>[0-3]?\d)(?:(?:\s?[/.-]\s?|\s*thang\s*)(?P<m>[01]?\d))?(?![/\d])|thang\s*(?P<mo>[01]?\d)(?![/\d])(?P<mos>(?:\s*(?:,|va)\s*thang\s*[01]?\d(?![/\d])){0,3})"
    r"|(?:tong ket nam|cuoi nam|cuoi thang|cuoi quy))\s*\)?"
)
_PERIODIC = re.compile(r"dinh\s*ky\s*(?:vao\s+)?$")
_HOUR_AFTER = re.compile(r"\s*,?\s*(?:vao|truoc|luc)\s+(?P<h>[0-2]?\d)\s*(?:gio|[hg:])\s*(?P<min>[0-5]\d)?\s*(?:phut)?")
_HALF_OF_DAY = re.compile(r"(?:\bvao\s+)?(?:(?:cac\s+)?buoi\s+)?(?:sang|chieu|toi)\s+$")
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"}
_BETWEEN = re.compile(r"\s*(?:\(|,|/|va|hoac|(?:mot|hai|0?[12])\s+lan,?)?\s*(?:\(|vao|trong)?\s*")


def sets(text: str, low: str) -> Iterator[Time]:
    """Times that come again and again."""
    for match in _IN_QUARTER.finditer(low):
        cue, start = cue_before(low, match.start())
        months = f"YEARLY;BYMONTH={_OF_QUARTER[match['which']]}" if match["which"] else "MONTHLY"
        rule = f"FREQ={months};BYMONTHDAY={int(match['d'])}"
        yield Time(start, match.end(), match.start(), "set", cue or "ngay", "every", recurrence=rule)
    after = 0
    found = [*_counted(low), *(match for pattern in _CYCLES for match in pattern.finditer(low))]
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if match.start() < after:
            continue
        after = match.end()
        if match[0].startswith("moi") and text[match.start() + 1] not in "ỗỖõÕ":
            continue  # `mới năm`, `mọi ngày`
        yield _set(low, match)


def _counted(low: str) -> Iterator[re.Match[str]]:
    """Cycles that say how many times (`mỗi năm một lần`), looked for around the word."""
    after = 0
    for word in _LAN.finditer(low):
        for match in _COUNTED.finditer(low, max(after, word.start() - WINDOW), word.end() + WINDOW):
            after = match.end()
            yield match
        after = max(after, word.end())


def _set(low: str, match: re.Match[str]) -> Time:
    """One cycle with the day or month named before or after it."""
    named = match.groupdict()
    freq = _freq(next((words for name, words in named.items() if words and name != "weekday"), "tuan"))
    start, end, core = match.start(), match.end(), match.start()
    window = low[max(0, start - WINDOW) : start]
    left = _DAY_OF.search(window) or _MONTH_OF.search(window)
    right = None if left else _AFTER_CYCLE.match(low, end)
    cue, rule = "dinh ky" if "items" in named else "" if "plain" in named else "lan", None
    if "weekday" in named:
        rule = f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[named['weekday'].split()[1]]}"
    hour = _HOUR_OF.search(window) if named.keys() & {"plain", "weekday"} else None
    if hour:
        core = start - len(window) + hour.start("h")
        cue, start = cue_before(low, core)
        at = dt.time(int(hour["h"]), int(hour["min"] or 0)) if int(hour["h"]) < 24 else None
        return Time(start, end, core, "set", cue or "luc", "every", at=at, recurrence=rule or ("FREQ=DAILY" if freq == "DAILY" else None))
    later = _HOUR_AFTER.match(low, end) if freq == "DAILY" and not left else None
    if later and int(later["h"]) < 24:
        at = dt.time(int(later["h"]), int(later["min"] or 0))
        return Time(start, later.end(), core, "set", "truoc", "every", at=at, recurrence="FREQ=DAILY")
    half = _HALF_OF_DAY.search(window) if "weekday" in named else None
    if half:
        return Time(start - len(half[0]), end, core, "set", "vao", "every", recurrence=rule)
    if left:
        core = start - len(window) + (left.start("d") if "d" in left.re.groupindex else left.start())
        cue, start = cue_before(low, core)
        periodic = _PERIODIC.search(low, max(0, start - WINDOW), start)
        cue, start = cue or "ngay", periodic.start() if periodic else start
        rule = _rule(freq, left)
    elif right:
        end, rule = right.end(), _rule(freq, right)
        cue = "trong" if rule else "dinh ky"
    else:
        word, begins = cue_before(low, start)
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
        month = str(3 * QUARTERS[found["q"]])
    if int(day or 1) > 31 or not 1 <= int(month or 1) <= 12:
        return None
    others = re.findall(r"(\d+)\s*(?:/|thang)\s*(\d+)", found.get("more") or "")
    if others and all(int(other) == int(day or 0) for other, _ in others):
        return f"FREQ=YEARLY;BYMONTH={','.join(str(int(m)) for m in (month, *(m for _, m in others)))};BYMONTHDAY={int(day or 1)}"
    if month:
        months = ",".join(str(int(m)) for m in (month, *re.findall(r"\d+", found.get("mos") or "")))
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={int(day) if day else -1}"
    if day and freq == "MONTHLY":
        return f"FREQ=MONTHLY;BYMONTHDAY={int(day)}"
    return None


def is_one(low: str, first: Time, second: Time) -> bool:
    """Say whether two cycles that stand side by side are said of one report."""
    return first.shape == second.shape == "set" and _BETWEEN.fullmatch(low, first.end, second.start) is not None


def joined(low: str, first: Time, second: Time) -> Time:
    """Several cycles for one report are one time (`định kỳ hằng tuần (trước 16 giờ thứ Sáu hằng tuần)`)."""
    end = second.end + (low[first.end : second.start].count("(") > 0 and low[second.end : second.end + 1] == ")")
    return replace(first, end=end, at=second.at or first.at, recurrence=second.recurrence or first.recurrence)

"""Which spans does a text say that count from something else (`trong thời hạn 05 ngày làm việc kể từ ngày nhận được …`)?

A span keeps what it counts from; it is a date only when it counts from the document's own date (Bộ luật Dân sự 2015,
articles 147 and 148).
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from nlp.directive import Bound
from nlp.lexicon import load
from nlp.timewords import WINDOW, Time

# It begins with a class of letters: a search passes quickly over all others.
_SPAN = re.compile(
    r"(?P<n>[0-9mhbn](?<!\w.)(?:(?<=[0-9])[0-9]{0,2}|(?<=m)(?:ot|uoi)|(?<=h)ai|(?<=b)ay?|(?<=n)am))(?:\s*\([^)\n]{1,16}\))?\s*"
    r"(?P<unit>ngay lam viec|ngay|gio|tuan|thang|nam)\b(?P<work>\s+lam viec)?"
)
_NEXT_DAY = re.compile(r"ngay\s+(?:lam viec\s+)?(?:tiep theo|hom sau|ke tiep|lien ke)\b")
_NEXT_DAY_CUE = re.compile(r"((?:cham nhat|muon nhat|ngay)(?:\s+(?:la|vao|trong))?|trong)\s+(?:0?1\s+)?$")
_ANCHOR = re.compile(
    r"(?:\s*\([^)\n]{1,60}\))?\s*,?\s*"
    r"(?:(?:(?:ke|tinh)\s+(?:tu|sau)|so voi|tu|sau khi|ke khi|truoc)\s*(?:ngay|khi|thoi diem|luc)?\s+|(?=ket thuc\s))"
    r"(?P<what>[^,;.:()\n]{3,90})"
)
_SPAN_CUE = re.compile(
    r"(?:(?:trong|cham nhat|muon nhat|khong qua|khong cham hon|toi da|sau|truoc)\s*(?:la|sau|trong|truoc|khong qua|toi da)?\s*"
    r"(?:thoi han|vong|thoi gian)?\s*(?:khong qua|toi da|la|cham nhat|it nhat)?\s*)$"
)
_LASTS = re.compile(r"\s*,\s*tu\s+(?:ngay\s+)?\d")  # `trong 02 ngày, từ ngày 07/8 đến …` says when it takes place
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "nam": 5, "sau": 6, "bay": 7, "chin": 9, "muoi": 10}


def spans(text: str, low: str, issued_on: dt.date | None) -> Iterator[Time]:
    """Times counted from something else: `trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản`."""
    for match in _NEXT_DAY.finditer(low):
        led = _NEXT_DAY_CUE.search(low, max(0, match.start() - WINDOW), match.start())
        if led:
            yield Time(led.start(), match.end(), led.start(), "span", " ".join(led[1].split()), "after event")
    for match in _SPAN.finditer(low):
        window = low[max(0, match.start() - WINDOW) : match.start()]
        cue = _SPAN_CUE.search(window)
        if not cue:
            continue
        words = " ".join(cue[0].split())
        anchor = _ANCHOR.match(low, match.end())
        firm = "thoi han" in words or "vong" in words or "nhat" in words or ("qua" in words and "lam viec" in match[0])
        if words == "trong" and _LASTS.match(low, match.end()):
            continue
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

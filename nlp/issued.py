"""Where and when was it issued?

The line under the motto: place, then day, month and year (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4). The day is
often written by hand or left to the signature stamp: a signing time fills a blank day only when it agrees with the
printed month and year.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ingest.transcript import Span, Transcript
from nlp.dated import read_date
from nlp.directive import Found, Place
from nlp.letters import one_line
from nlp.lines import Printed

_DATE = re.compile(
    r"(?P<ngay>ng[a-z][yv])\s*[:,]?\s*(?P<day>[^,;\n]{0,12}?)\s*(?P<thang>th[a-z]ng)\s*[:,]?\s*(?P<month>[^,;\n]{0,10}?)"
    r"\s*(?P<nam>n[a-z]m)\s*[:,]?\s*(?P<year>[12][\s0-9oilq]{2,6})"
)
_IN_DIGITS = re.compile(
    r"^\W*[a-z][a-z0-9 .'’-]{1,40},\s*(?P<ngay>ngay)\s*(?P<day>\d{1,2})(?P<thang>\s?[/.-]\s?)(?P<month>\d{1,2})(?P<nam>\s?[/.-]\s?)"
    r"(?P<year>(?:19|20)\d\d)\W*$"
)
_STAMPED = re.compile(
    r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})\s+\d{1,2}:\d{2}"
    r"|(?P<y2>\d{4})[.-](?P<m2>\d{2})[.-](?P<d2>\d{2})[ T]\d{2}:\d{2}"
)
_ADOPTED = re.compile(
    r"(?:Luật|Pháp\s+lệnh|Nghị\s+quyết)\s+này\s+(?:đã\s+)?được\s+[^.;]{4,200}?\sthông\s+qua(?:\s+tại\s[^.;]{0,80}?)?(?P<before>)\s+ngày\s+(?=\d)"
)
_HOUR = re.compile(r"[\s,]+(?:hồi|lúc|vào hồi|vào lúc)\s+\d.*$")  # a telegram names its hour
_DIGITS = str.maketrans("oODQlIi|!SsZzBbGqg", "000011111552286699")


@dataclass(frozen=True, slots=True)
class Dated:
    """What the date line says; day or month is None where it is blank or cannot be read."""

    place: str | None
    place_span: Span | None
    day: int | None
    month: int | None
    year: int
    span: Span
    day_span: Span
    day_text: str
    day_room: Span
    """From the end of `ngày` to `tháng`."""
    month_room: Span
    """From the end of `tháng` to `năm`."""


def number_in(text: str, highest: int) -> int | None:
    """Read a small number that OCR or a hand may have damaged (`O4` → 4); None where it is none or above highest."""
    digits = re.sub(r"\D", "", text.translate(_DIGITS)) if re.search(r"[\dOoQlI]", text) else ""
    letters = sum(c.isalpha() for c in text) - sum(c in "oODQlIiSsZzBbGqg" for c in text)
    if not digits or letters > 0 or not 1 <= int(digits) <= highest:
        return None
    return int(digits)


def read_date_line(lines: Sequence[Printed]) -> Dated | None:
    """Find the date line in the head, the right column before the left; a date in digits counts where none is in words."""
    return _dated(lines, _DATE) or _dated(lines, _IN_DIGITS)


def _dated(lines: Sequence[Printed], pattern: re.Pattern[str]) -> Dated | None:
    for line in sorted(lines, key=lambda each: each.kind != "right column"):
        match = pattern.search(line.bare)
        if not match or _cites(line.bare[: match.start("ngay")]):
            continue
        year = number_in(line.plain[match.start("year") : match.end("year")].strip(), 2100)
        if year is None or year < 1930:
            continue
        before = line.plain[: match.start("ngay")].rstrip(" ,.-_:;")
        name = _place_name(before)
        at = line.span.start
        return Dated(
            place=name,
            place_span=Span(at + before.rindex(name), at + before.rindex(name) + len(name)) if name and name in before else None,
            day=number_in(line.plain[match.start("day") : match.end("day")], 31),
            month=number_in(line.plain[match.start("month") : match.end("month")], 12),
            year=year,
            span=Span(at + match.start("ngay"), at + match.end("year")),
            day_span=Span(at + match.start("day"), at + match.end("day")),
            day_text=line.plain[match.start("day") : match.end("day")].strip(),
            day_room=Span(at + match.end("ngay"), at + match.start("thang")),
            month_room=Span(at + match.end("thang"), at + match.start("nam")),
        )
    return None


def _cites(before: str) -> bool:
    """A date behind a number is the date of a cited document, unless it is the number line that OCR joined with place and date."""
    if re.match(r"\W*so\W", before) and before.rstrip().endswith(","):
        return False
    return bool(re.search(r"\bso\b.*\d|[/-][a-z]{2,}|kem theo", before))


def _place_name(before: str) -> str | None:
    """Give the place: the last words with capitals before the date."""
    behind = re.sub(r"^.*/\S*\s", "", before.rsplit("  ", maxsplit=1)[-1])  # a number joined to it
    behind = _HOUR.sub("", behind)
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?\.?", behind)
    while words and not words[0][:1].isupper():
        words = words[1:]
    text = one_line(" ".join(words)).strip(" .,")
    return text if 2 <= len(text) <= 40 else None


def signing_times(transcript: Transcript, stamps: Iterable[Printed]) -> list[datetime]:
    """Give the times at which the document was signed: from its signatures, and from the stamps printed on it."""
    times = [signature.signed_at.replace(tzinfo=None) for signature in transcript.signatures if signature.signed_at]
    for text in [line.plain for line in stamps] + [signature.text for signature in transcript.signatures]:
        for match in _STAMPED.finditer(text):
            day, month, year = (match[a] or match[b] for a, b in (("day", "d2"), ("month", "m2"), ("year", "y2")))
            try:
                times.append(datetime(int(year), int(month), int(day)))  # noqa: DTZ001 - a stamp prints office time
            except ValueError:
                continue
    return sorted(times)


def issued_on(dated: Dated, times: Sequence[datetime], *, by_hand: bool) -> tuple[Found[date] | None, str | None]:
    """Give (date of issue, why it is missing).

    A clean day stands; a blank one is filled from a signing time of that month; one written by hand (by_hand: read from
    a picture and not plainly) is weighed against the days up to the first signing.
    """
    printed = _day(dated.year, dated.month, dated.day)
    fitting = [time.date() for time in times if time.year == dated.year and dated.month in (None, time.month)]
    if printed and not by_hand:
        return _weighed(printed, dated, times), None
    if by_hand and (fitting or (times and printed)):
        near = fitting or [times[0].date()]
        days = [near[0] - timedelta(days=back) for back in range(4)]
        best = max(days, key=lambda day: _agrees(dated.day_text, day) - 0.1 * (near[0] - day).days)
        others = tuple(day for day in (*([printed] if printed else ()), *days) if day != best)
        return Found(best, Place(dated.span), 0.5, "ngày viết tay, đối chiếu thời điểm ký số", others), None
    if printed:
        return Found(printed, Place(dated.span), 0.5, "dòng địa danh, ngày tháng; ngày viết tay"), None
    if fitting and dated.month:
        return Found(fitting[-1], Place(dated.span), 0.85, "ngày để trống, lấy theo thời điểm ký số cùng tháng, năm"), None
    if re.search(r"\w", dated.day_text):
        return None, f"Không đọc được ngày ban hành: “{dated.day_text}”."
    return None, "Văn bản để trống ngày, tháng ban hành."


def adopted_on(plain: str) -> Found[date] | None:
    """Give the day on which a law without a date line was adopted (`Luật này được Quốc hội … thông qua ngày …`), as it says at its end."""
    found = [(said.end("before"), read) for said in _ADOPTED.finditer(plain) if (read := read_date(plain, said.end()))]
    start, (day, end) = found[-1] if found else (0, (None, 0))
    return Found(day, Place(Span(start + 1, end)), 0.9, "ngày thông qua ghi ở cuối văn bản") if day else None


def near_signing(dated: Dated, times: Sequence[datetime]) -> bool:
    """Say whether the day as read is one on which the document can have been issued: none signed it yet, or within a week after."""
    printed = _day(dated.year, dated.month, dated.day)
    return not times or (printed is not None and 0 <= (times[0].date() - printed).days <= 7)


def _day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _agrees(read: str, day: date) -> float:
    """Say how well a day agrees with what was read of a hand: 3 wholly, 1 to 1.5 in one figure, 0 not."""
    figures = re.sub(r"\D", "", read.translate(_DIGITS))
    written = f"{day.day:02d}"
    if figures in (written, str(day.day)):
        return 3.0
    if figures[-1:] == written[-1]:
        return 1.5
    return 1.0 if figures[:1] == written[0] and figures else 0.0


def _weighed(printed: date, dated: Dated, times: Sequence[datetime]) -> Found[date]:
    """A printed date that lies far from every signing time is doubtful."""
    near = any(abs((time.date() - printed).days) <= 3 for time in times)
    others = tuple(sorted({time.date() for time in times if time.date() != printed}))
    if times and not near:
        return Found(printed, Place(dated.span), 0.5, "dòng địa danh, ngày tháng; lệch thời điểm ký số", others)
    return Found(printed, Place(dated.span), 0.98 if near else 0.9, "dòng địa danh, ngày tháng")

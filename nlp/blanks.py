"""Where are number and date written into blanks of the head, and what do a second look and the witnesses make of them?

A registrar writes serial, day and month into the room that Nghị định 30/2020/NĐ-CP leaves for them. Witnesses are the
first reading, the times of the digital signatures (a document is issued before it is signed and passed on, seldom by
more than a few days), and the days of the documents that it cites.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ingest.transcript import Blank, Box, Look, Span, Transcript, Word
from nlp.directive import Found, Place
from nlp.issued import Dated
from nlp.serial import Numbered
from nlp.zones import Zones

HIGHEST_SERIAL = 9999
_LABEL_HEIGHT = 0.9  # ems: how high `Số:` is
_WIDTHS = dict.fromkeys("/t:.,il", 0.28) | dict.fromkeys("-IJ", 0.34) | {"m": 0.72, "M": 0.85, "W": 0.85}  # ems, of Times
_CAPITAL, _SMALL_LETTER = 0.68, 0.49
_TOO_WIDE, _SLACK = 1.15, 1.02  # of the width that a word has in print: from where it holds more; where it surely ends
_ABOVE, _BELOW = 1.15, 1.05  # of the height of `Số:`, from the middle of the word before: how far a hand reaches
_NARROW = 0.5  # of the same: a narrower room holds nothing
_UNSEEN, _UNSEEN_PRINT = 0.004, 0.06  # chance of what a look did not see at all, and of a month, which is printed more often
_CLEAR = 12.0  # how much a first reading adds that was wholly sure
_PLAIN, _PART = 0.8, 0.5  # how surely print is read; share of a look's chance that goes to the whole of which it saw a part
_DELAYS = (0.4, 0.25, 0.12, 0.07, 0.04, 0.04, 0.03, 0.03)  # chance that a document is signed so many days after its date
_LATE, _NEVER, _LONG = 0.01, 0.004, 60  # signed later; signed before its date; days after which signing tells nothing
_CITED_LATER = 0.1  # of its chance a day keeps that lies before a day cited in the text
_NAMED = 0.02  # share from which another reading is worth naming
_AT_MOST = 0.97
_CITED = re.compile(r"\d[/-][^\s,;]{2,24},?\s{1,3}ngày\s{1,3}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_BARE_DAY = 0.5  # of its chance a day under ten keeps that is written without a nought: the form asks for it


@dataclass(frozen=True, slots=True)
class HeadBlanks:
    """The places of serial, day and month."""

    serial: Blank | None = None
    day: Blank | None = None
    month: Blank | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What stands in a blank after all witnesses were heard: each number with its digits and its share, the surest first."""

    blank: Blank
    shares: tuple[tuple[int, str, float], ...]


def head_blanks(numbered: Numbered | None, dated: Dated | None, transcript: Transcript) -> HeadBlanks:
    """Give the places between `Số:` and the symbol, `ngày` and `tháng`, `tháng` and `năm`, where they were read from a picture."""
    day, month = (_room(transcript, room) for room in (dated.day_room, dated.month_room)) if dated else (None, None)
    serial = _room(transcript, numbered.serial_span) if numbered else None
    em = _em(month.after, month.after_text) if month else None
    if serial and em is None:
        em = serial.height / _LABEL_HEIGHT
    return HeadBlanks(
        _blank(serial, HIGHEST_SERIAL, em, "Số:"),
        _blank(day, 31, em, "ngày"),
        _blank(month, 12, em, "tháng"),
    )


def _em(word: Box, text: str) -> float | None:
    """Give the size of the print by the width of a word."""
    return (word.x1 - word.x0) / _width(text) if text else None


def _width(text: str) -> float:
    """Give how wide a text is in Times, in ems."""
    return sum(_WIDTHS.get(c, _CAPITAL if c.isupper() else _SMALL_LETTER) for c in text)


@dataclass(frozen=True, slots=True)
class _Room:
    """What stands around a blank: the words before and behind it, and of each the part that is print, not handwriting."""

    page: int
    before: Box
    after: Box
    is_read: bool
    """Something of it was read from a picture."""
    is_glued: tuple[bool, bool]
    """OCR joined what stands in the blank to the word before it, to the word behind it."""
    after_text: str

    @property
    def height(self) -> float:
        """Give the height of the print in points."""
        return max(self.before.y1 - self.before.y0, 0.8 * (self.after.y1 - self.after.y0))


def _room(transcript: Transcript, span: Span) -> _Room | None:
    page = transcript.page_at(span.start)
    start, text = transcript.start_of(page), page.text
    left, right = span.start - start, span.end - start
    while left > 0 and text[left - 1] == " ":
        left -= 1
    while right < len(text) and text[right] == " ":
        right += 1
    before, after = _word_at(page.words, left - 1), _word_at(page.words, right)
    if before is None or after is None or before.box is None or after.box is None:
        return None
    around = [word for word in page.words if before.span.start <= word.span.start <= after.span.start]
    is_read = any(word.origin == "OCR" for word in around)  # print of a text layer may stand around what a picture holds
    glued = before.span.end > left, after.span.start < right
    return _Room(page.number, before.box, after.box, is_read, glued, text[right : after.span.end])


def _blank(room: _Room | None, most: int, em: float | None, label: str) -> Blank | None:
    """Give the place between two words; what is joined to them is parted by how wide they are when printed."""
    if room is None or not room.is_read or em is None:
        return None
    printed = em * _width(label)
    is_wide = room.is_glued[0] or room.before.x1 - room.before.x0 > _TOO_WIDE * printed
    x0 = room.before.x0 + _SLACK * printed if is_wide else room.before.x1
    behind = em * _width(room.after_text)
    is_wide = room.is_glued[1] or room.after.x1 - room.after.x0 > _TOO_WIDE * behind
    x1 = room.after.x1 - _SLACK * behind if is_wide else room.after.x0
    height = em * _LABEL_HEIGHT
    if x1 - x0 < _NARROW * height:
        return None
    middle = (room.before.y0 + room.before.y1) / 2
    return Blank(room.page, Box(x0, max(0.0, middle - _ABOVE * height), x1, middle + _BELOW * height), most)


def _word_at(words: Iterable[Word], offset: int) -> Word | None:
    return next((word for word in words if word.span.start <= offset < word.span.end), None)


def written_serial(numbered: Numbered, blank: Blank | None, transcript: Transcript, looks: Sequence[Look]) -> Found[str] | None:
    """Give the serial as look and first reading have it together; None where no look was taken or nothing was seen."""
    look = _look_at(blank, looks)
    if look is None:
        return None
    clean = numbered.serial if numbered.serial == numbered.raw else None
    weighed = weigh_serial(look, clean, _confidence(transcript, numbered.serial_span))
    if not weighed.shares:
        return None
    (_, digits, share), *others = weighed.shares
    printed = re.match(r"\d+", clean or "")  # a serial may have a letter: `154a`
    if clean and printed and int(printed[0]) == weighed.shares[0][0]:
        digits = clean
    place = Place(numbered.span, look.blank.page, look.blank.box)
    return Found(
        digits, place, _sureness(share), "số, ký hiệu; xem lại chỗ ghi số", tuple(other for _, other, part in others if part > _NAMED)
    )


def written_day(
    dated: Dated, blanks: HeadBlanks, times: Sequence[datetime], zones: Zones, transcript: Transcript, looks: Sequence[Look]
) -> Found[date] | None:
    """Give the date of issue as looks, first reading and witnesses have it together; None where no look was taken."""
    at_day, at_month = _look_at(blanks.day, looks), _look_at(blanks.month, looks)
    signed = [time.date() for time in times]
    month, share = dated.month, 1.0
    if at_month is not None:
        months = weigh_month(at_month, dated.month, _confidence(transcript, dated.month_room), signed, dated.year)
        if months.shares:
            month, _, share = months.shares[0]
    if at_day is None or month is None:
        return None
    read = (dated.day if re.fullmatch(r"\d{1,2}", dated.day_text) else None, _confidence(transcript, dated.day_span))
    weighed = weigh_day(at_day, read, signed, _cited(zones.plain, dated.year, month), (dated.year, month))
    if not weighed.shares:
        return None
    (day, _, part), *others = weighed.shares
    place = Place(dated.span, at_day.blank.page, at_day.blank.box)
    rule = "dòng địa danh, ngày tháng; xem lại chỗ ghi ngày" + (", đối chiếu thời điểm ký số" if signed else "")
    days = tuple(date(dated.year, month, other) for other, _, chance in others if chance > _NAMED)
    return Found(date(dated.year, month, day), place, _sureness(min(part, share)), rule, days)


def _sureness(share: float) -> float:
    """Give the confidence that goes with a share: even where all agree, a hand was read."""
    return round(_AT_MOST * share, 3)


def _cited(plain: str, year: int, month: int) -> date | None:
    """Give the latest day of that month or before on which a document that the text names was issued."""
    found = [_day(int(m[3]), int(m[2]), int(m[1])) for m in _CITED.finditer(plain)]
    return max((day for day in found if day and (day.year, day.month) <= (year, month)), default=None)


def _look_at(blank: Blank | None, looks: Sequence[Look]) -> Look | None:
    return next((look for look in looks if look.blank == blank), None) if blank else None


def _confidence(transcript: Transcript, span: Span) -> float:
    """Give how surely the words of a span were read; 0 where there are none."""
    return min((word.confidence for _, word in transcript.words_in(span)), default=0.0)


def weigh_serial(look: Look, read: str | None, sure: float) -> Weighed:
    """Weigh the readings of a serial with the first one and how sure it was."""
    chances = _chances(look, read, sure)
    return _weighed(look, {number: chance for number, chance in chances.items() if number > 0})


def weigh_month(look: Look, read: int | None, sure: float, signed: Sequence[date], year: int) -> Weighed:
    """Weigh the readings of a month with the first one and the months of signing in that year."""
    chances = _chances(look, str(read) if read else None, sure, unseen=_UNSEEN_PRINT)
    months = {day.month for day in signed if day.year == year}
    return _weighed(look, {n: chance * (1.0 if not months or n in months else 0.2) for n, chance in chances.items()})


def weigh_day(look: Look, read: tuple[int | None, float], signed: Sequence[date], cited: date | None, month: tuple[int, int]) -> Weighed:
    """Weigh the readings of a day of (year, month) with the first one (and how sure it was), the times of signing and what is cited."""
    chances = _chances(look, str(read[0]) if read[0] else None, read[1])
    chances |= {day.day: _UNSEEN for day in signed if (day.year, day.month) == month and day.day not in chances}
    weights = {}
    for number, chance in chances.items():
        day = _day(*month, number)
        if day is not None:
            late = _CITED_LATER if cited is not None and day < cited else 1.0
            weights[number] = chance * _delay(day, signed) * late
    return _weighed(look, weights)


def _chances(look: Look, read: str | None, sure: float, *, unseen: float = _UNSEEN) -> dict[int, float]:
    """Give how likely each number is by the look and the first reading together."""
    chances: dict[int, float] = defaultdict(float)
    for reading in look.readings:
        bare_day = len(reading.digits) == 1 and look.blank.most < HIGHEST_SERIAL
        chances[int(reading.digits)] += reading.chance * (_BARE_DAY if bare_day else 1.0)
    if read and read.isdigit() and 0 < int(read) <= look.blank.most:
        chances[int(read)] = max(chances[int(read)], unseen, _cut_off(look, read) if sure >= _PLAIN else 0.0) * (1 + _CLEAR * sure)
    return dict(chances)


def _cut_off(look: Look, read: str) -> float:
    """Give the chance that the look saw only a part of what was read: print wider than thought reaches out of its room (`2` of 27)."""
    parts = [
        reading.chance
        for reading in look.readings
        if reading.digits != read and (read.startswith(reading.digits) or read.endswith(reading.digits))
    ]
    return _PART * max(parts, default=0.0)


def _delay(day: date, signed: Sequence[date]) -> float:
    """Give how likely a day is by the first signing."""
    if not signed:
        return 1.0
    late = (min(signed) - day).days
    if late < 0:
        return _NEVER
    if late >= _LONG:
        return _LATE
    return _DELAYS[late] if late < len(_DELAYS) else _LATE


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weighed(look: Look, weights: Mapping[int, float]) -> Weighed:
    spelled: dict[int, str] = {}
    for reading in look.readings:
        spelled.setdefault(int(reading.digits), reading.digits)
    total = sum(weights.values())
    ordered = sorted(weights, key=lambda number: -weights[number])
    return Weighed(look.blank, tuple((n, spelled.get(n, str(n)), weights[n] / total) for n in ordered) if total else ())

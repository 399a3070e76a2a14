"""What did the office that took the paper in put into its stamp: its own number, the day, and to whom the paper went on?

The form is that of Decree 30/2020/NĐ-CP, Appendix IV: `Số`, `Ngày`, `Chuyển` below each other. None of it is the
document's own number or date. It is filled in by hand more often than not, and then always left for a person to verify.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from ingest.transcript import Blank, Box, Look, Page, Span, Transcript, Word
from nlp.dated import WRITTEN, read_date
from nlp.directive import Found, Place
from nlp.letters import bare, mended
from nlp.likeness import likeness

Name = Literal["so", "ngay", "chuyen"]
NAMES = {"so": "arrived_as", "ngay": "arrived_on", "chuyen": "forwarded_to"}
_LABEL = re.compile(r"(?P<name>so|s0|ngay|chuyen)(?![^\W\d_])(?P<rest>.*)")
_OTHER_VOWELS = "ơớờởỡợ"  # SỞ, without its marks, is Số
_ARRIVED = re.compile(r"(?<!\w)[ĐDÐ][ÊẾỀỂỄỆEÉÈẺẼẸ]N(?!\w)")  # ĐẾN, however its marks were read
_BESIDE = " .,:;|…_-–—()[]*'\"“”"
_SERIAL = re.compile(r"\d{1,6}(?:[/-][^\W\d_][\w-]{0,11})?(?!\w)")
_PRINTED = 0.8  # how surely the words are read that were printed or stamped; a hand's are not
_WORDS = 0.6  # how surely the name must be read of whom the paper went to
_LEVEL = 0.7  # of a label's height: what stands beside it lies no higher or lower
_ROW = (0.8, 2.2)  # of a label's height: how far two lines of the stamp stand apart
_ABOVE, _BELOW, _END = 0.9, 0.55, 0.035  # of a label's height, from its middle; of the stamp's width: its frame
_LABEL_WIDTH = 0.7  # of `Ngày`: how wide `Số` is
_HIGHEST = 99_999
_DAY = 3_199_999_999  # ten digits: a hand's strokes between day, month and year are read as ones
_LONGEST = 60  # days from the document's date, in which it comes in
_FAR = 0.9  # of its chance a day keeps for each day that went by
_ALIKE, _STRICT = 0.8, 8  # how alike what was read is to a day, at least; how much of its chance a difference costs
_NAMED, _AT_MOST = 0.05, 0.6


@dataclass(frozen=True, slots=True)
class Arrival:
    """The number, the day and the reader that the stamp names, and which of them (as fields of a Directive) are to verify."""

    number: Found[str] | None = None
    on: Found[date] | None = None
    forwarded_to: Found[str] | None = None
    to_verify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A label of the stamp with the words beside it; spans count characters of the page, starts at is its first in the whole text."""

    name: Name
    page: Page
    starts: int
    label: Word
    values: tuple[Word, ...]
    glued: str
    """What OCR joined to the label."""
    right: float | None
    """Where the stamp ends on the right; None where it has no frame."""

    @property
    def text(self) -> str:
        """Give what stands beside the label."""
        return " ".join([self.glued, *(mended(self.page.text[word.span.start : word.span.end]) for word in self.values)]).strip(_BESIDE)

    @property
    def place(self) -> Place:
        """Give the place of label and words."""
        last = max((word.span.end for word in self.values), default=self.label.span.end)
        return Place(Span(self.label.span.start, max(last, self.label.span.end)).moved(self.starts))

    @property
    def sureness(self) -> float:
        """Say how surely the words beside the label were read."""
        words = self.values or (self.label,)
        return min(word.confidence for word in words)

    @property
    def blank(self) -> Blank | None:
        """Give the room beside the label, where it is worth a second look: in the frame of a stamp on a picture."""
        box = self.label.box
        if box is None or self.right is None or self.label.origin != "OCR" or self.name == "chuyen":
            return None
        return _room(self.page.number, (box.x1, self.right), ((box.y0 + box.y1) / 2, box.y1 - box.y0), self.name)


def arrival_blanks(transcript: Transcript) -> tuple[Blank, ...]:
    """Name the places of number and day in the stamp that are worth a second look: what is not printed there."""
    return tuple(blank for name in ("so", "ngay") if (blank := _blank(name, _lines(transcript))) is not None)


def read_arrival(transcript: Transcript, looks: Sequence[Look], issued: date | None) -> Arrival:
    """Read the stamp; looks are what was seen at its blanks, issued is the document's own date: it cannot have come in before."""
    lines = _lines(transcript)
    seen = {look.blank: look for look in looks}
    number, by_hand = _printed_number(lines), False
    if number is None and (look := _seen(_blank("so", lines), seen)):
        number, by_hand = _written_number(look), True
    day = _printed_day(lines)
    if day is None and (look := _seen(_blank("ngay", lines), seen)):
        day = _written_day(look, issued)
    onward = _onward(lines)
    doubts = {
        "arrived_as": number is not None and (by_hand or number.confidence < _PRINTED),
        "arrived_on": day is not None and (day.confidence < _PRINTED or (issued is not None and day.value < issued)),
        "forwarded_to": onward is not None and onward.confidence < _PRINTED,
    }
    return Arrival(number, day, onward, tuple(name for name, doubted in doubts.items() if doubted))


def _lines(transcript: Transcript) -> list[_Line]:
    """Give the labelled lines of the first stamp that has any."""
    for page, starts in zip(transcript.pages, transcript.starts, strict=True):
        for words, right in _stamps(page):
            if lines := list(_labelled(page, starts, words, right)):
                return lines
    return []


def _stamps(page: Page) -> Iterator[tuple[list[Word], float | None]]:
    """Yield the words of each arrival stamp of a page, and where it ends on the right."""
    frames = [region.box for region in page.regions if region.kind == "arrival stamp"]
    for block in page.blocks:
        if block.kind != "stamp" or block.box is None:
            continue
        box = block.box
        frame = next((frame for frame in frames if _holds(frame, box)), None)
        if frame is not None or _ARRIVED.search(page.text[block.span.start : block.span.end]):
            words = [word for word in page.words if block.span.start <= word.span.start < block.span.end and word.box]
            yield words, frame.x1 - _END * (frame.x1 - frame.x0) if frame else None


def _holds(frame: Box, box: Box) -> bool:
    """Say whether the middle of a box lies in a frame."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return frame.x0 <= x <= frame.x1 and frame.y0 <= y <= frame.y1


def _labelled(page: Page, starts: int, words: Sequence[Word], right: float | None) -> Iterator[_Line]:
    labels = [(word, match) for word in words if (match := _label(page.text[word.span.start : word.span.end]))]
    for word, match in labels:
        beside = _beside(word, words)
        stops = next((i for i, other in enumerate(beside) if any(other is label for label, _ in labels)), len(beside))
        values = beside[:stops]
        if values and bare(page.text[values[0].span.start : values[0].span.end]).strip(_BESIDE) == "den":  # `Số đến: 12`
            values = values[1:]
        name: Name = "so" if match["name"].startswith("s") else "ngay" if match["name"] == "ngay" else "chuyen"
        line = _Line(name, page, starts, word, tuple(values), match["rest"].strip(_BESIDE), right)
        if name != "so" or ":" in match["rest"] or not line.text[:1].isalpha():  # `Sô Nội vụ` is who has the stamp
            yield line


def _label(text: str) -> re.Match[str] | None:
    """Read a word as a label with what OCR joined to it."""
    word = mended(text).lower().lstrip(_BESIDE)
    match = _LABEL.match(bare(word))
    return None if match is None or (match["name"] == "so" and word[1] in _OTHER_VOWELS) else match


def _beside(label: Word, words: Sequence[Word]) -> list[Word]:
    """Give the words to the right of a label on its line, from left to right."""
    own = label.box
    if own is None:
        return []
    middle, reach = (own.y0 + own.y1) / 2, _LEVEL * (own.y1 - own.y0)
    found = [
        (box.x0, word)
        for word in words
        if word is not label and (box := word.box) and box.x0 >= (own.x0 + own.x1) / 2 and abs((box.y0 + box.y1) / 2 - middle) < reach
    ]
    return [word for _, word in sorted(found, key=lambda pair: pair[0])]


def _named(name: Name, lines: Sequence[_Line]) -> _Line | None:
    return next((line for line in lines if line.name == name), None)


def _printed_number(lines: Sequence[_Line]) -> Found[str] | None:
    line = _named("so", lines)
    match = _SERIAL.match(line.text) if line else None
    if line is None or match is None or line.sureness < _PRINTED:
        return None
    return Found(match[0].upper(), line.place, round(line.sureness, 3), "dấu đến, mục Số")


def _printed_day(lines: Sequence[_Line]) -> Found[date] | None:
    line = _named("ngay", lines)
    match = WRITTEN.search(line.text) if line else None
    read = read_date(line.text, match.start()) if line and match else None
    if line is None or read is None or read[0] is None or line.sureness < _PRINTED:
        return None
    return Found(read[0], line.place, round(line.sureness, 3), "dấu đến, mục Ngày")


def _onward(lines: Sequence[_Line]) -> Found[str] | None:
    """Read to whom the paper went on, where that is print: what a hand wrote is kept as a picture only."""
    line = _named("chuyen", lines)
    if line is None or sum(letter.isalpha() for letter in line.text) < 2 or line.sureness < _WORDS:
        return None
    return Found(line.text, line.place, round(line.sureness, 3), "dấu đến, mục Chuyển")


def _room(page: int, sides: tuple[float, float], row: tuple[float, float], name: Name) -> Blank | None:
    """Give the room between two sides on a line of the stamp (its middle, the height of its label); None where there is none."""
    (x0, x1), (middle, height) = sides, row
    if x1 - x0 < height:
        return None
    box = Box(x0, max(0.0, middle - _ABOVE * height), x1, middle + _BELOW * height)
    return Blank(page, box, _HIGHEST if name == "so" else _DAY)


def _blank(name: Name, lines: Sequence[_Line]) -> Blank | None:
    """Give the place of number or day, unless it is printed; the number's also where only the two lines below it were read."""
    line = _named(name, lines)
    if (_printed_number if name == "so" else _printed_day)(lines) is not None:
        return None
    if line is not None or name != "so":
        return line.blank if line else None
    below = [line for line in lines if line.name in ("ngay", "chuyen")]
    for day, onward in pairwise(sorted(below, key=lambda line: line.name == "chuyen")):
        first, second = day.label.box, onward.label.box
        if day.name == onward.name or first is None or second is None or day.right is None or day.label.origin != "OCR":
            continue
        height, apart = first.y1 - first.y0, (second.y0 + second.y1 - first.y0 - first.y1) / 2
        if _ROW[0] * height < apart < _ROW[1] * height:
            left = first.x0 + _LABEL_WIDTH * (first.x1 - first.x0)
            return _room(day.page.number, (left, day.right), ((first.y0 + first.y1) / 2 - apart, height), "so")
    return None


def _seen(blank: Blank | None, seen: dict[Blank, Look]) -> Look | None:
    return seen.get(blank) if blank else None


def _written_number(look: Look) -> Found[str] | None:
    if not look.readings:
        return None
    first, *others = look.readings
    candidates = tuple(other.digits for other in others if other.chance > _NAMED)
    confidence = round(min(_AT_MOST, first.chance), 3)
    return Found(first.digits, Place(page=look.blank.page, box=look.blank.box), confidence, "dấu đến, mục Số viết tay", candidates)


def _written_day(look: Look, issued: date | None) -> Found[date] | None:
    """Find the days after the document's own whose figures are most like what was read; without that day nothing is guessed."""
    if issued is None:
        return None
    days = [issued + timedelta(days=back) for back in range(_LONGEST + 1)]
    weights = {day: weight for back, day in enumerate(days) if (weight := _weight(day, look, back))}
    ranked = sorted(weights, key=lambda day: -weights[day])
    if not ranked:
        return None
    total = sum(weights.values())
    candidates = tuple(day for day in ranked[1:4] if weights[day] > _NAMED * total)
    confidence = round(min(_AT_MOST, weights[ranked[0]] / total), 3)
    return Found(
        ranked[0],
        Place(page=look.blank.page, box=look.blank.box),
        confidence,
        "dấu đến, mục Ngày viết tay, đối chiếu ngày ban hành",
        candidates,
    )


def _weight(day: date, look: Look, back: int) -> float:
    """Weigh a day by how alike its figures are to each reading."""
    alike = [
        reading.chance * likeness(written, reading.digits) ** _STRICT
        for reading in look.readings
        for written in _figures(day)
        if likeness(written, reading.digits) >= _ALIKE
    ]
    return max(alike, default=0.0) * _FAR**back


def _figures(day: date) -> Iterator[str]:
    """Yield the figures that a hand may have written a day with; a stroke between them looks like a one, a dot like nothing."""
    for between in ("1", ""):
        for figures in {f"{day.day}", f"{day.day:02}"}:
            for month in {f"{day.month}", f"{day.month:02}"}:
                yield from (between.join((figures, month, year)) for year in (f"{day.year}", f"{day.year % 100:02}"))

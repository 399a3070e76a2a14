"""Which digits did a hand write into the blanks of number and day?

Tesseract guesses at handwriting. A blank that it could not fill surely is cut out, written again in many ways, and read
with digits only; the reading that most of them give stands, as surely as they agree, never more than a guess.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.characters import folded
from ingest.composing import Token
from ingest.ocr import read_digits
from ingest.scan import Scan
from ingest.strokes import written_in
from ingest.transcript import Box

_HEAD = 0.42  # of the page's height: number and day stand above
_RIGHT = 0.4  # of the page's width: the date stands further right
_AFTER_YEAR = 4  # words from `năm` to the end of the line
_SURE = 0.85  # confidence from which digits are left as they were read
_PRINTED = 0.5  # confidence from which digits that are one word with their symbol are printed, not written
_AT_MOST = 0.6  # confidence of digits that all ways of writing agree in
_LONGEST = 4  # digits of a number in a year
_FEWEST, _MANY = 3, 12  # ways that must agree, and so many that they are believed
_SERIAL = re.compile(r"\W{0,2}s[o6]\W{0,2}(?:$|[:;.]\W?[^/]{0,3}$)")
_SERIAL_WIDTH = 1.45  # of its height: how wide `Số:` is
_SYMBOL = re.compile(r"[/-]\s*[A-ZĐ]")
_LABEL = re.compile(r"\W?ng.?y|\W{0,2}[Ss]\w\W?[:;.]")
_DAY, _MONTH, _YEAR = re.compile(r"\W?ng\w?y"), re.compile(r"^\W{0,2}th\wng\W?$"), re.compile(r"^\W{0,2}n\wm\W?$")


def fill_blanks(scan: Scan, lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Give the lines of a page with the digits that were written into the blanks of its head."""
    return [_filled(scan, list(line)) if _is_in_head(scan, line) else list(line) for line in lines]


def _is_in_head(scan: Scan, line: Sequence[Token]) -> bool:
    return bool(line) and line[0].box is not None and line[0].box.y1 < _HEAD * scan.height


def _filled(scan: Scan, line: list[Token]) -> list[Token]:
    """Fill the blanks of a line that begins with the number, or that ends with place and date."""
    first = next((i for i, token in enumerate(line) if any(c.isalpha() for c in token.text)), 0)
    if _SERIAL.match(folded(line[first].text)) and "S" in line[first].text:
        line = _fill(scan, line, first, _SYMBOL, 9999)
    for label, end, most in ((_DAY, _MONTH, 31), (_MONTH, _YEAR, 12)):
        at = next((i for i, token in enumerate(line) if label.match(token.text) and _is_date(scan, line, i)), None)
        if at is not None:
            line = _fill(scan, line, at, end, most)
    return line


def _is_date(scan: Scan, line: Sequence[Token], at: int) -> bool:
    """Say whether place and date stand here: on the right of the page, the year at the end of the line."""
    box = line[at].box
    year = next((i for i in range(at, len(line)) if _YEAR.match(line[i].text)), None)
    return box is not None and box.x0 > _RIGHT * scan.width and year is not None and len(line) - year <= _AFTER_YEAR


def _fill(scan: Scan, line: list[Token], at: int, ends: re.Pattern[str], most: int) -> list[Token]:
    """Read the blank between word at and the next word that ends it, a number up to most, unless it was read surely."""
    end = next((j for j in range(at + 1, min(at + 5, len(line))) if ends.search(line[j].text)), None)
    if end is None:
        return line
    before, after, between = line[at], line[end], line[at + 1 : end]
    if between and all(token.text.isdigit() and token.confidence >= _SURE and 0 < int(token.text) <= most for token in between):
        return line
    lead = _SYMBOL.search(after.text)
    if lead and after.text[: lead.start()].isdigit() and after.confidence >= _PRINTED:
        return line
    blank = _blank(before, after)
    found = _read(scan, blank, most) if blank else None
    if found is None or blank is None:
        return line
    digits, confidence = found
    if lead and lead.start():  # digits stuck to the symbol are in the blank too
        line[end] = Token(after.text[lead.start() :], after.box, "OCR", after.confidence)
    label = _LABEL.match(before.text)
    if label:  # and so are those stuck to the word before it
        line[at] = Token(label[0], before.box, "OCR", before.confidence)
    return [*line[: at + 1], Token(digits, blank, "OCR", confidence), *line[end:]]


def _blank(before: Token, after: Token) -> Box | None:
    """Give the room between two words; what is stuck to `ngày` or to the symbol counts in."""
    if before.box is None or after.box is None:
        return None
    height = max(before.box.y1 - before.box.y0, 0.8 * (after.box.y1 - after.box.y0))
    left = before.box.x1
    match = _DAY.match(before.text)
    if _SERIAL.match(folded(before.text)):
        left = min(left, before.box.x0 + _SERIAL_WIDTH * height)
    if match and match.end() < len(before.text):
        left = before.box.x0 + 0.8 * (after.box.x1 - after.box.x0)  # `ngày` is so wide beside `tháng`
    lead = _SYMBOL.search(after.text)
    right = after.box.x0 + (lead.start() / len(after.text) * (after.box.x1 - after.box.x0) if lead else 0.0)
    if right - left < 0.5 * height:
        return None
    middle = (before.box.y0 + before.box.y1) / 2
    return Box(left, max(0.0, middle - 1.15 * height), right, middle + 1.05 * height)


def _read(scan: Scan, blank: Box, most: int) -> tuple[str, float] | None:
    """Give the digits that most spellings of the blank are read as, and how surely; None where too few agree."""
    written = written_in(scan.grey[int(blank.y0) : int(blank.y1), int(blank.x0) : int(blank.x1)])
    read = [digits for digits in read_digits(written.sheet) if len(digits) <= _LONGEST and 0 < int(digits) <= most]
    votes = Counter(digits for digits in read if not 1 < written.count <= 4 or len(digits) == written.count)
    if not votes:
        return None
    digits, agreeing = votes.most_common(1)[0]
    return (digits, _AT_MOST * agreeing / max(_MANY, votes.total())) if agreeing >= _FEWEST else None

"""Which digits did a hand write into the blanks of number and day?

Tesseract guesses at handwriting. A blank that it could not fill surely is cut out, written again in many ways, and read
with digits only; the reading that most of them give stands, as surely as they agree, never more than a guess.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ingest.characters import folded
from ingest.composing import Token
from ingest.ocr import read_digits
from ingest.scan import Scan
from ingest.strokes import written_in
from ingest.transcript import Box

_HEAD = 0.42  # of the page's height: number and day stand above
_SURE = 0.85  # confidence from which digits are left as they were read
_AT_MOST = 0.6  # confidence of digits that all ways of writing agree in
_FEWEST, _MANY = 3, 12  # ways that must agree, and so many that they are believed
_SERIAL = re.compile(r"\W{0,2}s[o6]\W{0,2}(?:$|[:;.]\W?[^/]{0,3}$)")
_SERIAL_WIDTH = 1.45  # of its height: how wide `Số:` is
_SYMBOL = re.compile(r"[/-]\s*[A-ZĐ]")
_LABEL = re.compile(r"\W?ng.?y|\W{0,2}[Ss]\w\W?[:;.]")
_DAY, _MONTH, _YEAR = re.compile(r"\W?ng.?y"), re.compile(r"\W{0,2}th.ng\W?$"), re.compile(r"\W{0,2}n.m\W?$")


def fill_blanks(scan: Scan, lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Give the lines of a page with the digits that were written into the blanks of its head."""
    return [_filled(scan, list(line)) if _is_in_head(scan, line) else list(line) for line in lines]


def _is_in_head(scan: Scan, line: Sequence[Token]) -> bool:
    return bool(line) and line[0].box is not None and line[0].box.y1 < _HEAD * scan.height


def _filled(scan: Scan, line: list[Token]) -> list[Token]:
    for i in range(len(line)):
        text = folded(line[i].text)
        if _SERIAL.match(text):
            line = _fill(scan, line, i, lambda token: bool(_SYMBOL.search(token.text)), lambda digits: len(digits) <= 4)
        elif _DAY.match(text):
            line = _fill(scan, line, i, lambda token: bool(_MONTH.match(folded(token.text))), lambda digits: 0 < int(digits) <= 31)
        elif _MONTH.match(text):
            line = _fill(scan, line, i, lambda token: bool(_YEAR.match(folded(token.text))), lambda digits: 0 < int(digits) <= 12)
        if i + 1 >= len(line):
            break
    return line


def _fill(scan: Scan, line: list[Token], at: int, ends: Callable[[Token], bool], fits: Callable[[str], bool]) -> list[Token]:
    """Read the blank between word at and the next word that ends it, unless what stands there was read surely."""
    end = next((j for j in range(at + 1, min(at + 5, len(line))) if ends(line[j])), None)
    if end is None:
        return line
    before, after, between = line[at], line[end], line[at + 1 : end]
    if between and all(token.text.isdigit() and token.confidence >= _SURE and fits(token.text) for token in between):
        return line
    blank = _blank(before, after)
    found = _read(scan, blank, fits) if blank else None
    if found is None or blank is None:
        return line
    digits, confidence = found
    lead = _SYMBOL.search(after.text)
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
    match = _DAY.match(folded(before.text))
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


def _read(scan: Scan, blank: Box, fits: Callable[[str], bool]) -> tuple[str, float] | None:
    """Give the digits that most spellings of the blank are read as, and how surely; None where too few agree."""
    written = written_in(scan.grey[int(blank.y0) : int(blank.y1), int(blank.x0) : int(blank.x1)])
    read = [digits for digits in read_digits(written.sheet) if fits(digits)]
    votes = Counter(digits for digits in read if not 1 < written.count <= 4 or len(digits) == written.count)
    if not votes:
        return None
    digits, most = votes.most_common(1)[0]
    return (digits, _AT_MOST * most / max(_MANY, votes.total())) if most >= _FEWEST else None

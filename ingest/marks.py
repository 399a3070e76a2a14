"""Is a mark of urgency or secrecy stamped on the page, straight or slanting?

Red ink is taken off before a page is read, because seals cover words; these marks are looked for in it by themselves. A copier or
a fax makes them black; then the frame around them tells them from print.
"""

import re
from collections.abc import Sequence

from ingest.characters import folded
from ingest.composing import Token, union
from ingest.framed import framed_patches
from ingest.ocr import recognise
from ingest.red import Patch, red_patches
from ingest.scan import Pixels
from ingest.transcript import Box

_MARKS = {  # as folded: as printed in capitals
    "hoatochengio": "HỎA TỐC HẸN GIỜ", "hoatoc": "HỎA TỐC", "thuongkhan": "THƯỢNG KHẨN", "khan": "KHẨN",
    "tuyetmat": "TUYỆT MẬT", "toimat": "TỐI MẬT", "mat": "MẬT",
}  # fmt: skip
_OTHERS = 2  # letters that may stand beside a mark: what is left of a frame
_SURE = 0.3  # confidence under which letters of a stamp are not believed, even where they spell a mark


def read_marks(page: Pixels) -> list[Token]:
    """Give each mark that is stamped on a page (in colour) as one word; boxes in its pixels."""
    return _each_once([mark for find in (red_patches, framed_patches) for patch in find(page) for mark in _marks_on(patch)])


def _marks_on(patch: Patch) -> list[Token]:
    """Read each picture of a patch; the one that spells most marks is believed."""
    spelt = (_spelt([token for line in recognise(picture, mode="block") for token in line], patch.box) for picture in patch.pictures)
    return max(spelt, key=len, default=[])


def _spelt(words: Sequence[Token], box: Box) -> list[Token]:
    """Find the marks in what was read on a patch: their letters and hardly any others; stamps may touch."""
    sure = [word for word in words if word.confidence >= _SURE and any(c.isalpha() for c in word.text)]
    letters = "".join(c for word in sure for c in folded(word.text) if c.isalpha())
    letters = re.sub(r"(.)\1+", r"\1", letters)  # OCR doubles letters with marks
    found = []
    for spelling, mark in _MARKS.items():
        if spelling in letters:
            letters = letters.replace(spelling, "", 1)
            found.append(mark)
    return [Token(mark, box, "OCR", sum(word.confidence for word in sure) / len(sure)) for mark in found] if len(letters) <= _OTHERS else []


def _each_once(marks: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for mark in marks:
        if not any(mark.text == other.text and union((mark.box, other.box)) == other.box for other in kept):
            kept.append(mark)
    return kept

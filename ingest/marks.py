"""Is a mark of urgency or secrecy stamped on the page in red, straight or slanting?

Red ink is taken off before a page is read, because seals cover words; these marks are looked for in it by themselves.
"""

from collections.abc import Sequence

from ingest.characters import folded
from ingest.composing import Token, union
from ingest.ocr import recognise
from ingest.red import RedPatch, red_patches
from ingest.scan import Pixels
from ingest.transcript import Box

_MARKS = {  # as folded: as printed in capitals
    "hoatochengio": "HỎA TỐC HẸN GIỜ", "hoatoc": "HỎA TỐC", "thuongkhan": "THƯỢNG KHẨN", "khan": "KHẨN",
    "tuyetmat": "TUYỆT MẬT", "toimat": "TỐI MẬT", "mat": "MẬT",
}  # fmt: skip
_SURE = 0.3  # confidence under which letters of a stamp are not believed, even where they spell a mark


def read_marks(page: Pixels) -> list[Token]:
    """Give each mark that is stamped on a page (in colour) as one word; boxes in its pixels."""
    return _each_once([mark for patch in red_patches(page) if (mark := _mark_on(patch)) is not None])


def _mark_on(patch: RedPatch) -> Token | None:
    for picture in patch.pictures:
        lines = recognise(picture, mode="block")
        mark = _spelt([token for line in lines for token in line], patch.box)
        if mark is not None:
            return mark
    return None


def _spelt(words: Sequence[Token], box: Box) -> Token | None:
    """Find a mark in what was read on a patch: its letters and hardly any others."""
    sure = [word for word in words if word.confidence >= _SURE and any(c.isalpha() for c in word.text)]
    letters = "".join(c for word in sure for c in folded(word.text) if c.isalpha())
    for spelling, mark in _MARKS.items():
        if spelling in letters and len(letters) <= len(spelling) + 2:
            return Token(mark, box, "OCR", sum(word.confidence for word in sure) / len(sure))
    return None


def _each_once(marks: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for mark in marks:
        if not any(mark.text == other.text and union((mark.box, other.box)) == other.box for other in kept):
            kept.append(mark)
    return kept

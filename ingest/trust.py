"""May a page's own text layer be believed?"""

from collections.abc import Sequence

from ingest.pdf import Print
from ingest.syllables import marked_share, soundness

_LEAST_LETTERS = 25  # fewer on a page that is a picture are a stamp or a page number
_PICTURE = 0.5  # a page so far covered by images is a scan, its text layer the work of earlier software
_SOUND, _SOUND_ON_SCAN = 0.8, 0.93  # shares of possible syllables; real prose has 0.97 and more
_MARKED = 0.1  # share of letters with marks; real prose has 0.25 and more
_UNMAPPED = 0.05
_SIDEWAYS = 0.5


def doubt(words: Sequence[str], page: Print) -> str | None:
    """Say in Vietnamese why the text layer is not to be believed; None when it is."""
    letters = sum(c.isalpha() for word in words for c in word)
    is_scan = page.image_share > _PICTURE
    if not letters:
        return "không có lớp chữ"
    if letters < _LEAST_LETTERS:
        return "lớp chữ chỉ có vài chữ" if is_scan else None
    reasons = (
        (page.unmapped_share > _UNMAPPED, "phông chữ thiếu bảng mã"),
        (page.sideways_share > _SIDEWAYS, "chữ nằm ngang trang"),
        (soundness(list(words)) < (_SOUND_ON_SCAN if is_scan else _SOUND), "lớp chữ sai nhiều"),
        (letters > 10 * _LEAST_LETTERS and marked_share(list(words)) < _MARKED, "lớp chữ không có dấu"),
    )
    return next((reason for holds, reason in reasons if holds), None)

"""May a page's own text layer be believed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.pdf import Print
from ingest.stamps import tells_of_signing
from ingest.syllables import familiarity_of, letters_in, marked_share, soundness_of

_LEAST_LETTERS = 25  # fewer on a page that is a picture are a stamp or a page number
_MOST_STAMPED = 300  # letters of the stamps of two or three signatures
_PROSE = 250  # letters: fewer tell nothing of how a text is worded
_PICTURE = 0.5  # a page so far covered by images is a scan, its text layer the work of earlier software
_SOUND, _SOUND_ON_SCAN = 0.8, 0.93  # shares of possible syllables; real prose has 0.97 and more
_MARKED = 0.1  # share of letters with marks; real prose has 0.25 and more
_SUSPECT = 0.94  # of soundness: less is worth a look; lists of names and of foreign words have it too
_FAMILIAR = -6.9  # mean log of how frequent a page's syllables are; nineteen in twenty pages of official texts have more
_COVER = 0.02  # of a scanned page: a layer that covers less is a line that a system printed at its edge
_UNMAPPED = 0.05
_SIDEWAYS = 0.5


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a text layer is not to be believed, in Vietnamese; a doubt that is not sure asks for a look at the page."""

    reason: str
    is_sure: bool = True


_STRANGE = Doubt("lớp chữ không khớp với hình của trang", is_sure=False)


def doubt(words: Sequence[str], page: Print, cover: float = 1.0) -> Doubt | None:
    """Say why the text layer is not to be believed; None when it is. cover is the share of the page on which its words stand."""
    letters = sum(1 for _ in islice(filter(str.isalpha, "".join(words)), _MOST_STAMPED + 1))  # more need not be counted
    is_scan = page.image_share > _PICTURE
    if not letters:
        return Doubt("không có lớp chữ")
    if letters < _LEAST_LETTERS:
        return Doubt("lớp chữ chỉ có vài chữ") if is_scan else None
    if is_scan and letters < _MOST_STAMPED and tells_of_signing(" ".join(words)):
        return Doubt("lớp chữ chỉ có dấu của chữ ký số")
    if is_scan and cover < _COVER:
        return Doubt("lớp chữ chỉ phủ một phần nhỏ của trang")
    return _of_print(page) or _of_wording(words, is_prose=letters > _PROSE, is_scan=is_scan)


def _of_print(page: Print) -> Doubt | None:
    if page.unmapped_share > _UNMAPPED:
        return Doubt("phông chữ thiếu bảng mã")
    return Doubt("chữ nằm ngang trang") if page.sideways_share > _SIDEWAYS else None


def _of_wording(words: Sequence[str], *, is_prose: bool, is_scan: bool) -> Doubt | None:
    """Doubt what does not read as an official text; earlier software misread a scan, but a born-digital page may be in English."""
    runs = letters_in(words)
    sound = soundness_of(runs)
    if sound < (_SOUND_ON_SCAN if is_scan else _SOUND):
        return Doubt("lớp chữ sai nhiều", is_sure=is_scan)
    if is_prose and marked_share(words) < _MARKED:
        return Doubt("lớp chữ không có dấu", is_sure=is_scan)
    if is_prose and not is_scan and (sound < _SUSPECT or familiarity_of(runs) < _FAMILIAR):
        return _STRANGE
    return None

"""Does the text layer say what the page shows? Lines of it are read from the page's picture and compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from PIL import ImageOps

from ingest.composing import Token, union
from ingest.ocr import confidence, recognise
from ingest.pdf import Pdf
from ingest.syllables import familiarity_of, letters_in, soundness, soundness_of
from ingest.transcript import Box

_SAMPLE_DPI, _DPI = 200, 300
_POINTS = 72.0  # to an inch
_LINES = 4  # that are compared
_SAME, _OTHER = 0.98, 0.75  # share of letters in common where a layer is surely right, surely wrong; OCR of clear print errs in 0.02
_BETTER = 0.03  # how much more like official text a few other letters must make a line
_FEWEST = 8  # letters or signs of a line that is worth reading
_MOST = 12  # lines of a page that are read again: more are a matter for the whole page
_BAD, _GOOD = 0.6, 0.85  # soundness of a line that is read again, and of what may take its place
_SURE = 0.75
_MARGIN = 2.0  # points beside a line; above and below it the next ones stand close
_BORDER = 12  # pixels of white that Tesseract wants around text
_ODD = re.compile(r"[^\s\x21-\x7eÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ\u2010-\u2026°²³µ·•▪×÷§«»¹⁰-⁹½¼¾€≤≥→]")
_MIXED = re.compile(r"[^\W\d_][&*#$@!=<>^~|{}\[\]\\]+[^\W_]|[a-zà-ỹ]\d+[^\W\d_]")


def agrees(pdf: Pdf, number: int, lines: Sequence[Sequence[Token]]) -> bool:
    """Say whether some long lines of a page's text layer say what is seen where they stand.

    Where both differ in a few letters, that one is right which reads more like an official text.
    """
    ordered = sorted((line for line in lines if _letters(line) >= _FEWEST), key=_letters, reverse=True)
    longest = ordered[: max(_LINES, len(ordered) // 2)]
    sample = longest[:: max(1, len(longest) // _LINES)][:_LINES]
    seen = [_read(pdf, number, line, _SAMPLE_DPI) for line in sample]
    likeness = [_likeness(line, again) for line, again in zip(sample, seen, strict=True)]
    mean = sum(likeness) / len(likeness) if likeness else 0.0
    return mean >= _SAME or (mean >= _OTHER and _worth(sample) >= _worth(seen) - _BETTER)


def _worth(lines: Sequence[Sequence[Token]]) -> float:
    runs = letters_in(token.text for line in lines for token in line)
    return soundness_of(runs) + 0.1 * familiarity_of(runs)


def repaired(pdf: Pdf, number: int, lines: Sequence[list[Token]]) -> tuple[list[list[Token]], int]:
    """Give the lines of a page with those read again whose letters cannot be meant; and how many these were.

    A font of a heading may be broken where that of the text is whole.
    """
    each = " ".join({token.text for line in lines for token in line})  # what is odd is odd within a word
    bad = [i for i, line in enumerate(lines) if _is_broken(line)] if _has_odd(each) else []
    if not bad or len(bad) > _MOST:
        return list(lines), 0
    mended, count = list(lines), 0
    for i in bad:
        again = _read(pdf, number, lines[i], _DPI)
        if _sound(again) >= max(_GOOD, _sound(lines[i]) + 0.2) and confidence([again]) >= _SURE:
            mended[i], count = again, count + 1
    return mended, count


def _is_broken(line: Sequence[Token]) -> bool:
    """Say whether a line is no Vietnamese and holds signs that no writer puts there; mail addresses and English do not."""
    text = _text(line)
    return len(text) >= _FEWEST and _has_odd(text) and _sound(line) < _BAD


def _has_odd(text: str) -> bool:
    return bool(_ODD.search(text) or _MIXED.search(text))


def _text(tokens: Iterable[Token]) -> str:
    return " ".join([token.text for token in tokens])


def _letters(line: Sequence[Token]) -> int:
    return sum(c.isalpha() for token in line for c in token.text)


def _sound(line: Sequence[Token]) -> float:
    return soundness([token.text for token in line])


def _read(pdf: Pdf, number: int, line: Sequence[Token], dpi: int) -> list[Token]:
    """Read again where a line stands."""
    box = union(token.box for token in line)
    return read_part(pdf, number, box, dpi) if box is not None else []


def read_part(pdf: Pdf, number: int, box: Box, dpi: int) -> list[Token]:
    """Read the line of words in a box (points) of a page from its picture, without what is stamped over it; boxes in points."""
    part = Box(max(0.0, box.x0 - _MARGIN), max(0.0, box.y0), box.x1 + _MARGIN, box.y1)
    picture = pdf.draw(number, scale=dpi / _POINTS, forms=False, part=part)
    if picture is None:
        return []
    seen = recognise(ImageOps.expand(picture, _BORDER, "white"), mode="line", dpi=dpi, at=(-_BORDER, -_BORDER))
    return [_placed(token, part, dpi / _POINTS) for row in seen for token in row]


def _placed(token: Token, part: Box, scale: float) -> Token:
    box = token.box
    if box is None:
        return token
    return replace(token, box=Box(part.x0 + box.x0 / scale, part.y0 + box.y0 / scale, part.x0 + box.x1 / scale, part.y0 + box.y1 / scale))


def _likeness(line: Sequence[Token], seen: Sequence[Token]) -> float:
    """Give the share (0 to 1) of letters and digits that two readings of a line have in common."""
    a, b = ("".join(c for token in tokens for c in token.text.lower() if c.isalnum()) for tokens in (line, seen))
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a or b else 0.0

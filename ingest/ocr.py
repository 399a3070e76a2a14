"""Which words does Tesseract see in a picture?"""

import os
import re
from collections.abc import Sequence

import pytesseract
from PIL import Image

from ingest.characters import clean
from ingest.composing import Token, union
from ingest.pieces import gap
from ingest.syllables import mended, unglued
from ingest.transcript import Box

_SECONDS = 100  # one picture may take so long; a page takes about two
_LANGUAGE = "vie"
_DIGITS = "eng"  # comes with Tesseract itself, and reads digits better
_MODES = {"page": 3, "column": 4, "block": 6, "line": 7}
_DIRT = re.compile(r"[^\w\-–—+•*.:;,()/“”\"%…]+|_+")
_CODE_END, _CODE_START = re.compile(r"[0-9A-ZĐ]-$"), re.compile(r"-?[0-9A-ZĐ]")
_CODE_GAP = 0.2  # of a letter's height: a space is wider
_DIRTY = 0.5  # a sign that is neither letter nor digit is dirt when it is read less surely

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # one thread a page is faster by the core than four


def recognise(picture: Image.Image, *, mode: str = "page", dpi: int = 300, at: tuple[float, float] = (0.0, 0.0)) -> list[list[Token]]:
    """Give the lines of words in a picture; boxes in pixels, moved by at. An empty list when it took too long.

    mode says what the picture holds: a page, a column, a block of even lines, one line.
    """
    config = f"--oem 1 --psm {_MODES[mode]} --dpi {dpi}"
    try:
        data = pytesseract.image_to_data(picture, lang=_LANGUAGE, config=config, timeout=_SECONDS, output_type=pytesseract.Output.DICT)
    except RuntimeError:
        return []
    lines: dict[tuple[int, int, int], list[Token]] = {}
    for i, text in enumerate(data["text"]):
        place = (data["block_num"][i], data["par_num"][i], data["line_num"][i])
        x, y = data["left"][i] + at[0], data["top"][i] + at[1]
        box = Box(x, y, x + data["width"][i], y + data["height"][i])
        lines.setdefault(place, []).extend(_tokens(text, box, max(0.0, float(data["conf"][i])) / 100))
    return [_joined(line) for line in lines.values() if line]


def _joined(line: Sequence[Token]) -> list[Token]:
    """Drop the echo that Tesseract gives of a word's first letters (`ứ ứng`), and join codes that it parts (`52- CT/TW`)."""
    joined: list[Token] = []
    for token in line:
        before = joined[-1] if joined else None
        if before is not None and _echoes(before, token):
            joined[-1] = token
        elif before is not None and _goes_on(before, token):
            text = before.text.rstrip("-") + "-" + token.text.lstrip("-")
            joined[-1] = Token(text, union((before.box, token.box)), "OCR", min(before.confidence, token.confidence))
        else:
            joined.append(token)
    return joined


def _echoes(before: Token, token: Token) -> bool:
    return before.text.isalpha() and len(before.text) <= 2 and token.text.lower().startswith(before.text.lower()) and gap(before, token) < 0


def _goes_on(before: Token, token: Token) -> bool:
    if token.box is None or not _CODE_END.search(before.text) or not _CODE_START.match(token.text):
        return False
    return gap(before, token) < _CODE_GAP * (token.box.y1 - token.box.y0)


def _tokens(text: str, box: Box, confidence: float) -> list[Token]:
    text = text.strip("|¦¬\\‹›£¢")
    if _DIRT.fullmatch(text) and confidence < _DIRTY:
        return []
    pieces = unglued(mended(clean(text.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ")))).split()
    length, at, tokens = max(1, sum(map(len, pieces))), 0, []
    for piece in pieces:
        x0, x1 = (box.x0 + (box.x1 - box.x0) * n / length for n in (at, at + len(piece)))
        tokens.append(Token(piece, Box(x0, box.y0, x1, box.y1), "OCR", confidence))
        at += len(piece)
    return tokens


def read_digits(picture: Image.Image) -> list[str]:
    """Read lines of which nothing but digits is expected; one text for each line that was seen."""
    config = "--oem 1 --psm 6 -c tessedit_char_whitelist=0123456789"
    try:
        text = pytesseract.image_to_string(picture, lang=_DIGITS, config=config, timeout=_SECONDS)
    except (RuntimeError, pytesseract.TesseractError):
        return []
    return [digits for line in text.splitlines() if (digits := line.replace(" ", "")).isdigit()]


def quarter_turns(picture: Image.Image) -> int:
    """Give how many quarter turns clockwise make the picture upright (0 to 3); 0 where Tesseract cannot tell."""
    try:
        found = pytesseract.image_to_osd(picture, timeout=_SECONDS, config="--psm 0", output_type=pytesseract.Output.DICT)
    except (RuntimeError, pytesseract.TesseractError):
        return 0
    return int(found["rotate"]) // 90 % 4


def confidence(lines: Sequence[Sequence[Token]]) -> float:
    """Give how surely words were read, weighted by their letters (0 to 1)."""
    weight = sum(len(token.text) for line in lines for token in line)
    return sum(len(token.text) * token.confidence for line in lines for token in line) / weight if weight else 0.0

"""Which words does Tesseract see in a picture?"""

import os
import re
from collections.abc import Sequence

import pytesseract
from PIL import Image

from ingest.characters import clean
from ingest.composing import Token
from ingest.syllables import mended, unglued
from ingest.transcript import Box

_SECONDS = 100  # one picture may take so long; a page takes about two
_LANGUAGE = "vie"
_MODES = {"page": 3, "column": 4, "block": 6, "line": 7}
_DIRT = re.compile(r"[^\w\-–—+•*.:;,()/“”\"%…]+|_+")
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
    return [line for line in lines.values() if line]


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

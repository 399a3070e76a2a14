"""Which words does Tesseract see in a picture?"""

import re
from collections.abc import Sequence

from PIL import Image

from ingest.characters import clean
from ingest.composing import Token, union
from ingest.engine import sightings
from ingest.pieces import gap
from ingest.syllables import mended, unglued
from ingest.transcript import Box

_LANGUAGE = "vie"
_BEST = 250  # dots an inch: finer print is read no better, and a page of it takes a third longer
_MODES = {"page": 3, "column": 4, "block": 6, "line": 7}
_DIRT = re.compile(r"[^\w\-–—+•*.:;,()/“”\"%…]+|_+")
_CODE_END, _CODE_START = re.compile(r"[0-9A-ZĐ]-$"), re.compile(r"-?[0-9A-ZĐ]")
_CODE_GAP = 0.2  # of a letter's height: a space is wider
_DIRTY = 0.5  # a sign that is neither letter nor digit is dirt when it is read less surely


def recognise(picture: Image.Image, *, mode: str = "page", dpi: int = 300, at: tuple[float, float] = (0.0, 0.0)) -> list[list[Token]]:
    """Give the lines of words in a picture; boxes in pixels, moved by at. An empty list when it took too long.

    mode says what the picture holds: a page, a column, a block of even lines, one line.
    """
    scale = min(1.0, _BEST / dpi)
    lines: dict[tuple[str, ...], list[Token]] = {}
    for seen in sightings(_scaled(picture, scale), language=_LANGUAGE, layout=_MODES[mode], dpi=round(dpi * scale)):
        x0, x1 = (x / scale + at[0] for x in (seen.box.x0, seen.box.x1))
        y0, y1 = (y / scale + at[1] for y in (seen.box.y0, seen.box.y1))
        lines.setdefault(seen.line, []).extend(_tokens(seen.text, Box(x0, y0, x1, y1), seen.confidence))
    return [_joined(line) for line in lines.values() if line]


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    """Shrink a picture: Tesseract brings each line to 36 pixels anyway, and finds the lines of a smaller page sooner."""
    if scale == 1.0:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.convert("L").resize(size, Image.Resampling.BILINEAR)


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
    if text == "_" or (_DIRT.fullmatch(text) and confidence < _DIRTY):  # one low stroke is a speck; a blank to be filled in is longer
        return []
    pieces = unglued(mended(clean(text.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ")))).split()
    length, at, tokens = max(1, sum(map(len, pieces))), 0, []
    for piece in pieces:
        x0, x1 = (box.x0 + (box.x1 - box.x0) * n / length for n in (at, at + len(piece)))
        tokens.append(Token(piece, Box(x0, box.y0, x1, box.y1), "OCR", confidence))
        at += len(piece)
    return tokens


def confidence(lines: Sequence[Sequence[Token]]) -> float:
    """Give how surely words were read, weighted by their letters (0 to 1)."""
    weight = sum(len(token.text) for line in lines for token in line)
    return sum(len(token.text) * token.confidence for line in lines for token in line) / weight if weight else 0.0

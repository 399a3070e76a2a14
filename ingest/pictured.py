"""What does a signature show that carries its number, day or signer as a picture, not as text?"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.composing import Token, on_page
from ingest.ocr import confidence, recognise
from ingest.pdf import Pdf
from ingest.stamps import Stamps, holds, is_stamp
from ingest.transcript import Box

_LOOK_DPI, _DPI, _POINTS = 75, 300, 72.0
_LEAST_WIDTH, _LEAST_HEIGHT = 8.0, 6.0  # points
_ONE_LINE = 28.0  # points: a field so low holds one line
_FLAT = 2.5  # a higher field that holds text is so many times as wide as high; hands and seals are squarer
_TALLEST = 20.0  # points: ink that reaches higher without a white line in it is a hand or a seal
_CHANGED = 40  # of 255: how far the stamp changes a pixel of the page
_LEAST_INK = 0.002  # share of the field
_SURE = 0.6
_BORDER = 12  # pixels of white that Tesseract wants around text
_FILL = re.compile(r"\d{1,5}|\d{1,5}\s?[-/][0-9A-ZĐ/\-]{2,20}")


def with_pictured(stamps: Stamps, pdf: Pdf, number: int, fields: Sequence[Box]) -> Stamps:
    """Give what annotations add to a page together with what signature fields show as pictures; origin `signature` for both."""
    fills, shown = list(stamps.fills), list(stamps.stamps)
    written = [token.box for token in [*fills, *(token for stamp in shown for line in stamp for token in line)] if token.box]
    for field in fields:
        if not _may_hold_text(field) or any(holds(field, box) for box in written):
            continue
        lines = _read(pdf, number, field)
        text = " ".join(token.text for line in lines for token in line)
        if _FILL.fullmatch(text):
            fills += [token for line in lines for token in line]
        elif lines and is_stamp(lines):
            shown.append(lines)
    return Stamps(fills, shown)


def _may_hold_text(field: Box) -> bool:
    width, height = field.x1 - field.x0, field.y1 - field.y0
    return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and (height <= _ONE_LINE or width >= _FLAT * height)


def _read(pdf: Pdf, number: int, field: Box) -> list[list[Token]]:
    """Read what the field adds to the page, and only that; boxes in points."""
    part = Box(max(0.0, field.x0), max(0.0, field.y0), max(0.0, field.x1), max(0.0, field.y1))
    if _ink(pdf, number, part, _LOOK_DPI) is None:
        return []
    ink = _ink(pdf, number, part, _DPI)
    if ink is None:
        return []
    scale = _DPI / _POINTS
    lines = recognise(ink, mode="block", dpi=_DPI, at=(-_BORDER, -_BORDER))
    if confidence(lines) < _SURE:
        return []
    return [[_placed(token, part, scale) for token in line] for line in lines]


def _ink(pdf: Pdf, number: int, part: Box, dpi: int) -> Image.Image | None:
    """Give what forms add to a part of the page, alone on white; None where that is nothing, or no lines of print."""
    bare, stamped = (pdf.draw(number, scale=dpi / _POINTS, forms=forms, part=part) for forms in (False, True))
    if bare is None or stamped is None or bare.size != stamped.size:
        return None
    before, after = (np.asarray(picture, dtype=np.int16) for picture in (bare, stamped))
    changed = (np.abs(before - after) > _CHANGED).any(axis=2)
    if changed.mean() < _LEAST_INK or _tallest(changed.any(axis=1)) > _TALLEST * dpi / _POINTS:
        return None
    grey = np.where(changed, after.min(axis=2), 255).astype(np.uint8)
    return Image.fromarray(np.pad(grey, _BORDER, constant_values=255))


def _tallest(inked: NDArray[np.bool_]) -> int:
    """Give the longest run of rows that hold ink."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _placed(token: Token, part: Box, scale: float) -> Token:
    box = token.box or Box(0, 0, 0, 0)
    return replace(token, box=on_page(box, part, scale), origin="signature")

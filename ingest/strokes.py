"""Which strokes in a blank are digits written by hand, and how do they look written evenly?"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ingest.scan import Pixels

_SIZES, _SLANTS, _PENS = (36, 44), (0.0, -0.2, 0.15), (-1, 0, 1)
_SCALES = (0.6, 0.8, 1.0, 1.4)
_APART = 30  # pixels between two digits written evenly
_TALL, _TALLEST, _WIDE = 0.28, 0.8, 1.6  # of the blank's height, of a stroke's own height: what may be a digit


@dataclass(frozen=True, slots=True)
class Written:
    """A blank prepared for reading: how many digits stand in it as far as strokes tell, and many spellings below each other."""

    count: int
    sheet: Image.Image


def written_in(blank: Pixels) -> Written:
    """Find the digits in a cut-out blank (grey) and write it again as it is and evenly, in several sizes, slants and pens."""
    digits = _digits(blank)
    rows = [_sized(blank, scale, sharp=sharp) for scale in _SCALES for sharp in (False, True)]
    if digits:
        rows += [_evenly(digits, size, slant, pen) for size in _SIZES for slant in _SLANTS for pen in _PENS]
    width = max(row.shape[1] for row in rows) + 40
    framed = [cv2.copyMakeBorder(row, 22, 22, 20, width - 20 - row.shape[1], cv2.BORDER_CONSTANT, value=255) for row in rows]
    return Written(len(digits), Image.fromarray(np.vstack(framed)))


def _sized(blank: Pixels, scale: float, *, sharp: bool) -> Pixels:
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(blank, None, fx=scale, fy=scale, interpolation=way)
    return _grey(cv2.threshold(sized, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1] if sharp else sized)


def _grey(array: Any) -> Pixels:  # noqa: ANN401  OpenCV's arrays are not typed
    return np.asarray(array, dtype=np.uint8)


def _digits(blank: Pixels) -> list[Pixels]:
    """Cut out the strokes that may be digits, from left to right, white on black."""
    ink = cv2.threshold(blank, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    height, width = blank.shape
    spans: list[tuple[int, int, list[int]]] = []
    for label, (x, y, w, h, _) in sorted(enumerate(stats), key=lambda entry: entry[1][0]):
        is_edge = x + w >= width - 1 or y == 0 or y + h >= height
        if label == 0 or is_edge or not _TALL * height < h < _TALLEST * height or w > _WIDE * h:
            continue
        if spans and x < spans[-1][0] + 0.55 * (spans[-1][1] - spans[-1][0]):
            start, end, parts = spans.pop()
            spans.append((start, max(end, x + w), [*parts, label]))
        else:
            spans.append((int(x), int(x + w), [label]))
    return [_cut(_grey(np.isin(labels, parts) * 255)) for _, _, parts in spans]


def _cut(mask: Pixels) -> Pixels:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _evenly(digits: list[Pixels], size: int, slant: float, pen: int) -> Pixels:
    """Write digits side by side, size pixels high, slanted and with a finer or broader pen."""
    row = np.full((size, len(digits) * (2 * size + _APART)), 255, np.uint8)
    at = 0
    for digit in digits:
        shape = _shaped(digit, size, slant, pen)
        row[:, at : at + shape.shape[1]] = 255 - shape
        at += shape.shape[1] + _APART
    return row[:, :at]


def _shaped(digit: Pixels, size: int, slant: float, pen: int) -> Pixels:
    height, width = digit.shape
    margin = round(abs(slant) * height) + 2
    wide = cv2.copyMakeBorder(digit, 0, 0, margin, margin, cv2.BORDER_CONSTANT)
    matrix = np.array([[1, -slant, slant * height / 2], [0, 1, 0]], dtype=np.float32)
    leaned = _cut(_grey(cv2.warpAffine(wide, matrix, (width + 2 * margin, height))))
    sized = cv2.resize(leaned, (min(2 * size, max(3, round(leaned.shape[1] * size / leaned.shape[0]))), size), interpolation=cv2.INTER_AREA)
    if pen:
        sized = cv2.dilate(sized, np.ones((3, 3), np.uint8)) if pen > 0 else cv2.erode(sized, np.ones((2, 2), np.uint8))
    return _grey(sized)

"""Where on a page's picture did a hand write: over the name of who signed, in a margin, over the print?

What was surely read is painted out first, but for blue ink. Of what is left a hand's strokes are long, thin and bent: print and
stamps hang together in small or dense pieces, rules and frames are straight, seals are round. What may be a drawing is left alone:
a wrong picture is worse than a missed one. Places are kept as pictures and never read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from ingest.scan import Pixels, every
from ingest.transcript import Box, Page, Region, RegionKind

_MM = 72 / 25.4  # points in a mm
_FINE = 150 / 72  # pixels a point in which strokes are looked for
_INK, _PEN = 140, 200  # a darker red is print or a black pen, and a blue one; a seal's is light
_SURE = 0.6  # words that are read more surely are print
_WIDE, _HIGH = 8 * _MM, 5 * _MM  # points: no letters of print that touch are so wide and so high
_BLUE, _BLUE_WIDE, _BLUE_HIGH = 30, 6 * _MM, 3.5 * _MM  # how far blue stands above red; a pen of that colour is no print
_THIN = 0.24  # share of its rectangle that a hand's stroke fills
_LONG = 12 * _MM  # points: a longer run of level or upright ink is a rule
_BENT = 0.5  # share of its ink that a stroke keeps without such runs
_LARGEST = 2.1  # of such a run: a seal's radius is no longer
_ARC = 0.6  # of the radius: a smaller part of a circle is a stroke
_RING = 0.1  # of its radius: how far the ink of a seal's ring lies off it
_EDGE = 10 * _MM  # points along the edge of the picture: a scanner's shadow
_TOGETHER = 4 * _MM  # points: strokes of one hand stand closer
_CROWD = 100  # pieces of such a size: a page with more of them is a picture
_MOST = 6  # places on a page: where more are found it holds drawings
_BELOW, _ABOVE = 25 * _MM, 20 * _MM  # points: how far below a signature the name stands, above it the title
_HEAD = 0.25  # of the page's height: capitals above are a masthead, no signer's title
_TOP = 0.12  # of the page's height: what stands there above all lines is a note
_WIDEST, _HIGHEST = 120 * _MM, 80 * _MM  # points: what is larger is a table or a drawing
_CUT = 3 * _MM  # points from the edge of the page
_BESIDE = 0.6  # share of a note's width that lies in the margin
_AROUND = 2 * _MM  # points of paper around a place
_NAME = re.compile(r"(?:[^\W\d_]+\s+){1,4}[^\W\d_]+")
_RECIPIENTS = re.compile(r"\W*[Nn]?[ơo]i nh[ậâạa]n")  # `Nơi nhận`: the signer stands to the right of it


@dataclass(frozen=True, slots=True)
class _Stroke:
    """Ink that hangs together and was written: its box in points, and whether the pen was blue."""

    box: Box
    is_blue: bool


def inked(pixels: Pixels, page: Page) -> tuple[Region, ...]:
    """Give the signatures and handwritten notes of a page that was read from these pixels (in colour), from top to bottom; about 5 ms.

    The page's lines and its seals tell a signature from a note; on a page without words nothing does, and nothing is given.
    """
    if not page.words:
        return ()
    scale = pixels.shape[1] / max(1.0, page.width)
    step = max(1, round(scale / _FINE))
    places = _together(list(_strokes(every(pixels, step), scale / step, page)))
    if len(places) > _MOST:
        return ()
    found = [(place.box, _kind(place, page)) for place in places]
    return tuple(Region(_with_paper(box, page), kind) for box, kind in sorted(found, key=lambda each: each[0].y0) if kind is not None)


def _strokes(pixels: Pixels, scale: float, page: Page) -> Iterator[_Stroke]:
    """Yield what was written on a small picture with scale pixels a point."""
    red, _, blue = cv2.split(pixels)
    ink = cv2.threshold(red, _INK, 1, cv2.THRESH_BINARY_INV)[1]
    bluish = cv2.threshold(cv2.subtract(blue, red), _BLUE, 1, cv2.THRESH_BINARY)[1]
    pen = cv2.min(bluish, cv2.threshold(red, _PEN, 1, cv2.THRESH_BINARY_INV)[1])
    for word in page.words:
        if word.box is not None and word.confidence >= _SURE:
            x0, y0, x1, y1 = (round(side * scale) for side in (word.box.x0, word.box.y0, word.box.x1, word.box.y1))
            ink[max(0, y0 - 1) : y1 + 2, max(0, x0 - 1) : x1 + 2] = 0
    ink = cv2.max(ink, pen)  # what was written over words stays
    outlines = _outlines(np.asarray(ink, np.uint8), scale)
    for outline in outlines if len(outlines) <= _CROWD else ():
        x, y, width, height = cv2.boundingRect(outline)
        own = (slice(y, y + height), slice(x, x + width))
        inside = cv2.drawContours(np.zeros((height, width), np.uint8), [outline], -1, 1, cv2.FILLED, offset=(-x, -y))
        mask = np.asarray(cv2.min(ink[own], inside), np.uint8)
        bluer = _bluer(pixels[own], mask)
        is_large = width >= _WIDE * scale and height >= _HIGH * scale and bluer > -_BLUE  # the red of a dark seal is no pen
        is_blue = bluer > _BLUE
        if (is_large or is_blue) and _is_written(mask, round(_LONG * scale)):
            yield _Stroke(Box(x / scale, y / scale, (x + width) / scale, (y + height) / scale), is_blue)


def _outlines(ink: Pixels, scale: float) -> list[Any]:
    """Give the outlines of ink that is as large as what a hand writes at once, away from the edges of the picture."""
    found = []
    for outline in cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
        _, _, width, height = cv2.boundingRect(outline)
        is_fitting = _BLUE_WIDE * scale <= width <= _WIDEST * scale and _BLUE_HIGH * scale <= height <= _HIGHEST * scale
        if is_fitting and not _at_edge(outline, ink.shape, _EDGE * scale):
            found.append(outline)
    return found


def _at_edge(outline: Any, shape: Sequence[int], most: float) -> bool:  # noqa: ANN401  OpenCV's arrays are not typed
    """Say whether ink lies along an edge of the picture for more pixels than `most`."""
    points = outline[:, 0]
    return any(int((points[:, axis] == side).sum()) > most for axis, end in ((0, shape[1]), (1, shape[0])) for side in (0, end - 1))


def _bluer(pixels: Pixels, mask: Pixels) -> float:
    """Say how far blue stands above red in most of the ink under a mask."""
    ink = pixels[mask > 0].astype(np.int16)
    return float(np.median(ink[:, 2] - ink[:, 0]))


def _is_written(mask: Pixels, long: int) -> bool:
    """Say whether ink is thin, bent and no ring, as a hand's strokes are; long is the length of a rule in pixels."""
    ink = int(mask.sum())
    if ink > _THIN * mask.size:
        return False
    level = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return int(cv2.subtract(mask, cv2.max(level, upright)).sum()) > _BENT * ink and not _is_ring(mask, _LARGEST * long)


def _is_ring(mask: Pixels, largest: float) -> bool:
    """Say whether ink lies on a circle or a large part of one: the ring of a seal in black or blue, also cut by the page's edge; pixels."""
    down, across = (side.astype(float) for side in np.nonzero(mask))
    square = np.stack([across, down, np.ones_like(down)], axis=1)
    (a, b, c), *_ = np.linalg.lstsq(square, across**2 + down**2, rcond=None)  # the circle nearest to all the ink
    radius = float(np.sqrt(max(1.0, c + (a * a + b * b) / 4)))
    off = np.abs(np.hypot(across - a / 2, down - b / 2) - radius)
    return _ARC * radius < min(mask.shape) and radius < largest and float(np.median(off)) < _RING * radius


def _together(strokes: list[_Stroke]) -> list[_Stroke]:
    """Join strokes that lie close to each other."""
    places: list[_Stroke] = []
    for stroke in strokes:
        near = [place for place in places if _close(place.box, stroke.box)]
        boxes = [stroke.box, *(place.box for place in near)]
        whole = Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
        joined = _Stroke(whole, stroke.is_blue or any(place.is_blue for place in near))
        places = [place for place in places if all(place is not other for other in near)] + [joined]
    return places if len(places) == len(strokes) else _together(places)


def _close(a: Box, b: Box) -> bool:
    return _meet(a, Box(b.x0 - _TOGETHER, b.y0 - _TOGETHER, b.x1 + _TOGETHER, b.y1 + _TOGETHER))


def _kind(place: _Stroke, page: Page) -> RegionKind | None:
    """Tell a signature by who stands around it; what else was written counts in blue or in a margin."""
    lines = [(line.box, page.text[line.span.start : line.span.end]) for line in page.lines if line.box is not None]
    if _is_signed(place.box, lines, page) or any(region.kind == "seal" and _meet(region.box, place.box) for region in page.regions):
        return "signature"
    is_note = place.is_blue and place.box.x1 - place.box.x0 < _WIDEST
    return "handwriting" if is_note or _in_margin(place.box, [box for box, _ in lines], (page.width, page.height)) else None


def _is_signed(box: Box, lines: Sequence[tuple[Box, str]], page: Page) -> bool:
    """Say whether a name stands below a place, a title in capitals above it, or the list of recipients to the left."""
    for line, text in lines:
        if _RECIPIENTS.match(text) and line.x1 < box.x1 and -_BELOW < box.y1 - line.y0 < 2 * _BELOW:
            return True
        if line.x0 < box.x1 and box.x0 < line.x1:
            is_title = text.isupper() and box.y0 - _ABOVE < line.y1 < box.y1 and box.y0 > _HEAD * page.height
            if is_title or (box.y0 < line.y0 < box.y1 + _BELOW and _has_name(text)):
                return True
    return False


def _has_name(text: str) -> bool:
    """Say whether a line is a person's name, or two: two to five words that each begin with a capital, not all in capitals."""
    parts = [part.strip() for part in re.split(r"[^\w\s]+", text) if len(part.strip()) > 1]
    return bool(parts) and all(_NAME.fullmatch(part) is not None and part.istitle() for part in parts)


def _meet(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _in_margin(box: Box, lines: Sequence[Box], size: tuple[float, float]) -> bool:
    """Say whether most of a box lies beside all lines of a page of this size, or at its top above those in its columns.

    What reaches to the left or right edge is a seal over the edges of several sheets.
    """
    width, height = size
    if not lines:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    beside = max(0.0, left - box.x0) + max(0.0, box.x1 - right)
    if box.x0 < _CUT or box.x1 > width - _CUT:
        return False
    above = box.y1 < _TOP * height and all(line.y0 > box.y1 for line in lines if line.x0 < box.x1 and box.x0 < line.x1)
    return beside > _BESIDE * (box.x1 - box.x0) or above


def _with_paper(box: Box, page: Page) -> Box:
    return Box(
        max(0.0, box.x0 - _AROUND), max(0.0, box.y0 - _AROUND), min(page.width, box.x1 + _AROUND), min(page.height, box.y1 + _AROUND)
    )

"""Where on a page does red ink lie, and what do its letters look like?"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ingest.scan import DARK, Pixels, every
from ingest.transcript import Box

COARSE = 2
"""Every second pixel is enough to find and read large letters."""
_MM = 25.4  # to an inch
_SMALL = 4  # blots are looked for in a picture so many times smaller
_INK = 35  # how far red stands above green and blue
_STRIP = 10  # pixels of white around a patch
_TOGETHER = 2.5  # mm: ink of one stamp lies closer
_STAMP_GAP = 0.016  # of the page's width: letters of one stamp stand closer
_STAMP_SIDES = (0.06, 0.45)  # of the page's width: how long a stamped mark may be
_MOST_PATCHES = 4
_ON_END = 60  # degrees


@dataclass(frozen=True, slots=True)
class Patch:
    """A long patch of ink on a page that may be a stamp: its box in the picture, and its letters turned level, dark on white.

    In its first picture what is frame or arrow around the letters is taken off whole, in the second only its straight
    sides, because letters may touch them; what stands on its end comes the other way up too.
    """

    box: Box
    pictures: tuple[Image.Image, ...]


def _pixels(array: Any) -> Pixels:  # noqa: ANN401  OpenCV's arrays are not typed
    return np.asarray(array, np.uint8)


def red_patches(page: Pixels) -> list[Patch]:
    """Find the red patches that may be a line of stamped letters, the largest first; round ones are seals."""
    mask = _pixels(cv2.threshold(_redness(every(page, COARSE)), _INK, 255, cv2.THRESH_BINARY)[1])
    left, top, width, height = cv2.boundingRect(mask)
    if not width:
        return []
    side = max(5, round(mask.shape[1] * _STAMP_GAP))
    at = (max(0, left - side), max(0, top - side))
    inked = mask[at[1] : top + height + side, at[0] : left + width + side]
    closed = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE, offset=at)
    patches = [
        patch for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:8] if (patch := patch_of(mask, outline)) is not None
    ]
    return patches[:_MOST_PATCHES]


def red_blots(page: Pixels, dpi: float) -> list[Box]:
    """Find where ink of red stamps lies together on a page, from top to bottom; pixels of the page."""
    mask = cv2.threshold(_redness(every(page, _SMALL)), _INK, 255, cv2.THRESH_BINARY)[1]
    if not cv2.countNonZero(mask):
        return []
    near = _TOGETHER / _MM * dpi / _SMALL
    outlines, _ = cv2.findContours(
        cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((max(1, round(near)),) * 2, np.uint8)), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    places = sorted((cv2.boundingRect(outline) for outline in outlines), key=lambda place: (place[1], place[0]))
    return [Box(*(float(_SMALL * v) for v in (x, y, x + width, y + height))) for x, y, width, height in places]


def _redness(pixels: Pixels) -> Pixels:
    """Give how far each pixel's red stands above its green and blue."""
    red, green, blue = cv2.split(pixels)
    return _pixels(cv2.subtract(red, cv2.max(green, blue)))


def patch_of(mask: Pixels, outline: Any) -> Patch | None:  # noqa: ANN401  as above
    """Cut what lies inside an outline out of a mask (ink 255, every COARSE pixel), turned level; None where it is no stamp by its sides."""
    (x, y), (width, height), angle = cv2.minAreaRect(outline)
    if height > width:
        width, height, angle = height, width, angle - 90
    page = mask.shape[1]
    if not (_STAMP_SIDES[0] * page < width < _STAMP_SIDES[1] * page and 1.25 * height < width < 12 * height and height > 0.012 * page):
        return None
    matrix = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    matrix[:, 2] += np.array([width / 2 + _STRIP - x, height / 2 + _STRIP - y])
    size = (int(width) + 2 * _STRIP, int(height) + 2 * _STRIP)
    inside = np.zeros_like(mask)
    cv2.drawContours(inside, [outline], -1, 255, cv2.FILLED)
    level = _pixels(cv2.warpAffine(mask & inside, matrix, size, flags=cv2.INTER_LINEAR))
    bx, by, bw, bh = cv2.boundingRect(outline)
    box = Box(*(float(COARSE * v) for v in (bx, by, bx + bw, by + bh)))
    pictures = (_as_print(_without_frame(level)), _as_print(_without_sides(level)))
    return Patch(box, pictures if abs(angle) < _ON_END else (*pictures, *(picture.rotate(180) for picture in pictures)))


def _as_print(mask: Pixels) -> Image.Image:
    return Image.fromarray(cv2.resize(255 - mask, None, fx=COARSE, fy=COARSE, interpolation=cv2.INTER_CUBIC))


def _without_frame(mask: Pixels) -> Pixels:
    """Take off the strokes that hang together over half of a patch, as a frame or an arrow does."""
    height, width = mask.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_pixels((mask > DARK) * 1))
    frames = [i for i, row in enumerate(stats) if i and row[2] > 0.5 * width and row[3] > 0.5 * height]
    return _pixels(np.where(np.isin(labels, frames), 0, mask))


def _without_sides(mask: Pixels) -> Pixels:
    """Take off straight strokes that are longer than letters."""
    height, width = mask.shape
    level = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(3, width // 4)), np.uint8))
    upright = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((max(3, int(0.6 * height)), 1), np.uint8))
    return _pixels(cv2.subtract(mask, cv2.dilate(cv2.max(level, upright), np.ones((3, 3), np.uint8))))
